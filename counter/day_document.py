"""The day list of a counter as an official document for the printing engine."""

from django.utils import timezone, translation

from counter.models import Office
from counter.queries import DayList
from counter.words import day_words
from people.models import Unit
from printing.documents import (
    Align,
    Column,
    DocumentHead,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

_COLUMNS = (
    Column("STT", 0.6, Align.CENTER),
    Column("Giờ hẹn", 1.2, Align.CENTER),
    Column("Họ và tên", 3),
    Column("Điện thoại", 1.6, Align.CENTER),
    Column("Đã đến", 0.9, Align.CENTER),
    Column("Ghi chú", 2),
)


_WITH_A_COMMITTEE = {Unit.Kind.PROVINCE, Unit.Kind.WARD, Unit.Kind.COMMUNE}


def day_document(office: Office, listed: DayList) -> OfficialDocument:
    """Vietnamese whatever language the screen is in, as every paper of the engine."""
    rows = [
        (
            str(number),
            f"{timezone.localtime(booking.slot.starts_at):%H:%M}",
            booking.name or "(đã xóa)",
            booking.phone or "",
            "x" if booking.state in {"arrived", "done"} else "",
            booking.note,
        )
        for number, booking in enumerate(listed.bookings, start=1)
    ]
    with translation.override("vi"):
        day = day_words(listed.day)
    said = f"Tổng số: {len(rows)} lịch hẹn; người dân đã hủy: {listed.cancelled_count}."
    return OfficialDocument(
        head=DocumentHead(
            superior_agency=_authority(office.unit),
            issuing_agency=office.name,
            place=office.unit.name.removeprefix("Phường ").removeprefix("Xã "),
            on=listed.day,
        ),
        title="DANH SÁCH LỊCH HẸN NGOÀI GIỜ",
        abstract=day,
        blocks=(Table(_COLUMNS, rows), Paragraph(said)),
        signature=Signature(position="NGƯỜI TRỰC", note="(Ký, ghi rõ họ tên)"),
    )


def _authority(unit: Unit) -> str:
    """The committee of a place; another body under its own name."""
    return f"Ủy ban nhân dân {unit.name}" if unit.kind in _WITH_A_COMMITTEE else unit.name
