"""Refusals, each with its sentence for the citizen."""

from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError


class SlotGone(Conflict):
    def __init__(self) -> None:
        super().__init__(_("Giờ này không còn nhận đặt lịch. Hãy chọn giờ khác."))


class SlotFull(Conflict):
    def __init__(self) -> None:
        super().__init__(_("Giờ này vừa hết chỗ. Hãy chọn giờ khác."))


class NumberRefused(Conflict):
    """One sentence for every reason: whoever types a neighbour's number learns nothing of them."""

    def __init__(self, *, office_phone: str = "") -> None:
        if office_phone:
            said = _(
                "Không đặt được lịch với số điện thoại này. Nếu đã có lịch hẹn, hãy tra cứu bằng "
                "mã hoặc gọi %s."
            )
            super().__init__(said % office_phone)
        else:
            super().__init__(
                _(
                    "Không đặt được lịch với số điện thoại này. Nếu đã có lịch hẹn, hãy tra cứu "
                    "bằng mã hoặc hỏi tại quầy."
                )
            )


class AlreadyBooked(NumberRefused):
    pass


class FormUsed(Conflict):
    def __init__(self) -> None:
        super().__init__(_("Biểu mẫu này đã được gửi. Hãy mở lại trang để gửi lần mới."))


class BookingNotFound(DomainError):
    """One sentence for an unknown number and a wrong code."""

    def __init__(self) -> None:
        super().__init__(
            _("Không có lịch hẹn nào với số điện thoại và mã này. Hãy kiểm tra lại cả hai.")
        )


class CannotCancel(Conflict):
    def __init__(self) -> None:
        super().__init__(_("Lịch hẹn này đã hủy hoặc đã đến giờ nên không hủy được nữa."))


class MarkRefused(Conflict):
    pass


class StampRefused(DomainError):
    pass


class TooManyRequests(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Có quá nhiều lần gửi từ mạng này. Xin thử lại sau ít phút hoặc đến trực tiếp.")
        )
