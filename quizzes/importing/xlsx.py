"""Question files in Excel or CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quizzes.importing.checking import Settled, refuse_legacy_file
from quizzes.importing.columns import (
    FieldName,
    Header,
    find_header,
    guess_header_row,
    header_from,
)
from quizzes.importing.parsed import Field, Format, ParseResult, Remark, Severity, UnreadableFile
from quizzes.importing.sheet_texts import TextSheet, look_around, read_sheets
from quizzes.importing.survey import choose_sheet
from quizzes.importing.tabular import read_table

_ABOUT_WORKBOOK = {
    "sheet_pictures": Severity.WARNING,
    "rows_hidden": Severity.WARNING,
    "sheets_hidden": Severity.NOTE,
}
_FILLED_DOWN = ("topic", "difficulty", "legal_basis", "valid_until", "kind")


def read_xlsx(
    data: bytes,
    *,
    columns: Mapping[int, FieldName] | None = None,
    header_row: int | None = None,
) -> ParseResult:
    """Every visible sheet with a heading row we know.

    With ``columns`` (what each column holds, said by hand) the sheet that `survey_table` shows, and
    those with the same headings; ``header_row`` is then the 1-based line of the headings, 0 for
    none, None for the one the survey found.

    Raises UnreadableFile.
    """
    settled = Settled()
    sheets = read_sheets(data)
    given = _given_headers(sheets, columns, header_row) if columns is not None else None
    with_questions = 0
    for sheet in sheets:
        header = find_header(sheet.rows) if given is None else given.get(sheet.name)
        if header is None:
            if any(cell for row in sheet.rows for cell in row):
                params = {"sheet": sheet.name}
                settled.remarks.append(
                    Remark(0, Field.FILE, "sheet_left_out", params, Severity.NOTE)
                )
            continue
        with_questions += 1
        _fill_merged(sheet, header)
        taken: dict[int, str] = {}
        for draft in read_table(sheet.rows, header, remarks=settled.remarks):
            taken[draft.row] = draft.number
            settled.add(draft)
        settled.remarks += [
            replace(remark, label=taken[remark.row])
            for column, remark in sheet.rewritten
            if remark.row in taken and column != header.columns.get("valid_until")
        ]
    settled.remarks += [
        Remark(0, Field.FILE, code, severity=_ABOUT_WORKBOOK[code]) for code in look_around(data)
    ]
    if not with_questions:
        refuse_legacy_file(_all_text(sheets))
        raise UnreadableFile("no_header")
    return settled.result(Format.XLSX)


def _given_headers(
    sheets: Sequence[TextSheet], columns: Mapping[int, FieldName], header_row: int | None
) -> dict[str, Header]:
    """Sheet names to the header said by hand. Raises UnreadableFile when it names no question."""
    chosen, found = choose_sheet(sheets)
    if header_row is None:
        header_row = found.row + 1 if found else guess_header_row(chosen.rows)
    header = header_from(columns, row=header_row)
    if "stem" not in header.columns:
        raise UnreadableFile("no_header")
    if not 0 < header_row <= len(chosen.rows):
        return {chosen.name: header_from(columns, row=0)}
    headings = chosen.rows[header_row - 1]
    alike = [
        sheet
        for sheet in sheets
        if len(sheet.rows) >= header_row and sheet.rows[header_row - 1] == headings
    ]
    return {sheet.name: header for sheet in alike}


def _all_text(sheets: Sequence[TextSheet]) -> str:
    return "\n".join(cell for sheet in sheets for row in sheet.rows[:200] for cell in row if cell)


def _fill_merged(sheet: TextSheet, header: Header) -> None:
    """A topic or difficulty merged over several questions belongs to each of them."""
    columns = {header.columns[role] for role in _FILLED_DOWN if role in header.columns}
    for merged in sheet.merged:
        if merged.left == merged.right and merged.left in columns and merged.top > header.row:
            for row in sheet.rows[merged.top + 1 : merged.bottom + 1]:
                row[merged.left] = sheet.rows[merged.top][merged.left]
