"""What outreach refuses, in words for the user."""

from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError


class TextRefused(DomainError):
    """A text that cannot be a script's."""


class ScriptChanged(Conflict):
    """Somebody else saved a newer version."""

    def __init__(self) -> None:
        super().__init__(
            _("Bài vừa được người khác sửa. Hãy mở lại bài, xem bản mới rồi sửa tiếp.")
        )


class HandWrittenText(Conflict):
    """The rules would overwrite what a person wrote."""

    def __init__(self) -> None:
        super().__init__(
            _("Bản đọc đã được sửa tay. Hãy chọn giữ bản sửa tay hay thay bằng bản chuyển tự động.")
        )


class AiringRefused(Conflict):
    """The timetable holds the same airing with another length."""


class BroadcastRefused(DomainError):
    """A line that the log does not take."""


class ZaloRefused(DomainError):
    """An act on the outbox that makes no sense now."""
