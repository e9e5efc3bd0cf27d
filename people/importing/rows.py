"""Which rows of a roster are people, which unit each belongs to, which rows are not people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.sheets import Cell, Row, Sheet
from core.vietnamese import convert_legacy, fold
from people.importing import values
from people.importing.columns import Header, repeats_header, title_rows
from people.importing.problems import Field

# Columns whose merged cells say the same of every row they cover. A phone merged over two people
# does not.
_SHARED_FIELDS = (Field.UNIT, Field.JOB_TITLE, Field.NOTE)

_FOOTER = re.compile(
    r"(?:tong so|tong cong|tong:|cong:|cong$|cong \(|danh sach (?:nay )?(?:gom|co)"
    r"|nguoi lap|nguoi tong hop|nguoi kiem tra|can bo lap|thu truong|lanh dao|xac nhan|noi nhan"
    r"|ky ten|\(?ky,? (?:ghi ro|va|ten)|\(?ky va ghi|giam doc|chu tich|pho chu tich|truong phong"
    r"|chanh van phong|tm\.|kt\.|q\.|ghi chu:|luu y:|an dinh danh sach"
    r"|.{0,40}ngay[ .…]*\d{0,2}[ .…]*thang)"
)
_ORDINAL = re.compile(r"\(?\d{1,6}\)?[.)]?", re.ASCII)


class Ignored(StrEnum):
    FOOTER = "footer"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"
    GROUP_HEADING = "group_heading"


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row with something in it that is not a person. `row` is 1-based."""

    row: int
    reason: Ignored
    text: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`row` is 1-based; `cells` holds the cells of the known columns, units filled down."""

    row: int
    cells: Mapping[Field, Cell]


@dataclass(frozen=True, slots=True)
class Body:
    """`units_filled`: rows whose unit stood in a merged cell, a cell above or a heading."""

    people: list[PersonRow]
    ignored: list[IgnoredRow]
    units_filled: int


@dataclass(slots=True)
class _Candidate:
    index: int
    cells: dict[Field, Cell]
    texts: dict[Field, str]
    filled: bool


def read_body(sheet: Sheet, header: Header) -> Body:
    """The rows under the header, sorted into people and the rest. Blank rows are neither."""
    ignored: list[IgnoredRow] = []
    candidates: list[_Candidate] = []
    shared = _merged_down(sheet, header)
    titles = title_rows(header, sheet)
    for index in range(header.last_row + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if all(isinstance(cell, str) and not cell.strip() for cell in row):
            continue
        if repeats_header(row, titles):
            ignored.append(IgnoredRow(index + 1, Ignored.REPEATED_HEADER, _joined(row)))
        elif index == header.last_row + 1 and _is_column_numbers(row):
            ignored.append(IgnoredRow(index + 1, Ignored.COLUMN_NUMBERS, _joined(row)))
        else:
            candidates.append(_candidate(index, row, header, shared))
    last = max((c.index for c in candidates if _is_strong(c)), default=-1)
    people = _people(candidates, ignored, sheet, last, has_units=Field.UNIT in header.fields)
    if Field.UNIT in header.fields and not any(field is Field.UNIT for _, field in shared):
        _fill_from_above(people)
    ignored.sort(key=lambda row: row.row)
    return Body(
        [PersonRow(c.index + 1, c.cells) for c in people],
        ignored,
        sum(candidate.filled for candidate in people),
    )


def _merged_down(sheet: Sheet, header: Header) -> dict[tuple[int, Field], Cell]:
    """(row index, field) → the cell merged over it, for rows below the first row of the merge."""
    wanted = {index: field for field in _SHARED_FIELDS for index in header.indexes(field)}
    filled: dict[tuple[int, Field], Cell] = {}
    for area in sheet.merged:
        field = wanted.get(area.left)
        if field and area.top > header.last_row and area.left == area.right:
            value = sheet.rows[area.top][area.left]
            for row in range(area.top + 1, area.bottom + 1):
                filled[row, field] = value
    return filled


def _candidate(
    index: int, row: Row, header: Header, shared: Mapping[tuple[int, Field], Cell]
) -> _Candidate:
    cells: dict[Field, Cell] = {}
    for column in header.columns:
        if column.field and (column.field not in cells or cells[column.field] == ""):
            cells[column.field] = row[column.index]
    filled = False
    for field in _SHARED_FIELDS:
        if field in cells and cells[field] == "" and (index, field) in shared:
            cells[field] = shared[index, field]
            filled = filled or field is Field.UNIT
    texts = {field: values.text_of(cell) for field, cell in cells.items()}
    return _Candidate(index, cells, texts, filled)


def _is_strong(candidate: _Candidate) -> bool:
    """Whether the row has what only a person's row has: its number, a phone, an e-mail …"""
    texts = candidate.texts
    digits = sum(char.isdigit() for char in texts.get(Field.PHONE, ""))
    own = [
        field
        for field in (
            Field.STAFF_CODE,
            Field.FULL_NAME,
            Field.GIVEN_NAME,
            Field.JOB_TITLE,
            Field.PHONE,
        )
        if texts.get(field)
    ]
    code = texts.get(Field.STAFF_CODE, "")
    return bool(
        (_ORDINAL.fullmatch(texts.get(Field.NUMBER, "")) and own)
        or digits >= 8
        or "@" in texts.get(Field.EMAIL, "")
        or any(char.isdigit() for char in texts.get(Field.BIRTH_DATE, ""))
        or (any(char.isdigit() for char in code) and not _FOOTER.match(fold(code)))
    )


def _people(
    candidates: list[_Candidate],
    ignored: list[IgnoredRow],
    sheet: Sheet,
    last: int,
    *,
    has_units: bool,
) -> list[_Candidate]:
    people = []
    heading = ""
    in_footer = False
    for candidate in candidates:
        if _is_strong(candidate):
            if heading and not has_units:
                candidate.cells[Field.UNIT] = heading
                candidate.filled = True
            people.append(candidate)
            continue
        row = sheet.rows[candidate.index]
        texts = [values.text_of(cell) for cell in row if cell != ""]
        footer = any(map(_is_footer, texts))
        in_footer = in_footer or (footer and candidate.index > last)
        lonely = len(set(texts)) == 1 or _is_numeral_and_title(texts)
        if footer or in_footer:
            ignored.append(IgnoredRow(candidate.index + 1, Ignored.FOOTER, _joined(row)))
        elif lonely and candidate.index < last:
            heading = texts[-1]
            ignored.append(IgnoredRow(candidate.index + 1, Ignored.GROUP_HEADING, _joined(row)))
        elif lonely and not candidate.texts.get(Field.FULL_NAME):
            ignored.append(IgnoredRow(candidate.index + 1, Ignored.FOOTER, _joined(row)))
        else:
            people.append(candidate)
    return people


def _is_footer(text: str) -> bool:
    readings = (text, convert_legacy(text, "tcvn3"), convert_legacy(text, "vni"))
    return any(_FOOTER.match(fold(reading)) for reading in readings)


def _is_numeral_and_title(texts: list[str]) -> bool:
    """ "I | Phường Thượng Cát": a heading with its numeral in the STT column."""
    return len(texts) == 2 and bool(re.fullmatch(r"[IVXLC]+\.?|[A-ZĐ]\.?", texts[0]))


def _fill_from_above(people: list[_Candidate]) -> None:
    """Units written once at the head of each group, without merged cells (as in CSV files).

    Only when the whole column reads so: the first row has a unit, no unit comes twice, and groups
    are on average two rows or more. Otherwise a blank is a blank.
    """
    written = [c.texts.get(Field.UNIT, "") for c in people]
    named = [fold(text) for text in written if text]
    blanks = len(written) - len(named)
    if not written or not written[0] or len(named) != len(set(named)) or blanks < len(named):
        return
    current: Cell = ""
    for candidate, text in zip(people, written, strict=True):
        if text:
            current = candidate.cells[Field.UNIT]
        else:
            candidate.cells[Field.UNIT] = current
            candidate.filled = True


def _is_column_numbers(row: Row) -> bool:
    """The row "(1) (2) (3) …" that official tables carry under their header."""
    texts = [values.text_of(cell).strip("()") for cell in row if cell != ""]
    if len(texts) < 3 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _joined(cells: Iterable[Cell]) -> str:
    return " | ".join(text for cell in cells if (text := values.text_of(cell)))[:200]
