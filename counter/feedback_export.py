"""The figures of feedback as a spreadsheet; what is held back on screen is held back here."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from core.spreadsheets import Column, write_workbook
from counter.enums import Factor
from counter.models import Office
from counter.satisfaction import Line, Table


def write_months(target: IO[bytes], office: Office, table: Table, *, year: int) -> int:
    rows = [_row(_("Tháng %s") % line.name, line) for line in table.lines if line.answer_count]
    title = _("Ý kiến người dân %(year)s – %(office)s") % {"year": year, "office": office.name}
    return _write(target, title, _("Tháng"), [*rows, _row(_("Cả năm"), table.whole)])


def write_offices(target: IO[bytes], table: Table, *, year: int) -> int:
    """Without a sum: the offices beside it would tell what is held back."""
    title = _("Ý kiến người dân năm %s") % year
    rows = [_row(str(line.name), line) for line in table.lines]
    return _write(target, title, _("Bộ phận Một cửa"), rows)


def _write(target: IO[bytes], title: str, heading: str, rows: Sequence[tuple[Any, ...]]) -> int:
    columns = [
        Column(heading, 34),
        Column(_("Số ý kiến"), 10, "#,##0"),
        *(Column(_("%s: điểm trung bình") % factor.label, 18, "0.00") for factor in Factor),
        *(Column(_("%s: tỷ lệ hài lòng") % factor.label, 18, "0%") for factor in Factor),
    ]
    return write_workbook(target, sheet_name=_("Ý kiến"), title=title, columns=columns, rows=rows)


def _row(name: str, line: Line) -> tuple[Any, ...]:
    return (name, line.answer_count, *_figures(line))


def _figures(line: Line) -> Iterator[float | None]:
    for factor in Factor:
        cell = line.cells[factor]
        yield float(cell.average) if cell and cell.average is not None else None
    for factor in Factor:
        cell = line.cells[factor]
        yield cell.percent / 100 if cell and cell.percent is not None else None
