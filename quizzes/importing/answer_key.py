"""The answer key of a Word file: "1-C  2-D …" in lines, or a table in any of its usual shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes.importing.plain import clean, folded, letters_in, truth_in, truths_in

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
    """``truth`` is set for Đúng/Sai, ``truths`` for a group of statements, ``written`` for an
    answer in words or numbers; then ``indices`` is empty. ``part`` is the part of the paper under
    whose name the entry stands, "" for none."""

    number: int
    indices: tuple[int, ...]
    truth: bool | None = None
    explanation: str = ""
    truths: tuple[bool, ...] = ()
    written: str = ""
    part: str = ""


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


def read_truths_line(text: str) -> KeyEntry | None:
    """ "Câu 1: a) Đ, b) S, c) Đ, d) S" or "1. ĐSĐS": a group of statements in the key."""
    match = _NUMBER_FIRST.match(text)
    truths = truths_in(text[match.end() :]) if match else None
    return KeyEntry(int(match["number"]), (), truths=truths) if match and truths else None


_NUMBER_FIRST = re.compile(rf"\s*(?i:{_NUMBER})\s*[-–—.:)/=→]+\s*")


def read_written_line(text: str) -> KeyEntry | None:
    """ "Câu 3: 15 ngày": only the question tells whether this is an answer."""
    match = _NUMBER_FIRST.match(text)
    written = clean(text[match.end() :]) if match else ""
    return KeyEntry(int(match["number"]), (), written=written) if match and written else None


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
    truths = truths_in(answer)
    if truths is not None:
        return KeyEntry(number, (), truths=truths)
    truth = truth_in(answer)
    return KeyEntry(number, (), truth, written="" if truth is not None else clean(answer))


def read_key_table(rows: Sequence[Sequence[str]], *, expected: bool) -> KeyReading | None:
    """The key in a table, or None when the table is something else.

    ``expected``: the table stands under a heading such as "BẢNG ĐÁP ÁN", so that cells which
    cannot be read are reported instead of making the table something else.
    """
    grid = [[clean(cell) for cell in row] for row in rows]
    statements = _statement_entries(grid) or _statement_entries(_turned(grid)) or _listed(grid)
    if statements:
        return KeyReading(statements)
    reasons = _reason_columns(grid)
    entries: list[KeyEntry] = []
    unread: list[str] = []
    used: set[tuple[int, int]] = set()
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if not cell or (r, c) in used or folded(cell).strip(" .:") in _HEADS or c in reasons:
                continue
            pairs = read_key_line(cell)
            truths = read_truths_line(cell)
            if pairs or truths:
                entries += pairs if truths is None else (truths,)
                continue
            place = _answer_place(grid, r, c) or (_headed_place(grid, r, c) if expected else None)
            if place is None:
                unread.append(cell)
                continue
            used.add(place)
            answer = grid[place[0]][place[1]]
            number = int(_NUMBER_CELL.fullmatch(cell)[1])  # type: ignore[index]  # matched just before
            entry = _entry(number, answer)
            reason = "\n".join(row[k] for k in sorted(reasons) if k < len(row) and row[k])
            entries.append(replace(entry, explanation=reason))
    if not entries or (unread and not expected):
        return None
    return KeyReading(tuple(entries), tuple(unread))


def _turned(grid: list[list[str]]) -> list[list[str]]:
    width = max((len(row) for row in grid), default=0)
    return [[row[c] if c < len(row) else "" for row in grid] for c in range(width)]


def _statement_entries(grid: list[list[str]]) -> tuple[KeyEntry, ...]:
    """Questions down, statements a, b, c … across, Đ or S in each cell."""
    if len(grid) < 2 or len(grid[0]) < 3:
        return ()
    head = [folded(cell).removeprefix("y ").strip(" .:)(") for cell in grid[0]]
    count = len(head) - 1
    if head[0] not in _NUMBER_HEADS or "".join(head[1:]) != "abcdefgh"[:count]:
        return ()
    entries: list[KeyEntry] = []
    for row in grid[1:]:
        number = _NUMBER_CELL.fullmatch(row[0])
        filled = [cell for cell in row[1:] if cell]
        truths = [truth_in(cell) for cell in filled]
        if number is None or not truths or None in truths:
            return ()
        entries.append(KeyEntry(int(number[1]), (), truths=tuple(map(bool, truths))))
    return tuple(entries)


_STATEMENT_LABEL = re.compile(r"[a-h]\s*[).:]?")


def _listed(grid: list[list[str]]) -> tuple[KeyEntry, ...]:
    """One statement a row: question (merged down or repeated), letter, Đ or S."""
    found: dict[int, list[bool]] = {}
    number = 0
    for r, row in enumerate(grid):
        if len(row) != 3:
            return ()
        if not r and folded(row[0]).strip(" .:") in _NUMBER_HEADS:
            continue
        match = _NUMBER_CELL.fullmatch(row[0])
        number = int(match[1]) if match else number
        truth = truth_in(row[2])
        truths = found.setdefault(number, [])
        in_order = _STATEMENT_LABEL.fullmatch(row[1]) and row[1][0] == "abcdefgh"[len(truths) % 8]
        if truth is None or not number or (row[0] and match is None) or not in_order:
            return ()
        truths.append(truth)
    return tuple(KeyEntry(n, (), truths=tuple(truths)) for n, truths in found.items())


def _headed_place(grid: list[list[str]], r: int, c: int) -> tuple[int, int] | None:
    """Where an answer in words stands: under or beside the number, as the table's head says."""
    if not _NUMBER_CELL.fullmatch(grid[r][c]):
        return None
    top = [folded(cell).strip(" .:") for cell in grid[0]]
    if r and c + 1 < len(grid[r]) and c + 1 < len(top) and top[c + 1] in _ANSWER_HEADS:
        return (r, c + 1) if grid[r][c + 1] else None
    if c and r + 1 < len(grid) and c < len(grid[r + 1]):
        below = folded(grid[r + 1][0]).strip(" .:")
        return (r + 1, c) if below in _ANSWER_HEADS and grid[r + 1][c] else None
    return None


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
    return any(read(cell) is not None for read in (letters_in, truth_in, truths_in))
