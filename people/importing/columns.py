"""Find the header of a roster and say which column is which.

Organisers put the header anywhere under a title block, name columns in their own way, and merge
headers over two rows. A column is recognised by its folded name; what is not recognised, or could
be two things, is left for the organiser to map by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.sheets import MergedRange, Row, Sheet
from core.vietnamese import LegacyEncoding, convert_legacy, fold
from people.importing.problems import Field, FileCode, UnusableFile

HEADER_SEARCH_ROWS = 30
_HEADER_DEPTH = 3


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split("|"))


_EXACT: Mapping[Field, frozenset[str]] = {
    Field.NUMBER: frozenset({"stt", "tt", "so tt", "so thu tu", "thu tu", "no"}),
    Field.STAFF_CODE: _names(
        """ma|ma cb|ma can bo|ma so|ma nv|ma nhan vien|ma so cb|ma so can bo|ma cbcc|ma cbccvc
        |ma cccc|ma cc|ma cong chuc|ma so cong chuc|ma vien chuc|ma dinh danh|ma nhan su
        |ma so nhan vien|so hieu|so hieu cb|so hieu can bo|so hieu cong chuc|so hieu cbcc
        |ma can bo cong chuc|mscb|mnv|staff code|employee code|ma ccvc|ma so ccvc
        |so hieu ccvc"""
    ),
    Field.FULL_NAME: _names(
        """ho va ten|ho ten|ho va ten can bo|ho ten can bo|ho va ten thi sinh|ho ten thi sinh
        |ten can bo|ho va ten cong chuc|ho va ten cbcc|ho va ten khai sinh
        |ho chu dem va ten khai sinh|ho chu dem va ten|ho dem va ten|full name|name|can bo"""
    ),
    Field.FAMILY_NAMES: _names(
        """ho|ho dem|ho va dem|ho va ten dem|ho va chu dem|ho lot|ho va ten lot|ho chu dem
        |ho ten dem"""
    ),
    Field.GIVEN_NAME: frozenset({"ten", "ten goi", "ten rieng"}),
    Field.BIRTH_DATE: _names(
        """ngay sinh|ngay thang nam sinh|sinh ngay|nam sinh|ngay thang sinh|dob|date of birth
        |ns|ngay sinh nam|ngay sinh nu|ngay thang nam sinh nam|ngay thang nam sinh nu
        |nam sinh nam|nam sinh nu"""
    ),
    Field.JOB_TITLE: _names(
        """chuc vu|chuc danh|vi tri|vi tri viec lam|vi tri cong tac|chuc vu chuc danh
        |chuc danh chuc vu|chuc vu cong tac|nhiem vu|cong viec|title|job title
        |chuc vu vi tri viec lam|chuc danh vi tri viec lam|chuc vu hien tai
        |chuc danh cong viec"""
    ),
    Field.UNIT: _names(
        """don vi|don vi cong tac|phong ban|co quan|co quan cong tac|co quan don vi|phong
        |bo phan|noi cong tac|ten don vi|phong ban don vi|don vi phong ban
        |co quan don vi cong tac|don vi bo phan|phuong xa|xa phuong|phuong|unit|department
        |thuoc don vi|don vi du thi|phong ban don vi cong tac|phong don vi|to chuc
        |co quan to chuc don vi"""
    ),
    Field.PHONE: _names(
        """dien thoai|sdt|so dt|dt|so dien thoai|di dong|dien thoai di dong|so di dong|dtdd
        |so dtdd|dien thoai lien he|so dien thoai lien he|so dien thoai di dong|phone|mobile
        |so zalo|zalo|so dt zalo|sdt zalo|dt lien he|so dt lien he|dt di dong|so may|tel"""
    ),
    Field.EMAIL: _names(
        """email|thu dien tu|dia chi email|e mail|mail|dia chi thu dien tu|hop thu
        |email cong vu|thu dien tu cong vu|dia chi mail|hop thu dien tu|email lien he
        |dia chi e mail|thu cong vu"""
    ),
    Field.NOTE: frozenset({"ghi chu", "note", "notes", "luu y", "ghi chu khac"}),
}

# Longer headers ("Số điện thoại (Zalo) của cán bộ"): a column that contains exactly one of these.
_PHRASES: Mapping[Field, tuple[str, ...]] = {
    Field.STAFF_CODE: (
        "ma can bo",
        "ma cong chuc",
        "ma so can bo",
        "so hieu can bo",
        "ma cb",
        "ma nhan vien",
    ),
    Field.FULL_NAME: ("ho va ten", "ho ten"),
    Field.BIRTH_DATE: ("ngay sinh", "nam sinh", "ngay thang nam sinh"),
    Field.JOB_TITLE: ("chuc vu", "chuc danh", "vi tri viec lam"),
    Field.UNIT: ("don vi", "phong ban", "co quan", "noi cong tac"),
    Field.PHONE: ("dien thoai", "di dong", "sdt"),
    Field.EMAIL: ("email", "thu dien tu"),
    Field.NOTE: ("ghi chu",),
}
_MAY_REPEAT = {Field.BIRTH_DATE}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file. `index` is 0-based; `field` is None while nobody knows what it is."""

    index: int
    title: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Header:
    """`first_row` and `last_row` are the header's 0-based rows; data starts on the next one."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]

    def indexes(self, field: Field) -> tuple[int, ...]:
        return tuple(column.index for column in self.columns if column.field == field)

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(column.field for column in self.columns if column.field is not None)


def recognise(title: str) -> Field | None:
    """The field a column title names, or None when it names none or could name two."""
    name = _plain(title)
    without_hint = _plain(re.sub(r"[(\[].*?[)\]]", " ", title))
    for candidate in (name, without_hint):
        for field, names in _EXACT.items():
            if candidate in names:
                return field
    padded = f" {without_hint} "
    found = {
        field
        for field, phrases in _PHRASES.items()
        if any(f" {phrase} " in padded for phrase in phrases)
    }
    return found.pop() if len(found) == 1 else None


def find_header(sheet: Sheet) -> Header:
    """The best header among the first rows. Raises UnusableFile if none names two fields."""
    readings = (sheet, _converted(sheet, "tcvn3"), _converted(sheet, "vni"))
    found = next((headers for reading in readings if (headers := _headers(reading))), None)
    if not found:
        raise UnusableFile(FileCode.NO_HEADER, rows=HEADER_SEARCH_ROWS)
    # of equals the shallowest, then the highest: a title block is not a part of the header
    return max(found, key=lambda header: len(header.fields))


def header_at(sheet: Sheet, row: int) -> Header:
    """The header that the organiser points at (0-based row), whatever it names."""
    if not 0 <= row < len(sheet.rows):
        raise UnusableFile(FileCode.NO_HEADER, rows=len(sheet.rows))
    columns = [_column(index, (title,)) for index, title in enumerate(_spread(sheet, row, row))]
    return Header(row, row, _first_of_each(columns))


def _headers(sheet: Sheet) -> list[Header]:
    tops = range(min(HEADER_SEARCH_ROWS, len(sheet.rows)))
    return [
        header
        for depth in range(1, _HEADER_DEPTH + 1)
        for top in tops
        if (header := _header_at(sheet, top, depth))
    ]


def _converted(sheet: Sheet, encoding: LegacyEncoding) -> Sheet:
    """The top of the sheet as it would read if typed for an old font ("Hä vµ tªn")."""
    rows: list[Row] = [
        [convert_legacy(cell, encoding) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.rows[: HEADER_SEARCH_ROWS + _HEADER_DEPTH]
    ]
    return Sheet(sheet.name, rows, sheet.merged)


def map_columns(header: Header, mapping: Mapping[int, Field | None]) -> Header:
    """The header with the organiser's own mapping (column index → field, None = do not use).

    Raises UnusableFile when a column is not in the file. Two columns mapped to one field: the first
    keeps it unless the field may be spread over several (birth dates of men and of women).
    """
    known = {column.index for column in header.columns}
    if outside := sorted(set(mapping) - known):
        raise UnusableFile(FileCode.COLUMN_OUT_OF_RANGE, column=outside[0] + 1)
    columns = [Column(c.index, c.title, mapping.get(c.index, c.field)) for c in header.columns]
    return Header(header.first_row, header.last_row, _first_of_each(columns))


def require_usable(header: Header) -> None:
    """Raises UnusableFile unless the columns can name a person and tell two persons apart."""
    if Field.FULL_NAME not in header.fields and Field.GIVEN_NAME not in header.fields:
        raise UnusableFile(FileCode.NO_NAME_COLUMN)
    if not header.fields & {Field.STAFF_CODE, Field.PHONE, Field.EMAIL}:
        raise UnusableFile(FileCode.NO_IDENTITY_COLUMN)


def _header_at(sheet: Sheet, top: int, depth: int) -> Header | None:
    if top + depth > len(sheet.rows):
        return None
    stack = [_spread(sheet, row, top) for row in range(top, top + depth)]
    if depth > 1 and not any(recognise(title) for title in stack[-1]):
        return None
    columns = [_column(index, titles) for index, titles in enumerate(zip(*stack, strict=True))]
    columns = _split_names(columns, sheet.merged, top, depth)
    header = Header(top, top + depth - 1, _first_of_each(columns))
    named = {Field.FULL_NAME, Field.GIVEN_NAME} & header.fields
    return header if named and len(header.fields) >= 2 else None


def _spread(sheet: Sheet, row: int, top: int) -> list[str]:
    """The row's titles, a merged title repeated over every column it covers."""
    titles = [_title(cell) for cell in sheet.rows[row]]
    for area in sheet.merged:
        if area.top > row:
            break  # ranges are in order of their tops
        if top <= area.top and area.top <= row <= area.bottom:
            text = _title(sheet.rows[area.top][area.left])
            for index in range(area.left, area.right + 1):
                titles[index] = titles[index] or text
    return titles


def _column(index: int, titles: tuple[str, ...]) -> Column:
    """The lowest title that is understood wins; with the title above it when it needs that."""
    distinct = [t for i, t in enumerate(titles) if t and t not in titles[:i]]
    shown = " / ".join(distinct)
    for title in [*reversed(distinct), " ".join(distinct)]:
        if field := recognise(title):
            return Column(index, shown, field)
    return Column(index, shown, None)


def _split_names(
    columns: list[Column], merged: tuple[MergedRange, ...], top: int, depth: int
) -> list[Column]:
    """A "Họ và tên" merged over two columns, with nothing under it, holds Họ đệm | Tên."""
    for area in merged:
        covers = area.top >= top and area.bottom <= top + depth - 1 and area.right == area.left + 1
        pair = columns[area.left : area.right + 1] if covers else []
        if [column.field for column in pair] == [Field.FULL_NAME, Field.FULL_NAME]:
            left, right = pair
            columns[left.index] = Column(left.index, left.title, Field.FAMILY_NAMES)
            columns[right.index] = Column(right.index, right.title, Field.GIVEN_NAME)
    return columns


def _first_of_each(columns: list[Column]) -> tuple[Column, ...]:
    seen: set[Field] = set()
    kept = []
    for column in columns:
        repeated = column.field in seen and column.field not in _MAY_REPEAT
        kept.append(Column(column.index, column.title, None if repeated else column.field))
        if column.field:
            seen.add(column.field)
    return tuple(kept)


def title_rows(header: Header, sheet: Sheet) -> list[list[str]]:
    """The header's rows in the form that `repeats_header` compares."""
    rows = sheet.rows[header.first_row : header.last_row + 1]
    return [[_plain(_title(cell)) for cell in row] for row in rows]


def repeats_header(row: Row, titles: list[list[str]]) -> bool:
    """Whether a data row is the header again (printed at the top of each page)."""
    return any(
        all(_plain(_title(cell)) == title for cell, title in zip(row, above, strict=True))
        for above in titles
    )


def _title(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _plain(title: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", fold(title)).split())
