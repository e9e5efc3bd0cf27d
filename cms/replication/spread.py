"""Where a model has spread, as its public page shows it: names of units and figures, no persons."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from cms.measuring import Measure
from cms.models.adoptions import PUBLIC_STATES, Adoption, AdoptionFigure
from cms.models.reform_models import ReformModelPage
from cms.plotting import Plot, draw_bars
from core.vietnamese import fold


@dataclass(frozen=True, slots=True)
class MeasureOfUnit:
    """``shown``: the sum of all months for what is counted, the latest month for a level."""

    measure: Measure
    shown: Decimal | None
    last_month: date | None


@dataclass(frozen=True, slots=True)
class SpreadUnit:
    adoption: Adoption
    measures: Sequence[MeasureOfUnit]


@dataclass(frozen=True, slots=True)
class SpreadBlock:
    name: str
    units: Sequence[SpreadUnit]


@dataclass(frozen=True, slots=True)
class Monthly:
    """``measure`` None: the number of units that run the model."""

    measure: Measure | None
    rows: Sequence[tuple[date, Decimal | None]]
    plot: Plot | None


@dataclass(frozen=True, slots=True)
class Spread:
    blocks: Sequence[SpreadBlock]
    unit_count: int
    running_count: int
    series: Sequence[Monthly]


def spread_of(model: ReformModelPage, measures: Sequence[Measure], *, on: date) -> Spread:
    """Of the model and of its translations alike. Two statements whatever the number of units."""
    adoptions = list(
        Adoption.objects.filter(
            model__translation_key=model.translation_key, state__in=PUBLIC_STATES
        )
        .select_related("unit__block")
        .order_by(F("unit__block__order").asc(nulls_last=True), "unit__kind", "pk")
    )
    figures = list(
        AdoptionFigure.objects.filter(
            adoption__in=[adoption.pk for adoption in adoptions],
            is_current=True,
            value__isnull=False,
        ).order_by("month", "pk")
        if adoptions
        else ()
    )
    return Spread(
        blocks=_blocks(adoptions, figures, measures),
        unit_count=len(adoptions),
        running_count=sum(adoption.state == "running" for adoption in adoptions),
        series=[
            monthly
            for monthly in [_units_by_month(adoptions, on=on), *_sums(figures, measures)]
            if monthly.rows
        ],
    )


def _blocks(
    adoptions: Sequence[Adoption], figures: Sequence[AdoptionFigure], measures: Sequence[Measure]
) -> list[SpreadBlock]:
    """By block (khối); units without one by their kind. Blocks in their order, units by name."""
    reported: dict[tuple[int, str], list[AdoptionFigure]] = defaultdict(list)
    for figure in figures:
        reported[figure.adoption_id, figure.measure_key].append(figure)
    grouped: dict[str, list[SpreadUnit]] = defaultdict(list)
    for adoption in adoptions:
        block = adoption.unit.block
        grouped[block.name if block else str(adoption.unit.get_kind_display())].append(
            SpreadUnit(
                adoption,
                [_of_unit(measure, reported[adoption.pk, measure.key]) for measure in measures],
            )
        )
    return [
        SpreadBlock(name, sorted(units, key=lambda unit: fold(unit.adoption.unit.name)))
        for name, units in grouped.items()
    ]


def _of_unit(measure: Measure, figures: Sequence[AdoptionFigure]) -> MeasureOfUnit:
    values = [figure.value for figure in figures if figure.value is not None]
    if not values:
        return MeasureOfUnit(measure, None, None)
    shown = sum(values, Decimal(0)) if measure.is_counted else values[-1]
    return MeasureOfUnit(measure, shown, figures[-1].month)


def _units_by_month(adoptions: Sequence[Adoption], *, on: date) -> Monthly:
    """How many units ran the model in each month, from the first that began to ``on``."""
    spans = [
        (adoption.started_on, adoption.ended_on or on)
        for adoption in adoptions
        if adoption.started_on
    ]
    if not spans:
        return Monthly(None, [], None)
    rows: list[tuple[date, Decimal | None]] = []
    first = min(begin for begin, _end in spans).replace(day=1)
    for month in _months([first, on.replace(day=1)]):
        after = _next_month(month)
        running = sum(begin < after and end >= month for begin, end in spans)
        rows.append((month, Decimal(running)))
    return Monthly(None, rows, _plot(rows))


def _sums(figures: Sequence[AdoptionFigure], measures: Sequence[Measure]) -> list[Monthly]:
    """What all units reported together, from the first month to the last; a month of which nobody
    reported is None. A level (per cent, minutes) is not added up."""
    found = []
    for measure in measures:
        if not measure.is_counted:
            continue
        by_month: dict[date, Decimal] = defaultdict(Decimal)
        for figure in figures:
            if figure.measure_key == measure.key and figure.value is not None:
                by_month[figure.month] += figure.value
        rows = [(month, by_month.get(month)) for month in _months(by_month)]
        found.append(Monthly(measure, rows, _plot(rows)))
    return found


def _months(known: Collection[date]) -> Iterator[date]:
    month, last = min(known, default=date.max), max(known, default=date.min)
    while month <= last:
        yield month
        month = _next_month(month)


def _plot(rows: Sequence[tuple[date, Decimal | None]]) -> Plot | None:
    return draw_bars([(f"{month.month}/{month.year}", value) for month, value in rows])


def _next_month(month: date) -> date:
    return date(month.year + (month.month == 12), month.month % 12 + 1, 1)
