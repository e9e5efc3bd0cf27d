"""A sheet before it is read: its columns as a person sees them, to say by hand what each one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.importing.columns import FieldName, Header, fields_of, find_header, guess_header_row
from quizzes.importing.detection import detect_format
from quizzes.importing.parsed import Format, UnreadableFile
from quizzes.importing.plain import clean
from quizzes.importing.sheet_texts import TextSheet, read_sheets

_SAMPLES = 3
_SAMPLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class SurveyedColumn:
    """``index`` counts from 0 and is what ``read_questions(columns=…)`` takes. ``heading`` may be
    empty; ``samples`` are the first filled cells under it."""

    index: int
    heading: str
    samples: tuple[str, ...]
    field: FieldName | None

    @property
    def letter(self) -> str:
        """The column's name in Excel."""
        name, number = "", self.index + 1
        while number:
            number, rest = divmod(number - 1, 26)
            name = chr(ord("A") + rest) + name
        return name


@dataclass(frozen=True, slots=True)
class TableSurvey:
    """``sheets``: the visible sheets; ``sheet`` the one that is shown, the first with headings we
    know, else the longest. ``header_row`` is 1-based, 0 when nothing looks like headings."""

    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    columns: tuple[SurveyedColumn, ...]
    is_recognised: bool


def survey_table(data: bytes, name: str = "") -> TableSurvey:
    """Raises UnreadableFile, also for a file that is no sheet. ``name`` only words a refusal."""
    found = detect_format(data, name=name)
    if data.startswith(b"PK") and found is not Format.XLSX:
        raise UnreadableFile("format_mismatch", asked=Format.XLSX, found=found)
    sheets = read_sheets(data)
    sheet, header = choose_sheet(sheets)
    row = header.row + 1 if header else guess_header_row(sheet.rows)
    fields = fields_of(header) if header else {}
    headings = sheet.rows[row - 1] if row else []
    body = sheet.rows[row:]
    width = max((len(r) for r in sheet.rows), default=0)
    columns = []
    for index in range(width):
        heading = clean(headings[index]) if index < len(headings) else ""
        samples = _samples(body, index)
        if heading or samples:
            columns.append(SurveyedColumn(index, heading[:80], samples, fields.get(index)))
    names = tuple(s.name for s in sheets)
    return TableSurvey(names, sheet.name, row, tuple(columns), header is not None)


def choose_sheet(sheets: Sequence[TextSheet]) -> tuple[TextSheet, Header | None]:
    """The sheet a mapping by hand is about."""
    for sheet in sheets:
        header = find_header(sheet.rows)
        if header is not None:
            return sheet, header
    return max(sheets, key=lambda sheet: sum(any(row) for row in sheet.rows)), None


def _samples(body: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in body:
        text = " ".join(clean(row[index]).split()) if index < len(row) else ""
        if text:
            found.append(text[:_SAMPLE_CHARS])
        if len(found) == _SAMPLES:
            break
    return tuple(found)
