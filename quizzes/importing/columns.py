"""Which column of a sheet is what: told by the headings, or by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.importing.parsed import MAX_OPTIONS
from quizzes.importing.plain import clean, folded

type Rows = Sequence[Sequence[str]]

_HEADER_SEARCH_ROWS = 40


class FieldName(StrEnum):
    """What a column can hold. The options are in the order of their letters."""

    NUMBER = "number"
    STEM = "stem"
    KIND = "kind"
    OPTION_A = "option_a"
    OPTION_B = "option_b"
    OPTION_C = "option_c"
    OPTION_D = "option_d"
    OPTION_E = "option_e"
    OPTION_F = "option_f"
    OPTION_G = "option_g"
    OPTION_H = "option_h"
    KEY = "key"
    TOLERANCE = "tolerance"
    RULE = "rule"
    MAX_WORDS = "max_words"
    MEDIA = "media"
    EXPLANATION = "explanation"
    LEGAL_BASIS = "legal_basis"
    VALID_UNTIL = "valid_until"
    TOPIC = "topic"
    DIFFICULTY = "difficulty"


OPTION_FIELDS = tuple(FieldName(f"option_{letter}") for letter in "abcdefgh")

_NAMES: Mapping[FieldName, frozenset[str]] = {
    FieldName.NUMBER: frozenset({
        "stt", "so tt", "tt", "cau", "cau so", "no", "so thu tu", "#", "so cau", "ma cau",
        "ma cau hoi", "id",
    }),
    FieldName.TOPIC: frozenset({
        "chuyen de", "chu de", "linh vuc", "topic", "nhom", "mang", "nhom cau hoi", "ten chuyen de",
        "category", "noi dung kien thuc", "mang kien thuc",
    }),
    FieldName.DIFFICULTY: frozenset({
        "muc do", "do kho", "muc do nhan thuc", "difficulty", "level", "cap do", "muc",
        "muc do kho",
    }),
    FieldName.STEM: frozenset({
        "cau hoi", "noi dung cau hoi", "noi dung", "question", "de bai", "cau hoi trac nghiem",
        "noi dung cau hoi trac nghiem", "cau dan", "noi dung cau dan", "question text", "stem",
    }),
    FieldName.KEY: frozenset({
        "dap an", "dap an dung", "key", "phuong an dung", "ket qua", "answer", "correct", "d/a",
        "correct answer", "cau tra loi dung", "lua chon dung", "dap an chinh xac",
        "phuong an tra loi dung", "answer key",
    }),
    FieldName.TOLERANCE: frozenset({"sai so", "sai so cho phep", "tolerance"}),
    FieldName.RULE: frozenset({"cach tinh diem", "cach cham", "cach cham diem", "scoring"}),
    FieldName.MAX_WORDS: frozenset({"so tu toi da", "so chu toi da", "gioi han so tu"}),
    FieldName.MEDIA: frozenset({"tep tinh huong", "hinh, video tinh huong"}),
    FieldName.EXPLANATION: frozenset({
        "giai thich", "loi giai", "huong dan", "giai thich dap an", "explanation", "dien giai",
        "huong dan cham",
    }),
    FieldName.LEGAL_BASIS: frozenset({
        "can cu", "can cu phap ly", "co so phap ly", "van ban", "trich dan", "nguon",
        "nguon trich dan", "van ban can cu", "vien dan", "can cu phap luat", "legal basis",
    }),
    FieldName.VALID_UNTIL: frozenset({
        "het hieu luc", "ngay het hieu luc", "co gia tri den", "co gia tri den ngay",
        "co gia tri den het ngay", "gia tri den", "co hieu luc den", "hieu luc den",
        "hieu luc den ngay", "dung den", "dung den ngay", "dung den het ngay", "het han",
        "dap an dung den het ngay", "valid until",
    }),
    FieldName.KIND: frozenset({
        "loai cau hoi", "loai", "kieu", "dang", "kieu cau hoi", "dang cau hoi", "type",
        "question type",
    }),
}  # fmt: skip
_OPTION_NAME = re.compile(
    r"(?:(?:phuong an|dap an|lua chon|cau tra loi|tra loi|option|answer|pa|da|y|dap an lua "
    r"chon)\s*)?"
    r"[\s.:(-]*(?P<mark>[a-h]|[1-8])\)?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """``row``: 0-based index of the last heading row, -1 when there is none. ``columns``: field to
    column; ``options``: the columns of A, B, …; ``numbered``: the options are called 1, 2, …;
    ``unknown``: headings we do not use."""

    row: int
    columns: Mapping[str, int]
    options: tuple[int, ...]
    numbered: bool = False
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def find_header(rows: Rows) -> Header | None:
    """The first row that names a question column and an answer or options, wherever it stands."""
    for index, row in enumerate(rows[:_HEADER_SEARCH_ROWS]):
        below = rows[index + 1] if index + 1 < len(rows) else ()
        one, two = _header(index, row), _header(index + 1, _merge_two(row, below))
        header = two if two is not None and (one is None or len(one.options) < 2) else one
        if header is not None and (len(header.options) >= 2 or "key" in header.columns):
            return header
    return None


def header_from(mapping: Mapping[int, FieldName], *, row: int) -> Header:
    """A header by hand: ``mapping`` is column to field, ``row`` the 1-based line of the headings, 0
    when there are none. A field given to two columns is the first one's."""
    columns: dict[str, int] = {}
    for column, field in sorted(mapping.items()):
        columns.setdefault(field.value, column)
    options = [columns.pop(field) for field in OPTION_FIELDS if field in columns]
    return Header(row - 1, columns, tuple(options))


def fields_of(header: Header) -> dict[int, FieldName]:
    """The mapping that `header_from` would take."""
    named = {column: FieldName(name) for name, column in header.columns.items()}
    return named | dict(zip(header.options, OPTION_FIELDS, strict=False))


def guess_header_row(rows: Rows) -> int:
    """1-based line of what looks like headings though we know none of them; 0 when nothing does:
    the first row of several short texts, none a question."""
    for index, row in enumerate(rows[:_HEADER_SEARCH_ROWS]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        looks_named = all(len(cell) <= 40 and "?" not in cell for cell in cells)
        return index + 1 if looks_named and not any(c.isdigit() for c in cells) else 0
    return 0


def _merge_two(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """ "Phương án" over A, B, C, D: the names stand on two lines."""
    width = max(len(row), len(below))
    upper = [*row, *[""] * (width - len(row))]
    lower = [*below, *[""] * (width - len(below))]
    letters = sum(bool(_OPTION_NAME.fullmatch(folded(cell))) for cell in lower)
    if letters < 2 or sum(len(cell) > 40 for cell in lower):
        return []
    return [under or over for over, under in zip(upper, lower, strict=True)]


def _header(index: int, row: Sequence[str]) -> Header | None:
    columns: dict[str, int] = {}
    options: dict[str, int] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for column, cell in enumerate(row):
        name = re.sub(r"\s*\([^)]*\)", "", folded(cell)).strip(" .:*_-")
        if not name:
            continue
        role = next((role.value for role, names in _NAMES.items() if name in names), None)
        option = _OPTION_NAME.fullmatch(name)
        if role is not None:
            if role in columns:
                repeated.append(clean(cell))
            columns.setdefault(role, column)
        elif option is not None:
            if option["mark"] in options:
                repeated.append(clean(cell))
            options.setdefault(option["mark"], column)
        else:
            unknown.append(clean(cell)[:40])
    if "stem" not in columns:
        return None
    marks = "12345678" if "1" in options else "abcdefgh"
    places = []
    for mark in marks[:MAX_OPTIONS]:
        if mark not in options:
            break
        places.append(options[mark])
    return Header(index, columns, tuple(places), marks[0] == "1", tuple(unknown), tuple(repeated))
