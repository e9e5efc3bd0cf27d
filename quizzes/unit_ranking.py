"""Ranking of units inside their block by participation, then mean points.

Percentages and means have 2 decimals as the rules print them: basis points (1/100 %) and
centipoints, rounded half up, and are compared as printed.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class UnitCriterion(StrEnum):
    PARTICIPATION = "participation"
    MEAN_POINTS = "mean_points"
    FINISHED_COUNT = "finished_count"
    ATTEMPT_COUNT = "attempt_count"


class IneligibleReason(StrEnum):
    NO_HEADCOUNT = "no_headcount"
    BELOW_MIN_HEADCOUNT = "below_min_headcount"
    BELOW_MIN_PARTICIPATION = "below_min_participation"


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
    """`position`, `rank`, `decided_by` are None for a unit that is not ranked: see `reason`.

    `over_headcount`: more persons finished than the list has; participation is held at 100 %
    and the organiser must look at the list.
    """

    unit_id: int
    block: str
    position: int | None
    rank: int | None
    participation_basis_points: int
    mean_centipoints: int
    decided_by: UnitCriterion | None
    shared: bool
    over_headcount: bool
    reason: IneligibleReason | None


type _Value = Callable[[UnitFact, RankedUnit], int]

_VALUES: dict[UnitCriterion, _Value] = {
    UnitCriterion.PARTICIPATION: lambda fact, unit: unit.participation_basis_points,
    UnitCriterion.MEAN_POINTS: lambda fact, unit: unit.mean_centipoints,
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

    Both headcount and the minimum are counted without the exempt. `decided_by` and `shared` as
    in `ranking.Ranked`, inside the block. A unit exactly at a minimum is ranked.
    """
    blocks: dict[str, list[tuple[tuple[int, ...], RankedUnit]]] = defaultdict(list)
    left_out: dict[str, list[RankedUnit]] = defaultdict(list)
    for fact in facts:
        unit = _measured(fact, min_participation_basis_points, min_headcount)
        if unit.reason is None:
            key = tuple(-_VALUES[criterion](fact, unit) for criterion in criteria)
            blocks[unit.block].append((key, unit))
        else:
            left_out[unit.block].append(unit)
    result: list[RankedUnit] = []
    for block in sorted(blocks.keys() | left_out.keys()):
        result += _ranked(blocks[block], criteria)
        result += sorted(
            left_out[block], key=lambda unit: (-unit.participation_basis_points, unit.unit_id)
        )
    return result


def _measured(
    fact: UnitFact, min_participation_basis_points: int, min_headcount: int
) -> RankedUnit:
    expected = fact.headcount - fact.exempt_count
    over = fact.finished_count > max(expected, 0)
    participation = 0
    if expected > 0:
        participation = min(10_000, _divided(10_000 * fact.finished_count, expected))
    reason = None
    if expected <= 0:
        reason = IneligibleReason.NO_HEADCOUNT
    elif expected < min_headcount:
        reason = IneligibleReason.BELOW_MIN_HEADCOUNT
    elif 10_000 * fact.finished_count < min_participation_basis_points * expected:
        # The minimum is compared exactly: 69.996 % prints as 70,00 % but has not reached 70 %.
        reason = IneligibleReason.BELOW_MIN_PARTICIPATION
    return RankedUnit(
        unit_id=fact.unit_id,
        block=fact.block,
        position=None,
        rank=None,
        participation_basis_points=participation,
        mean_centipoints=_divided(fact.total_centipoints, fact.finished_count),
        decided_by=None,
        shared=False,
        over_headcount=over,
        reason=reason,
    )


def _ranked(
    keyed: list[tuple[tuple[int, ...], RankedUnit]], criteria: Sequence[UnitCriterion]
) -> list[RankedUnit]:
    keyed = sorted(keyed, key=lambda pair: (pair[0], pair[1].unit_id))
    keys = [key for key, _ in keyed]
    ranked: list[RankedUnit] = []
    for index, (key, unit) in enumerate(keyed):
        shared = keys.count(key) > 1
        decided_by = None
        if not shared and len(keys) > 1:
            other = keys[index - 1] if index else keys[1]
            decided_by = next(
                item
                for item, mine, theirs in zip(criteria, key, other, strict=True)
                if mine != theirs
            )
        ranked.append(
            replace(
                unit,
                position=index + 1,
                rank=keys.index(key) + 1,
                decided_by=decided_by,
                shared=shared,
            )
        )
    return ranked


def _divided(numerator: int, denominator: int) -> int:
    """Half up; 0 when there is nothing to divide by."""
    return (2 * numerator + denominator) // (2 * denominator) if denominator > 0 else 0
