"""The answer key of a Word file: "1-C  2-D …" in lines, or a table in any of its usual shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.importing.plain import clean, folded, letters_in, truth_in

_HEADING = re.compile(
    r"(?:(?:phan|muc)?\s*(?:[ivx]+|\d+)?\s*[.:)/-]?\s*)?"
    r"(?:bang |phan )?(?:tra loi |goi y )?dap an"
    r"(?: (?:dung|chi tiet|tham khao|trac nghiem|(?:va|de|cac cau) .{1,40}|bo cau hoi.{0,40}))?"
    r"(?: ?[-–—] ?.{1,40})?\s*:?"
)
_NUMBER = r"(?:c[âa]u\s*(?:hỏi\s*)?(?:số\s*)?)?(?P<number>\d{1,4})"
_ANSWER = (
    r"(?P<answer>(?:[A-H](?![^\W\d_])|[A-H]{2,8})(?:\s*[,;&+]\s*[A-H](?![^\W_]))*"
    r"|[a-h](?![^\W_])|đúng|sai|Đúng|Sai|ĐÚNG|SAI|[ĐS](?![^\W_]))"
)
_PAIR = re.compile(rf"(?i:{_NUMBER})\s*[-–—.:)/=→]*\s*\(?{_ANSWER}\)?(?![^\W\d_])")
_RANGE = re.compile(
    r"(?P<first>\d{1,4})\s*(?:-|–|đến)\s*(?P<last>\d{1,4})\s*[:.]\s*(?P<letters>[A-H](?:\s*[A-H])+)\b"
)
_BETWEEN = re.compile(r"[\s,;.|/•*–—-]*")
_WITH_REASON = re.compile(
    rf"\s*(?i:{_NUMBER})\s*[-–—.:)/]+\s*{_ANSWER}\s*[.:–—-]+\s+(?P<reason>\S.{{8,}})", re.DOTALL
)
_NUMBER_CELL = re.compile(r"(?:c[âa]u\s*(?:hỏi\s*)?(?:số\s*)?)?(\d{1,4})\s*[.):]?", re.IGNORECASE)
_NUMBER_HEADS = {"cau", "cau hoi", "stt", "cau so", "so cau", "so tt", "tt", "so"}
_ANSWER_HEADS = {
    "dap an",
    "d/a",
    "da",
    "tra loi",
    "dap an dung",
    "ket qua",
    "chon",
    "phuong an",
    "dap",
}
_REASON_HEADS = {"giai thich", "loi giai", "huong dan", "can cu", "ghi chu"}


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """``truth`` is set for Đúng/Sai, then ``indices`` is empty."""

    number: int
    indices: tuple[int, ...]
    truth: bool | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class KeyReading:
    """``unread``: pieces of the key that could not be understood."""

    entries: tuple[KeyEntry, ...]
    unread: tuple[str, ...] = ()


def is_key_heading(text: str) -> bool:
    """ "BẢNG ĐÁP ÁN", "PHẦN II. ĐÁP ÁN THAM KHẢO:" and the like, nothing after the colon."""
    return bool(_HEADING.fullmatch(folded(text).strip(" *_=-–—.")))


def inline_key(text: str) -> str | None:
    """What follows "ĐÁP ÁN:" when it is a list of numbered answers."""
    match = re.match(r"\s*(?:bảng\s+)?đáp\s+án\s*:?\s*", text, re.IGNORECASE)
    if match is None:
        return None
    rest = text[match.end() :]
    return rest if read_key_line(rest) else None


def read_key_line(text: str) -> tuple[KeyEntry, ...]:
    """The entries of a line that holds nothing else; empty when it holds anything else."""
    entries: list[KeyEntry] = []
    position = _BETWEEN.match(text).end()  # type: ignore[union-attr]  # it matches the empty string
    while position < len(text):
        ranged = _RANGE.match(text, position)
        match = ranged or _PAIR.match(text, position)
        if match is None:
            return ()
        if ranged:
            expanded = _expand(ranged)
            if not expanded:
                return ()
            entries += expanded
        else:
            entries.append(_entry(int(match["number"]), match["answer"]))
        end = match.end()
        position = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
        if position == end < len(text):
            return ()
    return tuple(entries)


def read_key_with_reason(text: str) -> KeyEntry | None:
    """ "Câu 3: B. Vì Điều 5 quy định …" inside the key."""
    match = _WITH_REASON.fullmatch(text)
    if match is None:
        return None
    entry = _entry(int(match["number"]), match["answer"])
    return KeyEntry(entry.number, entry.indices, entry.truth, clean(match["reason"]))


def _expand(match: re.Match[str]) -> list[KeyEntry]:
    first, last = int(match["first"]), int(match["last"])
    letters = "".join(match["letters"].split())
    if last - first + 1 != len(letters):
        return []
    return [_entry(first + i, letter) for i, letter in enumerate(letters)]


def _entry(number: int, answer: str) -> KeyEntry:
    indices = letters_in(answer)
    if indices is not None:
        return KeyEntry(number, indices)
    return KeyEntry(number, (), truth_in(answer))


def read_key_table(rows: Sequence[Sequence[str]], *, expected: bool) -> KeyReading | None:
    """The key in a table, or None when the table is something else.

    ``expected``: the table stands under a heading such as "BẢNG ĐÁP ÁN", so that cells which
    cannot be read are reported instead of making the table something else.
    """
    grid = [[clean(cell) for cell in row] for row in rows]
    reasons = _reason_columns(grid)
    entries: list[KeyEntry] = []
    unread: list[str] = []
    used: set[tuple[int, int]] = set()
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if not cell or (r, c) in used or folded(cell).strip(" .:") in _HEADS or c in reasons:
                continue
            pairs = read_key_line(cell)
            if pairs:
                entries += pairs
                continue
            place = _answer_place(grid, r, c)
            if place is None:
                unread.append(cell)
                continue
            used.add(place)
            answer = grid[place[0]][place[1]]
            number = int(_NUMBER_CELL.fullmatch(cell)[1])  # type: ignore[index]  # matched just before
            entry = _entry(number, answer)
            reason = "\n".join(row[k] for k in sorted(reasons) if k < len(row) and row[k])
            entries.append(KeyEntry(number, entry.indices, entry.truth, reason))
    if not entries or (unread and not expected):
        return None
    return KeyReading(tuple(entries), tuple(unread))


_HEADS = _NUMBER_HEADS | _ANSWER_HEADS | _REASON_HEADS


def _reason_columns(grid: list[list[str]]) -> set[int]:
    head = [folded(cell).strip(" .:") for cell in grid[0]] if grid else []
    if not set(head) & _ANSWER_HEADS:
        return set()
    return {c for c, name in enumerate(head) if name in _REASON_HEADS}


def _answer_place(grid: list[list[str]], r: int, c: int) -> tuple[int, int] | None:
    """Where the answer to the number in this cell stands: below it in a band, else right of it."""
    if not _NUMBER_CELL.fullmatch(grid[r][c]):
        return None
    numbers_in_row = sum(bool(_NUMBER_CELL.fullmatch(cell)) for cell in grid[r])
    answers_in_row = sum(_is_answer(cell) for cell in grid[r])
    below = grid[r + 1][c] if r + 1 < len(grid) and c < len(grid[r + 1]) else ""
    if numbers_in_row and not answers_in_row and _is_answer(below):
        return r + 1, c
    if c + 1 < len(grid[r]) and _is_answer(grid[r][c + 1]):
        return r, c + 1
    return None


def _is_answer(cell: str) -> bool:
    return letters_in(cell) is not None or truth_in(cell) is not None
