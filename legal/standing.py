"""Whether an instrument is law on a given day. Pure: facts in, a standing out.

What an editor entered is kept; the dates decide the rest, so that a law takes effect and expires
on its day whether or not anybody, or any task, is there to say so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    EXPIRED = "expired"
    TO_CHECK = "to_check"


IN_FORCE = frozenset({Standing.IN_FORCE, Standing.AMENDED})


@dataclass(frozen=True, slots=True)
class Facts:
    """``expires_on`` is the first day on which it is law no more. ``replaced_on`` and
    ``amended_on``: when what replaces or amends it takes effect, unknown days left out."""

    entered: str
    effective_on: date | None = None
    expires_on: date | None = None
    replaced_on: date | None = None
    amended_on: Collection[date] = ()


def standing_on(day: date, facts: Facts) -> Standing:
    """``queries.with_standing`` says the same in SQL; tests/legal/test_standing.py holds the two
    together."""
    entered = Standing(facts.entered)
    if entered == Standing.EXPIRED or _reached(facts.expires_on, day):
        return Standing.EXPIRED
    if _reached(facts.replaced_on, day):
        return Standing.EXPIRED
    if facts.effective_on is not None and facts.effective_on > day:
        return Standing.NOT_YET
    if entered == Standing.NOT_YET and facts.effective_on is None:
        return Standing.NOT_YET
    if entered in {Standing.NOT_YET, Standing.IN_FORCE}:
        is_amended = any(_reached(amended_on, day) for amended_on in facts.amended_on)
        return Standing.AMENDED if is_amended else Standing.IN_FORCE
    return entered


def _reached(day_of_change: date | None, day: date) -> bool:
    return day_of_change is not None and day_of_change <= day
