"""Percentages, places and what decided them, in Vietnamese words."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _

from core.vietnamese import format_number
from quizzes.enums import RoundState, TieCriterion, UnitTieCriterion

register = template.Library()

_STATE_KINDS = {
    RoundState.DRAFT: "",
    RoundState.READY: "info",
    RoundState.CLOSED: "warning",
    RoundState.PUBLISHED: "ok",
}


@register.filter
def percent(basis_points: int | None) -> str:
    """7083 → "70,83%"; None → "–"."""
    if basis_points is None:
        return "–"
    whole, rest = divmod(basis_points, 100)
    return f"{format_number(whole)},{rest:02}%"


@register.filter
def number(value: int | None) -> str:
    """25980 → "25.980"; None → "–"."""
    return "–" if value is None else format_number(value)


@register.filter
def decimal(value: Fraction) -> str:
    """Fraction(5, 4) → "1,3"; whole numbers without decimals."""
    number = Decimal(value.numerator) / value.denominator
    return format_number(number, places=None if value.denominator == 1 else 1)


@register.filter
def decided(code: str) -> str:
    """What a place and the one before it differ in: neutral, since it is read from both sides."""
    labels = {*TieCriterion.choices, *UnitTieCriterion.choices}
    return str(dict(labels).get(code, ""))


@register.filter
def band(code: str) -> str:
    """The name of a participation band of ``quizzes.statistics``."""
    names = {
        "full": _("100%"),
        "high": _("Từ 75% đến dưới 100%"),
        "middle": _("Từ 25% đến dưới 75%"),
        "low": _("Dưới 25%"),
        "zero": _("Chưa có ai"),
        "no_headcount": _("Không có người phải dự thi"),
    }
    return names.get(code, code)


@register.filter
def iso_day(text: str) -> str:
    """A day as JSON keeps it: "2026-10-05" → "05/10/2026"."""
    return f"{date.fromisoformat(text):%d/%m/%Y}"


@register.filter
def state_kind(state: str) -> str:
    """The kind of badge for a round's state."""
    return _STATE_KINDS.get(RoundState(state), "")
