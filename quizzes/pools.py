"""The frozen pool of a round, kept in the memory of the process.

A pool is frozen when its round is made ready, and a drawn version never changes, so nothing here
can go stale: the moment of freezing is part of the key. The contestant's side lives here; keys of
questions are loaded elsewhere (``quizzes.marking``) and only to score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from quizzes.drawing import (
    NO_CONSTRAINTS,
    Candidate,
    Cell,
    Constraints,
    refers_to_other_options,
)
from quizzes.kinds import KINDS, Kind, Shown
from quizzes.models import Paper, Round, RoundQuestion


@dataclass(frozen=True, slots=True)
class PoolVersion:
    """What a contestant may know of a question version: no key, no explanation."""

    version_id: int
    kind: str
    stem: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pool:
    """The cells papers are drawn from, and every version that a paper may hold, by id."""

    cells: tuple[Cell, ...]
    versions: Mapping[int, PoolVersion]
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class SheetSlot:
    """One slot of a paper as it is shown. ``order`` holds the option ids from top to bottom.

    A page never sends these ids: an id keeps the author's order and may betray the key. What
    travels are places in ``order``, counted from 0, and typed text (``quizzes.kinds.kind``).
    """

    version: PoolVersion
    order: tuple[str, ...]
    centipoints: int

    @property
    def kind(self) -> Kind:
        return KINDS[self.version.kind]

    @property
    def field_count(self) -> int:
        """How many fields its form has; 0 for ticks."""
        return self.kind.field_count(self.version.content)

    def choice_at(self, positions: Any) -> Any:
        """The choice that ``positions`` from a browser mean. Raises ValueError."""
        return self.kind.choice_at(self.version.content, self.order, positions)

    def positions_of(self, choice: Any) -> Any:
        """What the page shows of a choice; the reverse of ``choice_at``."""
        return self.kind.sent_of(self.version.content, self.order, choice)

    def clean(self, choice: Any) -> Any:
        """The choice to store. Raises ValueError for anything that the question does not offer."""
        return self.kind.clean_choice(self.version.content, choice)

    def show(self, choice: Any, key: Mapping[str, Any] | None = None) -> Shown:
        """What a template reads. ``key`` is given after publication only."""
        return self.kind.show(self.version.content, self.order, choice, key)


type Sheet = tuple[SheetSlot, ...]


def pool_of(round: Round) -> Pool:
    """The pool of a round that has been made ready. One statement when this process is cold."""
    return _load_pool(round.pk, round.ready_at)


def sheet_of(paper: Paper, round: Round) -> Sheet:
    """The slots of a paper, in the order shown."""
    return _sheet(paper.slots, pool_of(round))


def sheet_of_attempt(attempt_id: int) -> Sheet:
    """As ``sheet_of``, remembered for the next save. Raises IndexError for no such attempt.

    Two statements when this process has seen neither the attempt nor the round, none when it has.
    """
    return _load_sheet(attempt_id)


def forget() -> None:
    """Empty this process's memory; tests need it, since they use the same ids again."""
    _load_pool.cache_clear()
    _load_sheet.cache_clear()
    _shared_slot.cache_clear()


@lru_cache(maxsize=64)
def _load_pool(round_id: int, ready_at: datetime | None) -> Pool:
    versions: dict[int, PoolVersion] = {}
    cells: dict[int, tuple[int, int, list[Candidate]]] = {}
    required: set[int] = set()
    apart: dict[int, set[int]] = {}
    rows = (
        RoundQuestion.objects.filter(round_id=round_id)
        .order_by("cell_id", "version_id")
        .values_list(
            "cell_id",
            "cell__question_count",
            "cell__centipoints",
            "is_required",
            "apart_group",
            "version_id",
            "version__kind",
            "version__stem",
            "version__content",
        )
    )
    for cell_id, count, centipoints, is_required, group, version_id, *shown in rows:
        kind_code, stem, content = shown
        if is_required:
            required.add(version_id)
        if group is not None:
            apart.setdefault(group, set()).add(version_id)
        versions.setdefault(version_id, PoolVersion(version_id, kind_code, stem, content))
        kind = KINDS[kind_code]
        candidate = Candidate(
            version_id,
            kind.option_ids(content),
            keeps_order=kind.fixed_order or refers_to_other_options(kind.option_texts(content)),
            must_shuffle=kind.must_shuffle,
        )
        cells.setdefault(cell_id, (count, centipoints, []))[2].append(candidate)
    return Pool(
        tuple(
            Cell(cell_id, count, centipoints, tuple(candidates))
            for cell_id, (count, centipoints, candidates) in cells.items()
        ),
        versions,
        Constraints(frozenset(required), tuple(frozenset(apart[group]) for group in sorted(apart))),
    )


# A sheet is a tuple of shared slots: some hundred bytes for each contestant of this process.
@lru_cache(maxsize=20_000)
def _load_sheet(attempt_id: int) -> Sheet:
    round_id, ready_at, slots = Paper.objects.filter(attempts=attempt_id).values_list(
        "round_id", "round__ready_at", "slots"
    )[0]
    return _sheet(slots, _load_pool(round_id, ready_at))


def _sheet(slots: list[dict[str, Any]], pool: Pool) -> Sheet:
    return tuple(
        _shared_slot(
            _ByIdentity(pool.versions[slot["version"]]), tuple(slot["options"]), slot["centipoints"]
        )
        for slot in slots
    )


class _ByIdentity:
    """Makes a version with JSON content usable in a cache key, by its id."""

    __slots__ = ("version",)

    def __init__(self, version: PoolVersion) -> None:
        self.version = version

    def __hash__(self) -> int:
        return hash(self.version.version_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.version is self.version


@lru_cache(maxsize=50_000)
def _shared_slot(key: _ByIdentity, order: tuple[str, ...], centipoints: int) -> SheetSlot:
    return SheetSlot(key.version, order, centipoints)
