"""Ranking of units inside their block by participation, then mean points.

Percentages and means have 2 decimals as the rules print them: basis points (1/100 %) and
centipoints, rounded half up, and are compared as printed.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quizzes.placing import places


class UnitCriterion(StrEnum):
    PARTICIPATION = "participation"
    MEAN_POINTS = "mean_points"
    FINISHED_COUNT = "finished_count"
    ATTEMPT_COUNT = "attempt_count"


class IneligibleReason(StrEnum):
    """Why a unit has no rank; of several reasons the first in this order."""

    SMALL_UNIT = "small_unit"
    NO_ONE_FINISHED = "no_one_finished"
    LOW_PARTICIPATION = "low_participation"


@dataclass(frozen=True, slots=True)
class UnitFact:
    """`headcount`: the closed list of the contest; `exempt_count` of them need not take part.
    `finished_count` counts persons, `attempt_count` attempts; `total_centipoints` adds what
    counts for each person who finished."""

    unit_id: int
    block: str
    headcount: int
    exempt_count: int
    finished_count: int
    attempt_count: int
    total_centipoints: int


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """`position` 1..n inside the block, the ranked units first. `rank` and `decided_by` are None
    for a unit that is not ranked: see `reason`. `mean_centipoints` is None when nobody finished.

    `over_headcount`: more persons finished than the list expects; participation is held at
    100 % and the organiser must look at the list.
    """

    unit_id: int
    block: str
    position: int
    rank: int | None
    participation_basis_points: int
    mean_centipoints: int | None
    decided_by: UnitCriterion | None
    shared: bool
    over_headcount: bool
    reason: IneligibleReason | None


type _Value = Callable[[UnitFact, RankedUnit], int]

_VALUES: dict[UnitCriterion, _Value] = {
    UnitCriterion.PARTICIPATION: lambda fact, unit: unit.participation_basis_points,
    UnitCriterion.MEAN_POINTS: lambda fact, unit: unit.mean_centipoints or 0,
    UnitCriterion.FINISHED_COUNT: lambda fact, unit: fact.finished_count,
    UnitCriterion.ATTEMPT_COUNT: lambda fact, unit: fact.attempt_count,
}


def rank_units(
    facts: Sequence[UnitFact],
    *,
    min_participation_basis_points: int = 0,
    min_headcount: int = 1,
    criteria: Sequence[UnitCriterion] = (UnitCriterion.PARTICIPATION, UnitCriterion.MEAN_POINTS),
) -> list[RankedUnit]:
    """Block by block: the ranked units best first, then the others by participation.

    Both participation and `min_headcount` leave the exempt out. A unit exactly at a minimum is
    ranked. `decided_by` and `shared` as in `placing.Place`, inside the block.
    """
    ranked: dict[str, list[tuple[tuple[int, ...], RankedUnit]]] = defaultdict(list)
    unranked: dict[str, list[RankedUnit]] = defaultdict(list)
    for fact in facts:
        unit = _measured(fact, min_participation_basis_points, min_headcount)
        if unit.reason is None:
            key = tuple(-_VALUES[criterion](fact, unit) for criterion in criteria)
            ranked[unit.block].append((key, unit))
        else:
            unranked[unit.block].append(unit)
    result: list[RankedUnit] = []
    for block in sorted(ranked.keys() | unranked.keys()):
        keyed = sorted(ranked[block], key=lambda pair: (pair[0], pair[1].unit_id))
        result += [
            replace(
                unit,
                position=place.position,
                rank=place.rank,
                decided_by=place.decided_by,
                shared=place.shared,
            )
            for (_, unit), place in zip(
                keyed, places([key for key, _ in keyed], criteria), strict=True
            )
        ]
        rest = sorted(
            unranked[block], key=lambda unit: (-unit.participation_basis_points, unit.unit_id)
        )
        result += [
            replace(unit, position=position)
            for position, unit in enumerate(rest, start=len(keyed) + 1)
        ]
    return result


def _measured(
    fact: UnitFact, min_participation_basis_points: int, min_headcount: int
) -> RankedUnit:
    expected = fact.headcount - fact.exempt_count
    finished = fact.finished_count
    reason = None
    if expected < max(1, min_headcount):
        reason = IneligibleReason.SMALL_UNIT
    elif finished == 0:
        reason = IneligibleReason.NO_ONE_FINISHED
    elif 10_000 * finished < min_participation_basis_points * expected:
        # The minimum is compared exactly: 69.996 % prints as 70,00 % but has not reached 70 %.
        reason = IneligibleReason.LOW_PARTICIPATION
    return RankedUnit(
        unit_id=fact.unit_id,
        block=fact.block,
        position=0,
        rank=None,
        participation_basis_points=(
            min(10_000, _divided(10_000 * finished, expected)) if expected > 0 else 0
        ),
        mean_centipoints=_divided(fact.total_centipoints, finished) if finished else None,
        decided_by=None,
        shared=False,
        over_headcount=finished > max(0, expected),
        reason=reason,
    )


def _divided(numerator: int, denominator: int) -> int:
    """Rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)
