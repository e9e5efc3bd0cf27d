"""A booking as a file for the calendar of a phone: the office and the time, nothing of a person."""

from datetime import UTC, datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from counter.models import Booking

_LINE_BYTES = 75


def calendar_file(booking: Booking, *, at: datetime) -> bytes:
    """iCalendar (RFC 5545). Reads the slot and the office."""
    office, slot = booking.office, booking.slot
    name = salted_hmac("counter.calendar.uid", str(booking.pk), algorithm="sha256").hexdigest()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mot Cua//counter//VI",
        "BEGIN:VEVENT",
        f"UID:{name[:32]}@mot-cua",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(slot.starts_at)}",
        f"DTEND:{_moment(slot.ends_at)}",
        f"SUMMARY:{_text(_('Lịch hẹn: %s') % office.name)}",
        f"LOCATION:{_text(office.address)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, none broken within a character."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE_BYTES:
            pieces.append("")
            size = 1  # the space that goes before
        pieces[-1] += char
        size += width
    return "\r\n ".join(pieces)
