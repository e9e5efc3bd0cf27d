"""The figures an organiser prints, as JSON of whole numbers ready to show: counts, basis points
(1/100 %) that add up to 100,00 %, centipoints. Attempts and persons are always counted apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from quizzes import statistics
from quizzes.ranking import UnitFact
from quizzes.result_facts import RoundFacts

_BIN_COUNT = 10


def statistics_block(
    facts: RoundFacts, units: Sequence[UnitFact], listed_count: int
) -> dict[str, Any]:
    """``listed_count``: entries of the contest that are valid.

    Shape: ``persons``, ``attempts``, ``listed``, ``invalid_persons``, ``headcount``, ``exempt``,
    ``units``, ``units_taking_part``, ``bands`` [{code, count, basis_points}], ``points`` (or None)
    {minimum, maximum, mean, median, first_quartile, third_quartile}, ``max_centipoints``,
    ``histogram`` [{from, to, count, basis_points}], ``by_block`` [{block, units, expected,
    finished, attempts, basis_points}], ``by_day`` [{day, count, basis_points}], ``by_hour``
    [{hour, count, basis_points}].
    """
    points = [person.counted.centipoints for person in facts.persons]
    return {
        "persons": len(facts.persons),
        "attempts": sum(person.attempt_count for person in facts.persons),
        "listed": listed_count,
        "invalid_persons": facts.invalid_person_count,
        "headcount": sum(unit.headcount for unit in units),
        "exempt": sum(unit.exempt_count for unit in units),
        "units": len(units),
        "units_taking_part": sum(unit.finished_count > 0 for unit in units),
        "bands": _bands(units),
        "points": _points(points),
        "max_centipoints": facts.max_centipoints,
        "histogram": _histogram(points, facts.max_centipoints),
        "by_block": _by_block(units),
        "by_day": _shares(
            ("day", day.isoformat(), count)
            for day, count in statistics.counts_by_day(facts.started_at).items()
        ),
        "by_hour": _shares(
            ("hour", hour, count)
            for hour, count in enumerate(statistics.counts_by_hour(facts.started_at))
        ),
    }


def _shares(items: Iterable[tuple[str, Any, int]]) -> list[dict[str, Any]]:
    rows = list(items)
    shares = statistics.percentages([count for _, _, count in rows])
    return [
        {name: value, "count": count, "basis_points": share}
        for (name, value, count), share in zip(rows, shares, strict=True)
    ]


def _bands(units: Sequence[UnitFact]) -> list[dict[str, Any]]:
    bands = statistics.participation_bands(
        statistics.Participation(unit.finished_count, unit.headcount - unit.exempt_count)
        for unit in units
    )
    return _shares(("code", band.value, count) for band, count in bands.items())


def _points(points: Sequence[int]) -> dict[str, int] | None:
    summary = statistics.points_summary(points)
    if summary is None:
        return None
    return {
        "minimum": summary.minimum,
        "maximum": summary.maximum,
        "mean": _whole(summary.mean),
        "median": _whole(summary.median),
        "first_quartile": _whole(summary.first_quartile),
        "third_quartile": _whole(summary.third_quartile),
    }


def _whole(value: Fraction) -> int:
    """Half up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _histogram(points: Sequence[int], max_centipoints: int) -> list[dict[str, Any]]:
    if not points or max_centipoints <= 0:
        return []
    width = -(-max_centipoints // _BIN_COUNT)
    bins = statistics.points_histogram(
        points, width_centipoints=width, max_centipoints=max_centipoints
    )
    shares = statistics.percentages([item.count for item in bins])
    return [
        {
            "from": item.from_centipoints,
            "to": item.to_centipoints,
            "count": item.count,
            "basis_points": share,
        }
        for item, share in zip(bins, shares, strict=True)
    ]


def _by_block(units: Sequence[UnitFact]) -> list[dict[str, Any]]:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        totals[unit.block].update(
            units=1,
            expected=unit.headcount - unit.exempt_count,
            finished=unit.finished_count,
            attempts=unit.attempt_count,
        )
    blocks = sorted(totals)
    shares = statistics.percentages([totals[block]["finished"] for block in blocks])
    return [
        {
            "block": block,
            "units": totals[block]["units"],
            "expected": totals[block]["expected"],
            "finished": totals[block]["finished"],
            "attempts": totals[block]["attempts"],
            "basis_points": share,
        }
        for block, share in zip(blocks, shares, strict=True)
    ]
