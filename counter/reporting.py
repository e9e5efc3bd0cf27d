"""The report of feedback: rows → tallies → tables (counter.satisfaction), and its plot."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from counter.enums import Factor
from counter.models import FeedbackAnswer, Office
from counter.satisfaction import Table, Tally, make_table, make_year, steps_of, total_of

FACTORS = tuple(Factor.values)
FIRST_YEAR = 2020


@dataclass(frozen=True, slots=True)
class Bar:
    """A month in the plot, in its own units; ``height`` None: held back or nothing."""

    x: int
    y: int
    height: int | None
    month: int
    label: str


def months_table(office: Office, year: int, *, today: date) -> Table:
    """The months of a year; one statement. Of the running month only the number of answers."""
    found = FeedbackAnswer.objects.filter(office=office, given_on__year=year)
    months = {month: tallies for (_office, month), tallies in _tallies(found).items()}
    return make_year(months, FACTORS, main=Factor.OVERALL, closed=_closed(year, today=today))


def offices_table(offices: QuerySet[Office], year: int, *, today: date) -> Table:
    """The offices by name, of one year; two statements."""
    listed = list(offices.order_by("name", "pk"))
    by_month = _tallies(FeedbackAnswer.objects.filter(office__in=listed, given_on__year=year))
    closed = _closed(year, today=today)
    counts: dict[object, int] = {}
    groups: dict[object, dict[str, Tally]] = {}
    for office in listed:
        own = {month: found for (pk, month), found in by_month.items() if pk == office.pk}
        counts[office] = sum(found[Factor.OVERALL].count for found in own.values())
        groups[office] = {
            factor: total_of(
                steps_of({month: found[factor] for month, found in own.items()}, closed=closed)
            )
            for factor in FACTORS
        }
    return make_table(groups, FACTORS, main=Factor.OVERALL, answer_counts=counts, order=listed)


def _closed(year: int, *, today: date) -> range:
    """The months of the year that take no more answers."""
    if year != today.year:
        return range(1, 13) if year < today.year else range(0)
    return range(1, today.month)


def years_with_feedback(offices: QuerySet[Office], *, today: date) -> list[int]:
    """From this year back to the first answer's."""
    first = FeedbackAnswer.objects.filter(office__in=offices).order_by("given_on").first()
    oldest = max(FIRST_YEAR, first.given_on.year) if first else today.year
    return list(range(today.year, min(oldest, today.year) - 1, -1))


def _tallies(answers: QuerySet[Any]) -> dict[tuple[int, int], dict[str, Tally]]:
    """By office and month of one year's answers; one statement."""
    figures: dict[str, Any] = {}
    for factor in FACTORS:
        figures |= {
            f"{factor}_count": Count(factor),
            f"{factor}_total": Sum(factor),
            f"{factor}_satisfied": Count("pk", filter=Q(**{f"{factor}__gte": 4})),
        }
    by_month = answers.annotate(month=ExtractMonth("given_on")).order_by()
    rows = by_month.values("office_id", "month").annotate(**figures)
    return {
        (row["office_id"], row["month"]): {
            factor: Tally(
                row[f"{factor}_count"], row[f"{factor}_total"] or 0, row[f"{factor}_satisfied"]
            )
            for factor in FACTORS
        }
        for row in rows
    }


# A column of the plot is 40 wide, a bar 24; a point of the average above 1 is 30 high.
COLUMN, BAR, POINT, HEIGHT = 40, 24, 30, 120


def bars(table: Table) -> list[Bar]:
    """The overall average of each month, from the first with answers to the last; the axis begins
    at 1, the worst score."""
    made: list[Bar] = []
    filled = [place for place, line in enumerate(table.lines) if line.answer_count]
    months = range(filled[0], filled[-1] + 1) if filled else range(0)
    for place, month in enumerate(months):
        line = table.lines[month]
        tally = line.cells[Factor.OVERALL]
        average = tally.average if tally else None
        height = None if average is None else int((average - 1) * POINT)
        made.append(
            Bar(
                x=place * COLUMN + (COLUMN - BAR) // 2,
                y=HEIGHT - (height or 0),
                height=height,
                month=month + 1,
                label="" if average is None else f"{average:.1f}".replace(".", ","),
            )
        )
    return made
