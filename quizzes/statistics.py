"""The figures an organiser prints: participation bands, percentages that add up, days and hours,
the spread of points, how hard each question was. All exact: int and Fraction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from fractions import Fraction

VIETNAM_TIME = timezone(timedelta(hours=7))  # no summer time
_ONE_DAY = timedelta(days=1)


class Band(StrEnum):
    """Participation of a unit, as the report's block prints it."""

    FULL = "full"  # 100 %
    HIGH = "high"  # from 75 % to under 100 %
    MIDDLE = "middle"  # from 25 % to under 75 %
    LOW = "low"  # under 25 %, but someone
    ZERO = "zero"
    NO_HEADCOUNT = "no_headcount"  # nobody is expected: counted apart


@dataclass(frozen=True, slots=True)
class Participation:
    """Persons who finished in a unit, and those expected (headcount minus exempt)."""

    finished_count: int
    expected_count: int


@dataclass(frozen=True, slots=True)
class PointsSummary:
    """Quartiles as spreadsheets give them (QUARTILE.INC: linear between ranks). Centipoints."""

    count: int
    minimum: int
    maximum: int
    mean: Fraction
    median: Fraction
    first_quartile: Fraction
    third_quartile: Fraction


@dataclass(frozen=True, slots=True)
class HistogramBin:
    """from ≤ points < to; the last bin takes its upper end too."""

    from_centipoints: int
    to_centipoints: int
    count: int


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """What one attempt got at one question."""

    version_id: int
    centipoints: int
    max_centipoints: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Facility:
    """`facility`: mean share of the points, 1 = everyone had it right."""

    version_id: int
    shown_count: int
    answered_count: int
    facility: Fraction


def participation_band(participation: Participation) -> Band:
    finished, expected = participation.finished_count, participation.expected_count
    if expected <= 0:
        return Band.NO_HEADCOUNT
    if finished <= 0:
        return Band.ZERO
    if finished >= expected:
        return Band.FULL
    if 4 * finished >= 3 * expected:
        return Band.HIGH
    return Band.MIDDLE if 4 * finished >= expected else Band.LOW


def participation_bands(units: Iterable[Participation]) -> dict[Band, int]:
    """How many units in each band; every band is there, in the order of `Band`."""
    counts = Counter(map(participation_band, units))
    return {band: counts[band] for band in Band}


def percentages(counts: Sequence[int], *, total_basis_points: int = 10_000) -> list[int]:
    """The share of each count in basis points (1/100 %), adding up to exactly 100,00 %.

    Largest remainder; among equal remainders the earlier count gets the point. All 0 when there
    is nothing to share. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count cannot be negative")
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    shares = [count * total_basis_points // total for count in counts]
    by_remainder = sorted(
        range(len(counts)), key=lambda index: -(counts[index] * total_basis_points % total)
    )
    for index in by_remainder[: total_basis_points - sum(shares)]:
        shares[index] += 1
    return shares


def counts_by_day(moments: Iterable[datetime]) -> dict[date, int]:
    """Count per day in UTC+7, from the first day to the last, days without any included."""
    counts = Counter(_local(moment).date() for moment in moments)
    if not counts:
        return {}
    first, days = min(counts), (max(counts) - min(counts)).days + 1
    return {day: counts[day] for day in (first + offset * _ONE_DAY for offset in range(days))}


def counts_by_hour(moments: Iterable[datetime]) -> tuple[int, ...]:
    """24 counts, by hour of the day in UTC+7."""
    counts = Counter(_local(moment).hour for moment in moments)
    return tuple(counts[hour] for hour in range(24))


def points_summary(points: Iterable[int]) -> PointsSummary | None:
    """The spread of points in centipoints, None when there are none."""
    ordered = sorted(points)
    if not ordered:
        return None
    return PointsSummary(
        count=len(ordered),
        minimum=ordered[0],
        maximum=ordered[-1],
        mean=Fraction(sum(ordered), len(ordered)),
        median=_quantile(ordered, Fraction(1, 2)),
        first_quartile=_quantile(ordered, Fraction(1, 4)),
        third_quartile=_quantile(ordered, Fraction(3, 4)),
    )


def points_histogram(
    points: Iterable[int], *, width_centipoints: int, max_centipoints: int
) -> tuple[HistogramBin, ...]:
    """Bins of `width_centipoints` from 0 to `max_centipoints`; the last may be narrower.

    Raises ValueError for points outside that range: nothing is left out silently.
    """
    if width_centipoints <= 0 or max_centipoints <= 0:
        raise ValueError("width and maximum must be above 0")
    size = -(-max_centipoints // width_centipoints)
    counts = [0] * size
    for value in points:
        if not 0 <= value <= max_centipoints:
            raise ValueError(f"{value} is outside 0..{max_centipoints}")
        counts[min(value // width_centipoints, size - 1)] += 1
    return tuple(
        HistogramBin(
            index * width_centipoints,
            min((index + 1) * width_centipoints, max_centipoints),
            count,
        )
        for index, count in enumerate(counts)
    )


def facilities(marks: Iterable[AnswerMark]) -> Mapping[int, Facility]:
    """Version id → how it went, hardest first (then by id). Marks that could earn nothing
    (removed questions) are not counted."""
    totals: dict[int, list[int]] = {}
    for mark in marks:
        if mark.max_centipoints > 0:
            row = totals.setdefault(mark.version_id, [0, 0, 0, 0])
            row[0] += 1
            row[1] += mark.answered
            row[2] += mark.centipoints
            row[3] += mark.max_centipoints
    found = [
        Facility(version_id, shown, answered, Fraction(got, possible))
        for version_id, (shown, answered, got, possible) in totals.items()
    ]
    found.sort(key=lambda item: (item.facility, item.version_id))
    return {item.version_id: item for item in found}


def _local(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment must be an aware datetime")
    return moment.astimezone(VIETNAM_TIME)


def _quantile(ordered: Sequence[int], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
