"""Question files in Excel or CSV."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from core.sheets import Cell, Sheet, read_csv, read_workbook
from quizzes.importing.checking import Settled, refuse_legacy_file
from quizzes.importing.detection import decode_text
from quizzes.importing.limits import SHEET_LIMITS, refusing
from quizzes.importing.parsed import Field, Format, ParseResult, Remark, Severity, UnreadableFile
from quizzes.importing.tabular import Header, find_header, read_table


def read_xlsx(data: bytes, *, header: Header | None = None) -> ParseResult:
    """Every visible sheet with a heading row we know. ``header`` replaces the search, for all
    sheets.

    Raises UnreadableFile.
    """
    settled = Settled()
    sheets = _read_sheets(data)
    with_questions = 0
    for sheet in sheets:
        rewritten: list[Remark] = []
        rows = _texts(sheet, rewritten)
        found = header or find_header(rows)
        if found is None:
            if any(cell for row in rows for cell in row):
                params = {"sheet": sheet.name}
                settled.remarks.append(
                    Remark(0, Field.FILE, "sheet_left_out", params, Severity.NOTE)
                )
            continue
        with_questions += 1
        _fill_merged(sheet, rows, found)
        taken: dict[int, str] = {}
        for draft in read_table(rows, found, remarks=settled.remarks):
            taken[draft.row] = draft.number
            settled.add(draft)
        settled.remarks += [replace(r, label=taken[r.row]) for r in rewritten if r.row in taken]
    if not with_questions:
        refuse_legacy_file(_all_text(sheets))
        raise UnreadableFile("no_header")
    return settled.result(Format.XLSX)


def _read_sheets(data: bytes) -> list[Sheet]:
    """The visible sheets, or the one sheet of a CSV file."""
    with refusing():
        if data.startswith(b"PK"):
            return read_workbook(data, SHEET_LIMITS)
        return [read_csv(decode_text(data), SHEET_LIMITS)]


def _all_text(sheets: Iterable[Sheet]) -> str:
    return "\n".join(
        str(cell) for sheet in sheets for row in sheet.rows[:200] for cell in row if cell
    )


def _texts(sheet: Sheet, remarks: list[Remark]) -> list[list[str]]:
    """Cells as text. What Excel keeps as a number, date or time is not what the author sees, so any
    that is not a whole number is remarked."""
    rows = []
    for index, row in enumerate(sheet.rows, 1):
        texts = []
        for cell in row:
            text, certain = cell_text(cell)
            if not certain:
                params = {"text": text}
                remarks.append(
                    Remark(index, Field.QUESTION, "cell_rewritten", params, Severity.WARNING)
                )
            texts.append(text)
        rows.append(texts)
    return rows


def cell_text(cell: Cell) -> tuple[str, bool]:
    """The Vietnamese writing of a cell, and whether that is surely what its author sees."""
    if isinstance(cell, bool):
        return ("Đúng" if cell else "Sai"), True
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell)), True
        return f"{cell:.10g}".replace(".", ","), False
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return cell.strftime("%d/%m/%Y" if at_midnight else "%d/%m/%Y %H:%M"), False
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y"), False
    if isinstance(cell, time | timedelta):
        return str(cell), False
    return str(cell), True


def _fill_merged(sheet: Sheet, rows: list[list[str]], header: Header) -> None:
    """A topic or difficulty merged over several questions belongs to each of them."""
    roles = ("topic", "difficulty", "legal_basis", "kind")
    columns = {header.columns[role] for role in roles if role in header.columns}
    for merged in sheet.merged:
        if merged.left == merged.right and merged.left in columns and merged.top > header.row:
            for row in rows[merged.top + 1 : merged.bottom + 1]:
                row[merged.left] = rows[merged.top][merged.left]
