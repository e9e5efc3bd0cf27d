"""Scores of feedback, put together. Pure: counts and sums in, shares and averages out.

Nothing of a group of fewer than MIN_GROUP answers is told, nor of the group that would give it
away by subtraction (core.suppression): each factor for itself, since few people answer all. Nor
does time give it away: scores are told of closed months only, in steps that stay (steps_of).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from core.suppression import MIN_GROUP, shown_groups


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one factor: how many scored it, the sum of the scores, how many gave 4 or 5."""

    count: int = 0
    total: int = 0
    satisfied: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.count + other.count, self.total + other.total, self.satisfied + other.satisfied
        )

    @property
    def average(self) -> Decimal | None:
        """To two decimals, half up."""
        if not self.count:
            return None
        return (Decimal(self.total) / self.count).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def percent(self) -> int | None:
        """Whole percent satisfied, half up; 100 only where everybody is."""
        if not self.count:
            return None
        if self.satisfied == self.count:
            return 100
        return min(99, (200 * self.satisfied + self.count) // (2 * self.count))


@dataclass(frozen=True, slots=True)
class Line:
    """One group (a month, an office). ``cells`` by factor, None where it is held back."""

    name: object
    answer_count: int
    cells: Mapping[str, Tally | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    lines: tuple[Line, ...]
    whole: Line


def steps_of(months: Mapping[int, Tally], *, closed: Iterable[int]) -> list[dict[int, Tally]]:
    """The closed months of one factor in runs of at least MIN_GROUP answers; what is left over
    waits for more. A run never changes again, so two looks at the report at different times differ
    by whole runs: no single citizen's score can be worked out from them."""
    steps: list[dict[int, Tally]] = []
    run: dict[int, Tally] = {}
    for month in sorted(closed):
        tally = months.get(month, Tally())
        if not tally.count:
            continue
        run[month] = tally
        if sum(held.count for held in run.values()) >= MIN_GROUP:
            steps.append(run)
            run = {}
    return steps


def total_of(steps: Iterable[Mapping[int, Tally]]) -> Tally:
    return sum((tally for step in steps for tally in step.values()), Tally())


def make_year(
    months: Mapping[int, Mapping[str, Tally]],
    factors: Sequence[str],
    *,
    main: str,
    closed: Iterable[int],
) -> Table:
    """Twelve lines: month → factor → tally. Only a month that is a step by itself is shown; the
    whole is of all steps. Answers are counted at once, also of the month that is running."""
    ended = list(closed)
    steps = {
        factor: steps_of(
            {month: _cell(months, month, factor) for month in range(1, 13)}, closed=ended
        )
        for factor in factors
    }
    alone = {
        factor: {month: tally for step in found if len(step) == 1 for month, tally in step.items()}
        for factor, found in steps.items()
    }
    lines = tuple(
        Line(
            month,
            _cell(months, month, main).count,
            {factor: alone[factor].get(month) for factor in factors},
        )
        for month in range(1, 13)
    )
    whole = {factor: total_of(found) if found else None for factor, found in steps.items()}
    return Table(lines, Line("", sum(line.answer_count for line in lines), whole))


def make_table(
    groups: Mapping[object, Mapping[str, Tally]],
    factors: Sequence[str],
    *,
    main: str,
    answer_counts: Mapping[object, int] | None = None,
    order: Iterable[object] | None = None,
) -> Table:
    """``groups``: name → factor → tally. ``main``: the factor that every answer has.
    ``answer_counts``: how many answers there are, where not all of them are in the tallies."""
    names = list(order) if order is not None else list(groups)
    counts = (
        {name: _cell(groups, name, main).count for name in names}
        if answer_counts is None
        else {name: answer_counts.get(name, 0) for name in names}
    )
    shown = {
        factor: shown_groups({name: _cell(groups, name, factor).count for name in names})
        for factor in factors
    }
    whole = {
        factor: sum((_cell(groups, name, factor) for name in names), Tally()) for factor in factors
    }
    lines = tuple(
        Line(
            name,
            counts[name],
            {
                factor: _cell(groups, name, factor) if name in shown[factor] else None
                for factor in factors
            },
        )
        for name in names
    )
    total = {factor: tally if tally.count >= MIN_GROUP else None for factor, tally in whole.items()}
    return Table(lines, Line("", sum(counts.values()), total))


def _cell[Name](groups: Mapping[Name, Mapping[str, Tally]], name: Name, factor: str) -> Tally:
    return groups.get(name, {}).get(factor, Tally())
