"""Drawing a paper from a blueprint: the same seed and cells always give the same paper.

Only `Random.random()` is used, the one method whose sequence Python promises to keep across
versions, on input sorted here, so a paper can be drawn again years later to check it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from core.vietnamese import fold, nfc
from quizzes.assigning import assign


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
class Constraints:
    """What every paper keeps to: it holds each ``required`` version, in the place of one of its
    cell, and at most one version of each group in ``apart``.

    Version ids are positive. Groups share no version (ValueError): with that, a paper is found
    whenever there is one, without a search that might take forever.
    """

    required: frozenset[int] = frozenset()
    apart: tuple[frozenset[int], ...] = ()

    def __post_init__(self) -> None:
        if sum(map(len, self.apart)) != len(frozenset().union(*self.apart)):
            raise ValueError("a version is in two groups that are kept apart")

    def __bool__(self) -> bool:
        return bool(self.required or self.apart)


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, slots=True)
class Shortage:
    """The cell can have only `available` of the `needed` questions beside the other cells.

    ``by_apart``: it would have enough if no versions were kept apart.
    """

    cell_id: int
    needed: int
    available: int
    by_apart: bool = False


class Clash(StrEnum):
    """Why required versions cannot be on a paper."""

    NO_CELL = "no_cell"
    KEPT_APART = "kept_apart"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Conflict:
    """No paper can hold all of ``version_ids``: no cell draws from them (``NO_CELL``), they are
    kept apart, or the only cells that draw from them, ``cell_ids``, have ``room`` for fewer."""

    clash: Clash
    version_ids: tuple[int, ...]
    cell_ids: tuple[int, ...] = ()
    room: int = 0


class NotEnoughQuestions(Exception):
    """The blueprint cannot be filled without using a version twice."""

    def __init__(self, cell_id: int, needed: int, available: int) -> None:
        super().__init__(f"cell {cell_id} needs {needed} questions, {available} available")
        self.cell_id = cell_id
        self.needed = needed
        self.available = available


class RequiredLeftOut(Exception):
    """No paper can hold every required version (``required_conflicts``)."""


def draw_paper(
    cells: Sequence[Cell],
    *,
    seed: int,
    shuffle_questions: bool,
    shuffle_options: bool,
    constraints: Constraints = NO_CONSTRAINTS,
) -> tuple[Slot, ...]:
    """One paper: no version twice, though one may be a candidate of several cells.

    Without `shuffle_questions` the slots come in the order of the cells. The order in which
    candidates are given does not matter. Raises NotEnoughQuestions or RequiredLeftOut.
    """
    rng = Random(seed)  # noqa: S311 - must be reproducible; the seed itself is made from secrets
    pools = [_shuffled(_eligible(cell.candidates, constraints), rng) for cell in cells]
    # Cells that compete for a group, or for a required version, are served in no fixed order.
    order = _shuffled(range(len(cells)), rng) if constraints else None
    chosen, left_out = _choose(cells, pools, constraints, order)
    if left_out:
        raise RequiredLeftOut
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


def cell_shortages(
    cells: Sequence[Cell], constraints: Constraints = NO_CONSTRAINTS
) -> tuple[Shortage, ...]:
    """The cells that cannot be filled. `draw_paper` succeeds exactly when there is none and
    ``required_conflicts`` finds nothing.

    Where cells compete for the same versions, the later cell is named.
    """
    pools = [_eligible(cell.candidates, constraints) for cell in cells]
    chosen, _left_out = _choose(cells, pools, constraints)
    short = [
        (cell, len(drawn))
        for cell, drawn in zip(cells, chosen, strict=True)
        if len(drawn) < cell.count
    ]
    by_apart = bool(constraints.apart and short and not cell_shortages(cells))
    return tuple(Shortage(cell.cell_id, cell.count, found, by_apart) for cell, found in short)


def required_conflicts(cells: Sequence[Cell], constraints: Constraints) -> tuple[Conflict, ...]:
    """Why no paper can hold every required version; empty when one can."""
    drawn_from = {candidate.version_id for cell in cells for candidate in cell.candidates}
    conflicts = [
        Conflict(Clash.NO_CELL, (version_id,))
        for version_id in sorted(constraints.required - drawn_from)
    ]
    for group in constraints.apart:
        together = group & constraints.required
        if len(together) > 1:
            conflicts.append(Conflict(Clash.KEPT_APART, tuple(sorted(together))))
    wanted = sorted(constraints.required & drawn_from)
    pools = [[c.version_id for c in _distinct(cell.candidates)] for cell in cells]
    _owner, crowds = assign(pools, [cell.count for cell in cells], required=wanted)
    for crowd in crowds:
        crowded = [cells[index] for index in crowd.places]
        conflicts.append(
            Conflict(
                Clash.NO_ROOM,
                tuple(sorted(crowd.items)),
                tuple(cell.cell_id for cell in crowded),
                sum(cell.count for cell in crowded),
            )
        )
    return tuple(conflicts)


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(
        {candidate.version_id: candidate for candidate in candidates}.values(),
        key=lambda candidate: candidate.version_id,
    )


def _eligible(candidates: Iterable[Candidate], constraints: Constraints) -> list[Candidate]:
    """Without those that a required version keeps off every paper."""
    kept_off: set[int] = set()
    for group in constraints.apart:
        if group & constraints.required:
            kept_off |= group - constraints.required
    return [item for item in _distinct(candidates) if item.version_id not in kept_off]


def _shuffled[T](items: Sequence[T], rng: Random) -> list[T]:
    """Fisher-Yates. `Random.shuffle` may change between Python versions, this may not."""
    shuffled, random = list(items), rng.random
    for last in range(len(shuffled) - 1, 0, -1):
        other = int(random() * (last + 1))
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def _choose(
    cells: Sequence[Cell],
    pools: Sequence[Sequence[Candidate]],
    constraints: Constraints,
    order: Sequence[int] | None = None,
) -> tuple[list[list[Candidate]], bool]:
    """The candidates drawn for each cell, first come first served, and whether a required version
    was left out. A group kept apart is one item to be assigned: whoever gets it takes one of it."""
    group_of = {
        version_id: -number
        for number, group in enumerate(constraints.apart, start=1)
        for version_id in group
    }
    items = [[candidate.version_id for candidate in pool] for pool in pools]
    if group_of:
        items = [[group_of.get(item, item) for item in of_cell] for of_cell in items]
    wanted = sorted(constraints.required)
    required = sorted({group_of.get(version_id, version_id) for version_id in wanted})
    owner, crowds = assign(items, [cell.count for cell in cells], required=required, order=order)
    held = Counter(owner.values())
    chosen: list[list[Candidate]] = []
    for index, pool in enumerate(pools):
        drawn: dict[int, Candidate] = {}
        for item, candidate in zip(items[index], pool, strict=True):
            if len(drawn) == held[index]:
                break
            if owner.get(item) == index:
                drawn.setdefault(item, candidate)
        chosen.append(list(drawn.values()))
    return chosen, bool(crowds) or len(required) < len(wanted)


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
