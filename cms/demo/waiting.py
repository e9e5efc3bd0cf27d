"""Two articles of the demo's editor on their way: one waits for review, one for the legal check."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cms.models import ArticleIndexPage, ArticlePage, NewsSection
from people import roles

_TO_REVIEW = {
    "slug": "chuan-bi-ho-so-cho-nguoi-cao-tuoi",
    "title": "Giúp người cao tuổi chuẩn bị hồ sơ tại nhà văn hóa",
    "summary": "Sáng thứ Bảy, đoàn viên có mặt tại nhà văn hóa để xem trước giấy tờ, chụp bản rõ "
    "nét và đặt lịch hẹn giúp ông bà.",
    "text": "<p>Ông bà mang giấy tờ gốc và điện thoại đang dùng. Việc xem trước hồ sơ không thay "
    "cho việc nộp: hồ sơ vẫn nộp ở quầy hoặc trên mạng.</p><h2>Ai nên đến</h2><p>Người chưa quen "
    "khai trên mạng, người muốn chắc là đã đủ giấy tờ trước khi đi.</p>",
}
_TO_CHECK = {
    "slug": "hoi-dap-nop-ho-so-khac-phuong",
    "title": "Hỏi đáp: nộp hồ sơ ở phường khác có phải về nơi cư trú lấy kết quả?",
    "summary": "Câu hỏi nhiều người gửi tới trong tháng, kèm điều khoản trả lời.",
    "text": "<p>Không bắt buộc. Nghị định số 118/2025/NĐ-CP cho phép nộp hồ sơ không phụ thuộc địa "
    "giới hành chính trong phạm vi cấp tỉnh; người nộp chọn cách nhận kết quả khi nộp.</p>",
}


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """Those that are there stay as they are, whatever was decided about them."""
    editor, reviewer = staff[roles.EDITOR], staff[roles.ADMINISTRATOR]
    _send(_TO_REVIEW, by=editor, at=at)
    second = _send(_TO_CHECK, by=editor, at=at)
    if second is not None:
        second.current_workflow_task_state.approve(user=reviewer)


def _send(fields: dict[str, str], *, by: Any, at: datetime) -> ArticlePage | None:
    index = ArticleIndexPage.objects.order_by("path").first()
    if index is None or index.get_children().filter(slug=fields["slug"]).exists():
        return None
    page = ArticlePage(
        slug=fields["slug"],
        title=fields["title"],
        summary=fields["summary"],
        section=NewsSection.objects.filter(slug="huong-dan").first(),
        published_on=timezone.localdate(at),
        owner=by,
        live=False,
    )
    page.body = ArticlePage.body.field.to_python([{"type": "text", "value": fields["text"]}])
    index.add_child(instance=page)
    page.save_revision(user=by)
    workflow = page.get_workflow()
    if workflow is None:
        return None
    workflow.start(page, by)
    return page
