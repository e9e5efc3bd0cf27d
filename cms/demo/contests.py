"""The page of the demo's contest."""

from datetime import datetime
from typing import Any

from cms.demo.pictures import keep_picture
from cms.models import ArticlePage, ContestIndexPage, ContestPage
from people import roles
from quizzes.models import Contest

_PRACTICE = "on-thi-cong-chuc-mot-cua"
_TEXT = (
    "<p>Hội thi dành cho người làm việc tại bộ phận Một cửa. Câu hỏi lấy từ việc hằng ngày: tiếp "
    "nhận hồ sơ, trả lời người dân, xử lý khi thiếu giấy tờ hoặc quá hạn.</p>"
    "<p>Thi trên máy tính hoặc điện thoại có mạng, ở cơ quan hoặc ở nhà. Kết quả cá nhân chỉ dùng "
    "để xếp hạng hội thi và để mỗi người ôn lại phần mình còn yếu.</p>"
)


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """A page for the newest public contest; one that is there stays as it is."""
    index = ContestIndexPage.objects.order_by("path").first()
    contest = Contest.objects.filter(is_public=True).order_by("-created_at", "pk").first()
    if index is None or contest is None or ContestPage.objects.filter(contest=contest).exists():
        return
    owner = staff[roles.ADMINISTRATOR]
    page = ContestPage(
        title=contest.name,
        slug=contest.code,
        contest=contest,
        cover=keep_picture("screens", "Phòng thi trên máy", "Ba người ngồi trước ba màn hình"),
        cover_alt="Ba người ngồi trước ba màn hình trong phòng thi.",
        cover_credit="Một Cửa (hình vẽ)",
        practice_page=ArticlePage.objects.filter(slug=_PRACTICE).first(),
        owner=owner,
        live=False,
    )
    page.body = ContestPage.body.field.to_python([{"type": "text", "value": _TEXT}])
    index.add_child(instance=page)
    page.save_revision(user=owner).publish(user=owner)
