"""Days and averages in Vietnamese words."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from core.vietnamese import format_number
from counter.satisfaction import Line, Tally
from counter.words import day_words, weekday_label

register = template.Library()

register.filter("day_words", day_words)
register.filter("weekday_label", weekday_label)


@register.filter
def average(cell: Tally | None) -> str:
    """Decimal("4.2") → "4,20"; held back or nobody: ""."""
    value: Decimal | None = cell.average if cell else None
    return "" if value is None else format_number(value, places=2)


@register.filter
def cell(line: Line, factor: Any) -> Tally | None:
    return line.cells[str(factor)]


@register.filter
def iso(day: date) -> str:
    """As ``?day=`` takes it."""
    return f"{day:%Y-%m-%d}"
