"""When the loudspeakers speak: rules of a timetable in, single airings and clashes out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKDAY_COUNT = 7
EVERY_DAY = (1 << WEEKDAY_COUNT) - 1


@dataclass(frozen=True, slots=True)
class Slot:
    """``weekdays`` is a set of bits, Monday the lowest. ``key`` names the slot to its owner."""

    key: int
    starts_on: date
    ends_on: date
    weekdays: int
    at: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Airing:
    key: int
    begins: datetime  # local, without a zone: a timetable is a wall clock's
    ends: datetime
    clashes: bool = False


def airings(slots: Iterable[Slot], *, first: date, last: date) -> list[Airing]:
    """Every airing from ``first`` to ``last``, both included, in the order of the day."""
    found = []
    for slot in slots:
        day = max(first, slot.starts_on)
        while day <= min(last, slot.ends_on):
            if slot.weekdays >> day.weekday() & 1:
                begins = datetime.combine(day, slot.at)
                found.append(Airing(slot.key, begins, begins + timedelta(minutes=slot.minutes)))
            day += timedelta(days=1)
    return _with_clashes(sorted(found, key=lambda airing: (airing.begins, airing.key)))


def _with_clashes(ordered: Sequence[Airing]) -> list[Airing]:
    """One unit has one set of loudspeakers: two airings at a time clash, both are marked."""
    clashing: set[int] = set()
    latest = None
    for at, airing in enumerate(ordered):
        if latest is not None and airing.begins < ordered[latest].ends:
            clashing |= {latest, at}
        if latest is None or airing.ends > ordered[latest].ends:
            latest = at
    return [
        Airing(airing.key, airing.begins, airing.ends, clashes=at in clashing)
        for at, airing in enumerate(ordered)
    ]


def week_of(day: date) -> tuple[date, date]:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=WEEKDAY_COUNT - 1)


def weekday_bits(weekdays: Iterable[int]) -> int:
    """0 is Monday."""
    return sum(1 << day for day in set(weekdays) if 0 <= day < WEEKDAY_COUNT)


def weekdays_of(bits: int) -> list[int]:
    return [day for day in range(WEEKDAY_COUNT) if bits >> day & 1]
