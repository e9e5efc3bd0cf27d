"""Drawing a paper from a blueprint: the same seed and cells always give the same paper.

Only `Random.random()` is used, the one method whose sequence Python promises to keep across
versions, on input sorted here, so a paper can be drawn again years later to check it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from core.vietnamese import fold, nfc


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question version that a cell may draw. `keeps_order`: its options are not shuffled.
    `must_shuffle`: they always are, since the author's order is the key (ordering, matching)."""

    version_id: int
    option_ids: tuple[str, ...] = ()
    keeps_order: bool = False
    must_shuffle: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` questions out of `candidates`, each worth `centipoints`."""

    cell_id: int
    count: int
    centipoints: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    version_id: int
    centipoints: int
    option_order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """The cell can have only `available` of the `needed` questions beside the other cells."""

    cell_id: int
    needed: int
    available: int


class NotEnoughQuestions(Exception):
    """The blueprint cannot be filled without using a version twice."""

    def __init__(self, cell_id: int, needed: int, available: int) -> None:
        super().__init__(f"cell {cell_id} needs {needed} questions, {available} available")
        self.cell_id = cell_id
        self.needed = needed
        self.available = available


def draw_paper(
    cells: Sequence[Cell], *, seed: int, shuffle_questions: bool, shuffle_options: bool
) -> tuple[Slot, ...]:
    """One paper: no version twice, though one may be a candidate of several cells.

    Without `shuffle_questions` the slots come in the order of the cells. The order in which
    candidates are given does not matter. Raises NotEnoughQuestions.
    """
    rng = Random(seed)  # noqa: S311 - must be reproducible; the seed itself is made from secrets
    pools = [_shuffled(_distinct(cell.candidates), rng) for cell in cells]
    chosen = _assign(cells, pools)
    for cell, drawn in zip(cells, chosen, strict=True):
        if len(drawn) < cell.count:
            raise NotEnoughQuestions(cell.cell_id, cell.count, len(drawn))
    pairs = [
        (cell, candidate) for cell, drawn in zip(cells, chosen, strict=True) for candidate in drawn
    ]
    if shuffle_questions:
        pairs = _shuffled(pairs, rng)
    return tuple(
        Slot(
            candidate.version_id,
            cell.centipoints,
            tuple(_shuffled(candidate.option_ids, rng))
            if candidate.must_shuffle or (shuffle_options and not candidate.keeps_order)
            else candidate.option_ids,
        )
        for cell, candidate in pairs
    )


def cell_shortages(cells: Sequence[Cell]) -> tuple[Shortage, ...]:
    """The cells that keep a paper from being drawn; empty exactly when `draw_paper` succeeds.

    Where cells compete for the same versions, the later cell is named.
    """
    chosen = _assign(cells, [_distinct(cell.candidates) for cell in cells])
    return tuple(
        Shortage(cell.cell_id, cell.count, len(drawn))
        for cell, drawn in zip(cells, chosen, strict=True)
        if len(drawn) < cell.count
    )


def exposure(cells: Sequence[Cell], n: int, seed: int) -> Mapping[int, Fraction]:
    """Version id → share of `n` papers (seeds seed, seed + 1, …) in which it appears."""
    seen = {candidate.version_id: 0 for cell in cells for candidate in cell.candidates}
    for offset in range(n):
        for slot in draw_paper(
            cells, seed=seed + offset, shuffle_questions=False, shuffle_options=False
        ):
            seen[slot.version_id] += 1
    return {version_id: Fraction(times, n or 1) for version_id, times in sorted(seen.items())}


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(
        {candidate.version_id: candidate for candidate in candidates}.values(),
        key=lambda candidate: candidate.version_id,
    )


def _shuffled[T](items: Sequence[T], rng: Random) -> list[T]:
    """Fisher-Yates. `Random.shuffle` may change between Python versions, this may not."""
    shuffled = list(items)
    for last in range(len(shuffled) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def _assign(cells: Sequence[Cell], pools: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """As many candidates as possible for each cell, each version once, first come first served.

    A cell that finds its candidates taken moves an earlier cell to another of its candidates
    (augmenting paths), so a paper is found whenever there is one.
    """
    owner: dict[int, int] = {}
    for index, cell in enumerate(cells):
        for _ in range(cell.count):
            if not _claim(index, pools, owner):
                break
    return [
        [candidate for candidate in pool if owner.get(candidate.version_id) == index]
        for index, pool in enumerate(pools)
    ]


def _claim(index: int, pools: Sequence[Sequence[Candidate]], owner: dict[int, int]) -> bool:
    """Give cell `index` one more version, breadth first over the cells that must move over."""
    taken_from: dict[int, tuple[int, int]] = {}  # cell → (cell that wants, version it wants)
    visited = {index}
    queue = [index]
    for wanting in queue:
        for candidate in pools[wanting]:
            holder = owner.get(candidate.version_id)
            if holder is None:
                version_id, cell = candidate.version_id, wanting
                owner[version_id] = cell
                while cell != index:
                    cell, version_id = taken_from[cell]
                    owner[version_id] = cell
                return True
            if holder not in visited:
                visited.add(holder)
                taken_from[holder] = (wanting, candidate.version_id)
                queue.append(holder)
    return False


_LETTERS_IN_CAPITALS = re.compile(r"\b[A-H]\b\s*(?:,|;|&|\+|và|hoặc|and|or)\s*\b[A-H]\b")
_NOUN = r"(?:dap an|phuong an|lua chon|cau tra loi|cau|y kien|y|noi dung|truong hop|dieu|muc)"
_COUNT = r"(?:hai|ba|bon|nam|\d{1,2})"
_REFERENCES = re.compile(
    rf"^(?:ca {_COUNT}|tat ca)$"
    rf"|^[a-h](?:(?:,| va| hoac) [a-h])+\b"
    rf"|^(?:ca|chi) [a-h](?:\b.*)$"
    rf"|\b(?:dap an|phuong an|lua chon|cau) [a-h]\b(?! khoan| dieu)"
    rf"|\b(?:tat ca|ca|toan bo|moi|cac)(?: (?:cac|nhung|{_COUNT}))*"
    rf"(?: {_NOUN})?(?: (?:neu|o|ke|da neu|noi))? (?:tren|con lai)\b"
    rf"|\bca (?:{_COUNT} )?(?:dap an|phuong an|lua chon|y)\b"
    rf"|\btat ca (?:cac )?(?:dap an|phuong an|lua chon|y)\b"
    rf"|\b(?:khong|khong co|chang)(?: co)?(?: {_NOUN})(?: nao)?\b.*\b(?:dung|sai|tren|nao)\b"
    rf"|\b(?:deu|cung) (?:dung|sai|khong dung|khong chinh xac|chinh xac)$"
    rf"|^(?:dap an|phuong an|y kien|lua chon) khac$"
    rf"|\b(?:all|none|both|any) of the (?:above|options)\b|\bboth [a-h] and [a-h]\b"
)


def refers_to_other_options(option_texts: Iterable[str]) -> bool:
    """Whether an option speaks of the others ("Cả A và B đều đúng", "Tất cả các đáp án trên",
    "Đáp án khác"), so that shuffling would change or spoil its meaning.

    Errs towards True: an order kept without need costs nothing.
    """
    return any(
        _LETTERS_IN_CAPITALS.search(nfc(text)) or _REFERENCES.search(fold(text).rstrip(" .;!"))
        for text in option_texts
    )
