"""Points and durations in Vietnamese."""

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def points(centipoints: int | None) -> str:
    """750 → "7,5"; None → "–"."""
    if centipoints is None:
        return "–"
    sign, value = ("-" if centipoints < 0 else ""), abs(centipoints)
    fraction = f"{value % 100:02}".rstrip("0")
    return f"{sign}{value // 100}" + (f",{fraction}" if fraction else "")


@register.filter
def duration(seconds: float | None) -> str:
    """1205 → "20 phút 5 giây"; whole minutes without seconds; hours only when whole."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(int(seconds), 60)
    parts = []
    if minutes:
        parts.append(ngettext("%d phút", "%d phút", minutes) % minutes)
    if rest or not minutes:
        parts.append(ngettext("%d giây", "%d giây", rest) % rest)
    return " ".join(parts)


@register.filter
def stopwatch(milliseconds: int | None) -> str:
    """To a tenth of a second, since a tenth may decide: 492345 → "08:12,3"."""
    if milliseconds is None:
        return "–"
    return f"{clock(milliseconds // 1000)},{milliseconds % 1000 // 100}"


@register.filter
def clock(seconds: int) -> str:
    """What a timer shows: 1205 → "20:05", 3725 → "1:02:05"."""
    hours, rest = divmod(max(0, int(seconds)), 3600)
    text = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{text}" if hours else text
