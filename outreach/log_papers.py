"""The log of a month as an official document and as a spreadsheet."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from core.spreadsheets import Column as SheetColumn
from core.spreadsheets import write_workbook
from core.vietnamese import format_number
from outreach.models import Broadcast
from outreach.queries import Total
from people.models import Unit
from printing.documents import (
    Align,
    Block,
    Column,
    DocumentHead,
    GroupRow,
    Heading,
    OfficialDocument,
    Orientation,
    Paragraph,
    Signature,
    Table,
    TableRow,
)


def log_document(
    lines: Sequence[Broadcast],
    totals: Sequence[Total],
    *,
    unit: Unit,
    month: date,
    on: date,
    place: str,
) -> OfficialDocument:
    """ "Sổ nhật ký phát thanh" of a month: totals, then every line, corrected ones with what became
    of them. Printed Vietnamese whatever the reader's language."""
    above = unit.get_parent()
    return OfficialDocument(
        head=DocumentHead(
            superior_agency=above.name if above else "",
            issuing_agency=unit.name,
            place=place or _seat(unit),
            on=on,
        ),
        title="SỔ NHẬT KÝ PHÁT THANH",
        abstract=f"Tháng {month:%m/%Y}",
        blocks=tuple(_blocks(lines, totals)),
        signature=Signature("NGƯỜI GHI SỔ"),
        recipients=("Lãnh đạo đơn vị", "Lưu: VT"),
        orientation=Orientation.LANDSCAPE,
    )


def _seat(unit: Unit) -> str:
    """ "Ủy ban nhân dân thành phố Hà Nội" sits in "Hà Nội", "Phường Thượng Cát" in "Thượng Cát"."""
    words = r"(?:ủy ban nhân dân|ubnd|thành phố|tỉnh|phường|xã|đặc khu)\s+"
    return re.sub(f"^(?:{words})+", "", unit.name, flags=re.IGNORECASE) or unit.name


def write_log(target: IO[bytes], lines: Iterable[Broadcast], *, month: date) -> int:
    """The lines as .xlsx; returns how many."""
    return write_workbook(
        target,
        sheet_name=f"{month:%m-%Y}",
        title=_("Nhật ký phát thanh tháng %s") % f"{month:%m/%Y}",
        columns=[
            SheetColumn(_("Phát lúc"), 18, "dd/mm/yyyy hh:mm"),
            SheetColumn(_("Đơn vị phát"), 28),
            SheetColumn(_("Tên bài"), 44),
            SheetColumn(_("Bản đọc"), 9),
            SheetColumn(_("Chủ đề"), 22),
            SheetColumn(_("Số phút"), 9),
            SheetColumn(_("Cụm loa, nơi phát"), 30),
            SheetColumn(_("Người đọc"), 24),
            SheetColumn(_("Ghi chú"), 30),
            SheetColumn(_("Tình trạng"), 34),
            SheetColumn(_("Người ghi"), 24),
            SheetColumn(_("Ghi lúc"), 18, "dd/mm/yyyy hh:mm"),
        ],
        rows=(
            (
                line.aired_at,
                line.unit.name,
                line.title,
                line.version.number,
                line.topic.name,
                line.minutes,
                line.place,
                line.announcer,
                line.note,
                standing_of(line),
                line.recorded_by.full_name,
                line.recorded_at,
            )
            for line in lines
        ),
    )


def standing_of(line: Broadcast) -> str:
    """Whether the line counts, in words; "" for one that nobody has touched."""
    later: Broadcast | None = getattr(line, "replaced_by", None)
    if later is not None:
        if later.is_struck_out:
            return str(_("Đã gạch bỏ: %s") % later.reason)
        return str(_("Đã sửa bằng dòng khác: %s") % later.reason)
    if line.is_struck_out:
        return _("Dòng gạch bỏ: %s") % line.reason
    if line.replaces_id:
        return _("Sửa dòng trước: %s") % line.reason
    return ""


def _blocks(lines: Sequence[Broadcast], totals: Sequence[Total]) -> Iterable[Block]:
    count = sum(total.count for total in totals)
    minutes = sum(total.minutes for total in totals)
    yield Paragraph(
        f"Tổng cộng {format_number(count)} lần phát, {format_number(minutes)} phút. "
        "Dòng đã sửa hoặc gạch bỏ vẫn in để đối chiếu, không tính vào tổng số."
    )
    if totals:
        yield Heading("I. TỔNG HỢP")
        yield Table(
            (
                Column("Chủ đề", 120),
                Column("Số lần phát", 30, Align.RIGHT),
                Column("Số phút", 30, Align.RIGHT),
            ),
            list(_total_rows(totals)),
        )
    yield Heading("II. NHẬT KÝ" if totals else "NHẬT KÝ")
    if lines:
        yield Table(
            (
                Column("Ngày, giờ", 26, Align.CENTER),
                Column("Tên bài", 66),
                Column("Bản", 10, Align.CENTER),
                Column("Phút", 12, Align.CENTER),
                Column("Nơi phát", 46),
                Column("Người đọc", 36),
                Column("Ghi chú", 50),
            ),
            list(_line_rows(lines)),
        )
    else:
        yield Paragraph("Trong tháng không có lần phát nào được ghi.")


def _total_rows(totals: Sequence[Total]) -> Iterable[TableRow]:
    several = len({total.unit for total in totals}) > 1
    unit = None
    for total in totals:
        if several and total.unit != unit:
            yield GroupRow(total.unit)
        unit = total.unit
        yield (total.topic, format_number(total.count), format_number(total.minutes))


def _line_rows(lines: Sequence[Broadcast]) -> Iterable[TableRow]:
    several = len({line.unit_id for line in lines}) > 1
    for line in lines:
        local = timezone.localtime(line.aired_at)
        place = f"{line.unit.name}: {line.place}" if several else line.place
        notes = [note for note in (line.note, standing_of(line)) if note]
        yield (
            f"{local:%d/%m/%Y %H:%M}",
            line.title,
            str(line.version.number),
            str(line.minutes),
            place,
            line.announcer,
            "; ".join(notes),
        )
