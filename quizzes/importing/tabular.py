"""Questions in rows: a sheet, a CSV file, or a table in Word with a heading row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizzes.importing.parsed import (
    Draft,
    Field,
    KeyClaim,
    KeySource,
    Kind,
    Remark,
    Severity,
)
from quizzes.importing.plain import clean, folded, letters_in, sameness, truth_in

type Rows = Sequence[Sequence[str]]

_HEADER_SEARCH_ROWS = 40
_NAMES: Mapping[str, frozenset[str]] = {
    "number": frozenset({"stt", "so tt", "tt", "cau", "cau so", "no", "so thu tu", "#", "so cau"}),
    "topic": frozenset({
        "chuyen de", "chu de", "linh vuc", "topic", "nhom", "mang", "nhom cau hoi", "ten chuyen de",
    }),
    "difficulty": frozenset({
        "muc do", "do kho", "muc do nhan thuc", "difficulty", "level", "cap do", "muc",
    }),
    "stem": frozenset({
        "cau hoi", "noi dung cau hoi", "noi dung", "question", "de bai", "cau hoi trac nghiem",
        "noi dung cau hoi trac nghiem", "cau dan", "noi dung cau dan",
    }),
    "key": frozenset({
        "dap an", "dap an dung", "key", "phuong an dung", "ket qua", "answer", "correct", "d/a",
        "correct answer", "cau tra loi dung", "lua chon dung", "dap an chinh xac",
    }),
    "explanation": frozenset({
        "giai thich", "loi giai", "huong dan", "giai thich dap an", "explanation", "dien giai",
    }),
    "legal_basis": frozenset({
        "can cu", "can cu phap ly", "co so phap ly", "van ban", "trich dan", "nguon",
        "nguon trich dan", "van ban can cu", "vien dan", "can cu phap luat",
    }),
    "kind": frozenset({
        "loai cau hoi", "loai", "kieu", "dang", "kieu cau hoi", "dang cau hoi", "type",
    }),
}  # fmt: skip
_OPTION_NAME = re.compile(
    r"(?:(?:phuong an|dap an|lua chon|cau tra loi|tra loi|option|answer|pa|da|y|dap an lua "
    r"chon)\s*)?"
    r"[\s.:(-]*(?P<mark>[a-h]|[1-8])\)?"
)
_FOOTER = re.compile(
    r"(?:tong (?:so|cong)|nguoi (?:lap|ra de|duyet|bien soan)|ghi chu|luu y|.*\bngay \d+ "
    r"thang \d+|het)\b.*"
)
_KINDS: Mapping[Kind, frozenset[str]] = {
    Kind.SINGLE: frozenset({
        "mot dap an", "1 dap an", "mot lua chon", "1 lua chon", "single", "single choice",
        "chon mot", "chon 1", "trac nghiem", "mot phuong an", "trac nghiem 1 dap an",
        "trac nghiem mot dap an",
    }),
    Kind.MULTIPLE: frozenset({
        "nhieu dap an", "nhieu lua chon", "multiple", "multiple choice", "chon nhieu",
        "nhieu phuong an", "trac nghiem nhieu dap an", "trac nghiem nhieu lua chon",
    }),
    Kind.TRUE_FALSE: frozenset({
        "dung sai", "dung/sai", "dung - sai", "true/false", "true false", "d/s",
    }),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """``row``: 0-based index of the last heading row. ``columns``: role to column; ``options``: the
    columns of A, B, …; ``numbered``: the options are called 1, 2, …; ``unknown``: headings we do
    not use."""

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


def header_from(columns: Mapping[str, int], options: Sequence[int], *, row: int) -> Header:
    """A header by hand: ``row`` is the 1-based line of the headings, 0 when there are none."""
    return Header(row - 1, dict(columns), tuple(options))


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
        role = next((role for role, names in _NAMES.items() if name in names), None)
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
    for mark in marks:
        if mark not in options:
            break
        places.append(options[mark])
    return Header(index, columns, tuple(places), marks[0] == "1", tuple(unknown), tuple(repeated))


def read_table(
    rows: Rows, header: Header, *, remarks: list[Remark], sheet: str = ""
) -> Iterator[Draft]:
    """A draft for each row that holds a question; what is no question is noted in ``remarks``."""
    if header.repeated:
        names = ", ".join(header.repeated)
        remarks.append(
            Remark(
                header.row + 1, Field.FILE, "column_repeated", {"names": names}, Severity.WARNING
            )
        )
    if header.unknown:
        names = ", ".join(header.unknown)
        remarks.append(
            Remark(header.row + 1, Field.FILE, "columns_unused", {"names": names}, Severity.NOTE)
        )
    for index, row in enumerate(rows[header.row + 1 :], header.row + 2):
        cells = [clean(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled or (header.row >= 0 and _is_header_again(rows[header.row], row)):
            continue
        if _is_no_question(cells, filled, header):
            params = {"text": " | ".join(filled)[:80]}
            remarks.append(Remark(index, Field.FILE, "row_left_out", params, Severity.NOTE))
            continue
        yield _draft(index, cells, header)


def _is_header_again(head: Sequence[str], row: Sequence[str]) -> bool:
    return [folded(cell) for cell in head] == [folded(cell) for cell in row]


def _is_no_question(cells: Sequence[str], filled: Sequence[str], header: Header) -> bool:
    """A part's title over the whole row, or the totals and signatures at the end."""
    has_options = any(_at(cells, column) for column in header.options)
    if has_options or _at(cells, header.columns.get("key")):
        return False
    if _FOOTER.fullmatch(folded(filled[0])):
        return True
    stem = _at(cells, header.columns.get("stem"))
    return not stem and len(set(filled)) == 1 and not filled[0].rstrip(".").isdigit()


def _draft(index: int, cells: Sequence[str], header: Header) -> Draft:
    named = {role: _at(cells, column) for role, column in header.columns.items()}
    number = re.sub(r"\.0$", "", named.get("number", ""))
    draft = Draft(
        number=re.sub(r"^(?:câu|bài)\s*", "", number, flags=re.IGNORECASE).strip(" .:)")[:20],
        row=index,
        stem=named.get("stem", ""),
        explanation=named.get("explanation", ""),
        legal_basis=named.get("legal_basis", ""),
        topic=named.get("topic", ""),
        difficulty=named.get("difficulty", ""),
    )
    options = [_at(cells, column) for column in header.options]
    while options and not options[-1]:
        options.pop()
    draft.options = options
    _take_kind(draft, named.get("kind", ""))
    if not draft.is_refused:
        _take_key(draft, named.get("key", ""), header)
    return draft


def _take_kind(draft: Draft, text: str) -> None:
    name = folded(text).strip(" .")
    if not name:
        return
    draft.declared = next((kind for kind, names in _KINDS.items() if name in names), None)
    if draft.declared is None:
        draft.remark(Field.KIND, "kind_unsupported", kind=text[:40])


def _take_key(draft: Draft, text: str, header: Header) -> None:
    truth = truth_in(text)
    if truth is not None and (not draft.options or draft.declared is Kind.TRUE_FALSE):
        _take_truth(draft, truth)
        return
    if not text:
        return  # settled as missing
    indices = letters_in(text)
    if indices is None and header.numbered and re.fullmatch(r"[1-8](?:\s*[,;]\s*[1-8])*", text):
        indices = tuple(sorted({int(digit) - 1 for digit in re.findall(r"[1-8]", text)}))
    same = [i for i, option in enumerate(draft.options) if sameness(option) == sameness(text)]
    if indices is None and len(same) == 1:
        indices = (same[0],)  # the option's own text
    if indices is None:
        draft.remark(Field.KEY, "key_unreadable", value=text[:60])
    else:
        draft.claims.append(KeyClaim(KeySource.COLUMN, indices))
        _settle_truth_options(draft)


def _take_truth(draft: Draft, truth: bool) -> None:
    values = [truth_in(option) for option in draft.options]
    if draft.options and sorted(map(str, values)) != ["False", "True"]:
        draft.remark(Field.OPTIONS, "truth_options")
        return
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    draft.claims.append(KeyClaim(KeySource.COLUMN, (0 if truth else 1,)))


def _settle_truth_options(draft: Draft) -> None:
    """Declared true/false, the key given as a letter: put "Đúng" first, as everywhere."""
    if draft.declared is not Kind.TRUE_FALSE:
        return
    values = [truth_in(option) for option in draft.options]
    indices = draft.claims[-1].indices
    if len(indices) == 1 and indices[0] < len(values):
        chosen = values[indices[0]]
        if chosen is not None:
            draft.claims.pop()
            _take_truth(draft, chosen)
            return
    draft.remark(Field.OPTIONS, "truth_options")


def _at(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and 0 <= column < len(cells) else ""
