"""Choices of the counter."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BookingState(TextChoices):
    BOOKED = "booked", _("Đã đặt")
    ARRIVED = "arrived", _("Đã đến")
    DONE = "done", _("Đã giải quyết")
    NO_SHOW = "no_show", _("Không đến")
    CANCELLED = "cancelled", _("Người dân đã hủy")


class Mark(TextChoices):
    """What the counter notes of a booking; ``UNDO`` takes the last mark back."""

    ARRIVED = "arrived", _("Đã đến")
    DONE = "done", _("Xong")
    NO_SHOW = "no_show", _("Không đến")
    UNDO = "undo", _("Hoàn tác")


class Factor(TextChoices):
    """The five factors on which citizens' satisfaction is measured (SIPAS), as Quyết định số
    2640/QĐ-BNV of 10/10/2017 of the Ministry of Home Affairs names them, and the overall one."""

    ACCESS = "access", _("Tiếp cận dịch vụ")
    PROCEDURE = "procedure", _("Thủ tục hành chính")
    STAFF = "staff", _("Công chức giải quyết công việc")
    RESULT = "result", _("Kết quả dịch vụ")
    COMPLAINTS = "complaints", _("Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị")
    OVERALL = "overall", _("Hài lòng chung")

    @property
    def heading(self) -> str:
        """Short enough for the head of a column."""
        short = {Factor.STAFF: _("Công chức"), Factor.COMPLAINTS: _("Xử lý góp ý")}
        return str(short.get(self, self.label))


class CommentState(TextChoices):
    NEW = "new", _("Chưa đọc")
    READ = "read", _("Đã đọc")
    ANSWERED = "answered", _("Đã trả lời")


class CounterAct(TextChoices):
    """What the audit log records."""

    OFFICE_SAVED = "counter.office_saved", _("Sửa thông tin bộ phận Một cửa")
    HOURS_CHANGED = "counter.hours_changed", _("Đổi giờ làm việc")
    CLOSURES_CHANGED = "counter.closures_changed", _("Đổi ngày nghỉ")
    RETENTION_CHANGED = "counter.retention_changed", _("Đổi thời hạn lưu dữ liệu cá nhân")
