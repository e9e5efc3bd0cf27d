"""What the modules of static/js/play*.js say: they get their words from the page."""

from django.utils.translation import gettext as _


def play_words() -> dict[str, str]:
    """``{n}``, ``{time}``, ``{list}`` and the like are filled in by the browser."""
    return {
        "saved": _("Đã lưu {time}"),
        "saving": _("Đang lưu…"),
        "typing": _("Đang viết, chưa lưu"),
        "pending": _("Chưa lưu, đang giữ trên máy này"),
        "pendingAll": _("Mất kết nối: {n} câu chưa lưu, đang giữ trên máy này"),
        "refused": _("Không lưu được câu này"),
        "replaced": _("Câu {n} đã được chọn lại ở nơi khác lúc {time}; trang hiện lựa chọn đó."),
        "answeredCount": _("Đã trả lời {done}/{total}"),
        "answered": _("đã trả lời"),
        "unanswered": _("chưa trả lời"),
        "unsaved": _("chưa lưu lên máy chủ"),
        "flagged": _("xem lại sau"),
        "moreTime": _("Ban Tổ chức đã thay đổi giờ làm bài: còn {time}."),
        "minutesLeft": _("Còn {n} phút."),
        "timeIsUp": _("Hết giờ. Đang nộp bài…"),
        "timeIsUpOffline": _(
            "Hết giờ và máy này đang mất kết nối. Máy chủ tự nộp bài với những câu đã lưu; "
            "trang sẽ mở kết quả khi có mạng."
        ),
        "lost": _("Chưa kịp lưu trước khi kết thúc: câu {list}."),
        "toResult": _("Xem kết quả lượt thi"),
        "tokenRefused": _(
            "Trang này không còn hiệu lực nên chưa lưu được. Các câu chưa lưu vẫn giữ trên máy "
            "này. Hãy tải lại trang và đăng nhập lại nếu được hỏi."
        ),
        "reload": _("Tải lại trang"),
        "waitToHandIn": _("Còn {n} câu chưa lưu lên máy chủ. Hãy chờ có mạng rồi nộp bài."),
        "noStorage": _(
            "Trình duyệt này không cho giữ tạm câu trả lời. Khi mất mạng, đừng đóng trang cho "
            "đến khi mọi câu báo đã lưu."
        ),
        "daysLeft": _("{n} ngày"),
    }
