"""Ranking of persons: points, then the contest's tie criteria in the order its rules print them.

Equal on every criterion means an equal rank (1, 1, 3). Ranking of units: `unit_ranking.py`,
its names are reachable here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from quizzes.placing import places
from quizzes.unit_ranking import (
    IneligibleReason,
    RankedUnit,
    UnitCriterion,
    UnitFact,
    rank_units,
)

__all__ = [
    "AttemptFact",
    "AttemptRule",
    "Criterion",
    "IneligibleReason",
    "PredictionCounts",
    "PredictionKind",
    "RankFact",
    "Ranked",
    "RankedUnit",
    "UnitCriterion",
    "UnitFact",
    "counted_attempt",
    "prediction_distance",
    "prediction_target",
    "rank",
    "rank_units",
]


class Criterion(StrEnum):
    POINTS = "points"
    CORRECT_COUNT = "correct_count"
    ELAPSED_MS = "elapsed_ms"
    PREDICTION_DISTANCE = "prediction_distance"
    FINISHED_AT = "finished_at"
    ENTERED_AT = "entered_at"
    MANUAL_DRAW = "manual_draw"


class AttemptRule(StrEnum):
    """Which attempt of a person counts."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class RankFact:
    """What the ranking knows of one entry. None = missing: after everyone who has a value, and
    equal to the others who miss it. `draw_order`: place in the lot drawn by hand, 1 wins."""

    entry_id: int
    centipoints: int
    correct_count: int
    elapsed_ms: int
    prediction_distance: int | None
    finished_at: datetime | None
    entered_at: datetime | None
    draw_order: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """`position` 1..n is the order in lists; `rank` is what is announced.

    `decided_by` and `shared` as in `placing.Place`.
    """

    entry_id: int
    position: int
    rank: int
    decided_by: Criterion | None
    shared: bool


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """One finished attempt of a person. `attempt_id` is None only for a mean of several."""

    attempt_id: int | None
    centipoints: int
    correct_count: int
    elapsed_ms: int
    prediction_distance: int | None
    finished_at: datetime
    entered_at: datetime


class _Comparable(Protocol):
    @property
    def centipoints(self) -> int: ...
    @property
    def correct_count(self) -> int: ...
    @property
    def elapsed_ms(self) -> int: ...
    @property
    def prediction_distance(self) -> int | None: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def entered_at(self) -> datetime | None: ...


# Better when smaller. What may be missing comes as (missing, value); the rest bare, to sort faster.
type _Part = int | tuple[bool, int | datetime]


def _part(value: int | datetime | None) -> _Part:
    return (True, 0) if value is None else (False, value)


_SHARED_PARTS: dict[Criterion, Callable[[_Comparable], _Part]] = {
    Criterion.POINTS: lambda fact: -fact.centipoints,
    Criterion.CORRECT_COUNT: lambda fact: -fact.correct_count,
    Criterion.ELAPSED_MS: lambda fact: fact.elapsed_ms,
    Criterion.PREDICTION_DISTANCE: lambda fact: _part(fact.prediction_distance),
    Criterion.FINISHED_AT: lambda fact: _part(fact.finished_at),
    Criterion.ENTERED_AT: lambda fact: _part(fact.entered_at),
}


_PARTS: dict[Criterion, Callable[[RankFact], _Part]] = {
    **_SHARED_PARTS,
    Criterion.MANUAL_DRAW: lambda fact: _part(fact.draw_order),
}


def rank(facts: Sequence[RankFact], criteria: Sequence[Criterion]) -> list[Ranked]:
    """Everyone, best first; those of equal rank by entry id. Without criteria all share rank 1.

    Raises ValueError when an entry appears twice.
    """
    parts = [_PARTS[criterion] for criterion in criteria]
    ordered = sorted((tuple([part(fact) for part in parts]), fact.entry_id) for fact in facts)
    if len({entry_id for _, entry_id in ordered}) < len(ordered):
        raise ValueError("an entry can be ranked only once")
    return [
        Ranked(entry_id, place.position, place.rank, place.decided_by, place.shared)
        for (_, entry_id), place in zip(
            ordered, places([key for key, _ in ordered], criteria), strict=True
        )
    ]


def counted_attempt(
    attempts: Sequence[AttemptFact],
    rule: AttemptRule,
    criteria: Sequence[Criterion] = (Criterion.POINTS, Criterion.ELAPSED_MS),
) -> AttemptFact | None:
    """What counts for a person with several finished attempts, None when there is none.

    FIRST and LAST go by `entered_at`. BEST compares by those of the contest's criteria that an
    attempt has, and the earliest of equals counts. MEAN rounds points, correct answers and time
    half up; prediction and moments are those of the last attempt.
    """
    if not attempts:
        return None
    in_order = sorted(attempts, key=lambda attempt: (attempt.entered_at, attempt.finished_at))
    last = in_order[-1]
    if rule is AttemptRule.FIRST:
        return in_order[0]
    if rule is AttemptRule.LAST or len(in_order) == 1:
        return last
    if rule is AttemptRule.BEST:
        parts = [_SHARED_PARTS[item] for item in criteria if item in _SHARED_PARTS]
        return min(in_order, key=lambda attempt: [part(attempt) for part in parts])
    return replace(
        last,
        attempt_id=None,
        centipoints=_mean([attempt.centipoints for attempt in in_order]),
        correct_count=_mean([attempt.correct_count for attempt in in_order]),
        elapsed_ms=_mean([attempt.elapsed_ms for attempt in in_order]),
    )


def _mean(values: Sequence[int]) -> int:
    return (2 * sum(values) + len(values)) // (2 * len(values))


class PredictionKind(StrEnum):
    """What contestants are asked to predict."""

    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    ALL_CORRECT = "all_correct"


@dataclass(frozen=True, slots=True)
class PredictionCounts:
    """Persons who finished, finished attempts, persons with everything right: the valid ones
    and, apart, those of entries marked invalid."""

    participants: int
    attempts: int
    all_correct: int
    invalid_participants: int = 0
    invalid_attempts: int = 0
    invalid_all_correct: int = 0


def prediction_target(
    kind: PredictionKind, counts: PredictionCounts, *, counts_invalid: bool = False
) -> int:
    """The number the predictions are compared with."""
    valid, invalid = {
        PredictionKind.PARTICIPANTS: (counts.participants, counts.invalid_participants),
        PredictionKind.ATTEMPTS: (counts.attempts, counts.invalid_attempts),
        PredictionKind.ALL_CORRECT: (counts.all_correct, counts.invalid_all_correct),
    }[kind]
    return valid + invalid if counts_invalid else valid


def prediction_distance(prediction: int | None, target: int) -> int | None:
    """How far a prediction is off; None for none given, which loses this criterion only."""
    return None if prediction is None else abs(prediction - target)
