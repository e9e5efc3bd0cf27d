"""News for the demo: every block of an article is used once. No real person is quoted."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from cms.demo.pictures import keep_picture
from cms.models import ArticleAuthor, ArticleIndexPage, ArticlePage, Author, NewsSection
from people import roles
from quizzes.models import Contest

_CREDIT = "Một Cửa (hình vẽ)"
_CHECKLIST = """VIỆC NÊN LÀM TRƯỚC KHI ĐẾN BỘ PHẬN MỘT CỬA

[ ] Xem thành phần hồ sơ của đúng thủ tục, đúng ngày
[ ] Mang giấy tờ gốc để đối chiếu
[ ] Mang điện thoại có VNeID, nhớ mật khẩu
[ ] Đặt lịch hẹn nếu chỉ rảnh ngoài giờ
[ ] Ghi mã hồ sơ sau khi nộp
"""


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """Three news pages with their sections and author; those that are there stay as they are."""
    index = ArticleIndexPage.objects.order_by("path").first()
    if index is None:
        return
    owner = staff[roles.ADMINISTRATOR]
    author, _made = Author.objects.get_or_create(
        name="Ban Biên tập", defaults={"job_title": "Trang tin cải cách hành chính"}
    )
    there = set(index.get_children().values_list("slug", flat=True))
    for days_old, (slug, fields) in enumerate(_articles().items(), start=1):
        if slug in there:
            continue
        body = fields.pop("body")
        section = NewsSection.objects.filter(slug=fields.pop("section")).first()
        page = ArticlePage(
            slug=slug,
            section=section,
            published_on=timezone.localdate(at) - timedelta(days=days_old),
            cover_credit=_CREDIT,
            owner=owner,
            live=False,
            **fields,
        )
        page.body = ArticlePage.body.field.to_python(
            [{"type": name, "value": value} for name, value in body]
        )
        page.authorships = [ArticleAuthor(author=author, sort_order=0)]
        index.add_child(instance=page)
        page.save_revision(user=owner).publish(user=owner)


def _checklist() -> Any:
    documents = get_document_model().objects
    title = "Việc nên làm trước khi đến bộ phận một cửa"
    found = documents.filter(title=title).first()
    if found is None:
        file = ContentFile(_CHECKLIST.encode(), "viec-nen-lam.txt")
        found = documents.create(title=title, file=file)
        found._set_document_file_metadata()
        found.save()
    return found


def _picture(image: Any, alt: str, caption: str = "") -> dict[str, Any]:
    return {
        "image": {"image": image.pk, "alt_text": alt, "decorative": False},
        "caption": caption,
        "credit": _CREDIT,
    }


def _articles() -> dict[str, dict[str, Any]]:
    """Slug → fields, the newest first."""
    counter: Any = keep_picture(
        "counter", "Quầy tiếp nhận", "Hai công chức sau quầy, hai người dân"
    )
    papers: Any = keep_picture(
        "papers", "Hồ sơ và điện thoại", "Ba tờ hồ sơ và điện thoại có mã QR"
    )
    screens: Any = keep_picture("screens", "Phòng thi trên máy", "Ba người ngồi trước ba màn hình")
    contest = Contest.objects.filter(is_public=True).order_by("pk").first()
    teaser = [("contest", {"contest": contest.pk})] if contest else []
    return {
        "nam-viec-truoc-khi-den-mot-cua": {
            "title": "Năm việc nên làm trước khi đến bộ phận một cửa",
            "section": "huong-dan",
            "summary": "Phần lớn lượt đi lại lần hai là vì thiếu một tờ giấy hoặc quên một mật "
            "khẩu. Năm việc dưới đây mất mười lăm phút ở nhà và bớt được một buổi đi lại.",
            "cover": papers,
            "cover_alt": "Ba tờ hồ sơ có ô đánh dấu và chiếc điện thoại hiện mã QR.",
            "body": [
                (
                    "text",
                    "<h2>Xem đúng thủ tục, đúng ngày</h2><p>Thành phần hồ sơ có thể thay đổi. Hãy "
                    "xem trang của chính thủ tục đó và dòng “cập nhật ngày” ở cuối trang, đừng dựa "
                    "vào tờ hướng dẫn chụp lại từ năm trước.</p><h2>Mang bản gốc để đối chiếu</h2>"
                    "<p>Bản chụp rõ nét là đủ để nộp, nhưng công chức tiếp nhận cần nhìn bản gốc "
                    "một lần. Với giấy tờ đã có trên VNeID thì không phải mang bản giấy.</p>",
                ),
                (
                    "gallery",
                    {
                        "title": "Ba bước ở nhà",
                        "pictures": [
                            _picture(papers, "Ba tờ hồ sơ xếp cạnh nhau", "Xếp theo danh sách"),
                            _picture(screens, "Ba màn hình máy tính", "Khai trước trên mạng"),
                            _picture(counter, "Quầy tiếp nhận hồ sơ", "Đến quầy đúng lịch hẹn"),
                        ],
                    },
                ),
                (
                    "callout",
                    {
                        "kind": "warning",
                        "title": "Quên mật khẩu VNeID?",
                        "text": "<p>Lấy lại trước khi đi. Việc này cần số điện thoại chính chủ và "
                        "không làm thay được ở quầy.</p>",
                    },
                ),
                ("file", {"file": _checklist().pk, "title": "Danh sách kiểm tra để in"}),
            ],
        },
        "on-thi-cong-chuc-mot-cua": {
            "title": "Ôn thi công chức một cửa: học từ chính câu mình trả lời sai",
            "section": "tin-hoat-dong",
            "summary": "Vòng thi thử mở trước vòng chính thức. Mỗi câu sai đều dẫn về đúng điều "
            "khoản, nên ôn nửa giờ mỗi ngày có ích hơn đọc lại cả văn bản.",
            "cover": screens,
            "cover_alt": "Ba người ngồi trước ba màn hình trong phòng thi.",
            "body": [
                (
                    "text",
                    "<p>Đề thi lấy từ ngân hàng câu hỏi chung, chia theo chuyên đề và mức độ. Vì "
                    "vậy hai người ngồi cạnh nhau nhận hai đề khác nhau nhưng khó như nhau.</p>"
                    "<h2>Ôn thế nào cho kịp</h2><ul><li>Làm một lượt thi thử, xem chuyên đề nào "
                    "sai nhiều.</li><li>Mở điều khoản gắn với câu sai và đọc đúng điều đó.</li>"
                    "<li>Làm lại sau hai ngày.</li></ul>",
                ),
                *teaser,
                (
                    "quote",
                    {
                        "text": "Thời gian do máy chủ tính. Mất mạng thì câu đã lưu vẫn còn, có "
                        "mạng lại thì làm tiếp.",
                        "attribution": "Hướng dẫn trong phòng thi",
                    },
                ),
            ],
        },
        "nop-ho-so-khong-phu-thuoc-dia-gioi": {
            "title": "Nộp hồ sơ ở phường, xã nào cũng được trong cùng tỉnh, thành phố",
            "section": "huong-dan",
            "summary": "Từ ngày 01/07/2025, người dân chọn bộ phận một cửa thuận đường nhất trong "
            "phạm vi cấp tỉnh để nộp hồ sơ, không phải về đúng nơi cư trú.",
            "cover": counter,
            "cover_alt": "Hai công chức ngồi sau quầy, hai người dân đứng nộp hồ sơ.",
            "body": [
                (
                    "text",
                    "<p>Nghị định số 118/2025/NĐ-CP cho phép tiếp nhận hồ sơ không phụ thuộc địa "
                    "giới hành chính trong phạm vi cấp tỉnh. Nơi nhận chuyển hồ sơ đến nơi có thẩm "
                    "quyền giải quyết; người nộp không phải tự đi chuyển.</p>",
                ),
                (
                    "table",
                    {
                        "columns": [
                            {"type": "text", "heading": "Việc cần làm"},
                            {"type": "text", "heading": "Trước ngày 01/07/2025"},
                            {"type": "text", "heading": "Hiện nay"},
                        ],
                        "rows": [
                            {"values": ["Nộp hồ sơ", "Nơi cư trú hoặc huyện", "Phường, xã bất kỳ"]},
                            {"values": ["Theo dõi", "Hỏi nơi đã nộp", "Tra bằng mã hồ sơ"]},
                            {
                                "values": [
                                    "Nhận kết quả",
                                    "Nơi đã nộp",
                                    "Quầy, bưu chính, mạng",
                                ]
                            },
                        ],
                        "caption": "Khác gì so với trước",
                    },
                ),
                (
                    "text",
                    "<h2>Khi nào vẫn nên đến nơi cư trú</h2><p>Khi hồ sơ cần xác minh thực địa, "
                    "như đất đai, cán bộ vẫn về tận thửa đất. Nộp ở nơi khác không chậm hơn, nhưng "
                    "hãy để lại số điện thoại đúng.</p>",
                ),
            ],
        },
    }
