"""An office's state in words."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from counter.hours import Kind, OpenState, local


def weekday_name(weekday: int) -> str:
    """Monday is 0."""
    names = (
        _("thứ Hai"),
        _("thứ Ba"),
        _("thứ Tư"),
        _("thứ Năm"),
        _("thứ Sáu"),
        _("thứ Bảy"),
        _("Chủ nhật"),
    )
    return names[weekday]


def weekday_label(weekday: int) -> str:
    """The same at the beginning of a line."""
    name = weekday_name(weekday)
    return name[:1].upper() + name[1:]


def state_words(state: OpenState, at: datetime) -> str:
    """ "Đang mở đến 18:00", "Mở lại 13:30", "Hôm nay nghỉ, mở lại thứ Hai 08:00"."""
    if state.kind == Kind.OPEN and state.until:
        return _("Đang mở đến %s") % f"{state.until:%H:%M}"
    opens_at = state.opens_at
    if opens_at and state.kind == Kind.OPENS_LATER:
        return _("Mở cửa lúc %s") % f"{opens_at:%H:%M}"
    if opens_at and state.kind == Kind.BREAK:
        return _("Mở lại %s") % f"{opens_at:%H:%M}"
    values = {"when": _opening_words(opens_at, local(at).date()) if opens_at else ""}
    if state.kind == Kind.OVER:
        said = _("Đã hết giờ, mở lại %(when)s") if opens_at else _("Đã hết giờ")
    else:
        said = _("Hôm nay nghỉ, mở lại %(when)s") if opens_at else _("Chưa có giờ mở cửa")
    return said % values


def _opening_words(opens_at: datetime, today: date) -> str:
    """A weekday is enough within the week; further ahead the date is said too."""
    days = (opens_at.date() - today).days
    clock = f"{opens_at:%H:%M}"
    if days == 1:
        return _("ngày mai %s") % clock
    if days < 7:
        return f"{weekday_name(opens_at.weekday())} {clock}"
    return f"{weekday_name(opens_at.weekday())} {opens_at:%d/%m} {clock}"


def day_words(day: date) -> str:
    """ "Thứ Bảy, 28/11/2026"."""
    return f"{weekday_label(day.weekday())}, {day:%d/%m/%Y}"
