"""When an office is open, and what can be booked: facts in, state and slots out.

Pure: neither Django nor a database. Office hours are wall-clock times of Việt Nam, which has one
zone, UTC+7, and no summer time; moments that come in are aware, moments that go out are in UTC+7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7), "UTC+7")
# Further ahead nobody is told a day: the office has no hours worth announcing.
HORIZON_DAYS: Final = 60
MAX_INTERVALS: Final = 6


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Open from ``starts`` to ``ends`` every ``weekday`` (Monday is 0) or on the day ``on``.

    ``slot_minutes`` above 0: extra hours, booked in slots of that length for ``capacity`` each.
    """

    starts: time
    ends: time
    weekday: int | None = None
    on: date | None = None
    slot_minutes: int = 0
    capacity: int = 0

    def applies(self, day: date) -> bool:
        return self.on == day if self.on else self.weekday == day.weekday()


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Closed from ``first`` to ``last``, both included, whatever the rules say."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    rules: tuple[HoursRule, ...] = ()
    closures: tuple[ClosedDays, ...] = ()

    def closure_on(self, day: date) -> ClosedDays | None:
        return next((item for item in self.closures if item.first <= day <= item.last), None)


@dataclass(frozen=True, slots=True)
class Span:
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SlotTime:
    starts_at: datetime
    ends_at: datetime
    capacity: int


class Kind(StrEnum):
    OPEN = "open"
    OPENS_LATER = "opens_later"  # today, for the first time
    BREAK = "break"  # open before and after
    OVER = "over"  # was open today
    CLOSED = "closed"  # not today


@dataclass(frozen=True, slots=True)
class OpenState:
    """``until``: of an open office. ``opens_at``: of a closed one, None when nothing is known
    within HORIZON_DAYS. ``reason``: why a day that has hours is closed."""

    kind: Kind
    until: datetime | None = None
    opens_at: datetime | None = None
    reason: str = ""


def local(at: datetime) -> datetime:
    return at.astimezone(VIETNAM)


def local_day(at: datetime) -> date:
    return local(at).date()


def spans_on(facts: OpeningFacts, day: date) -> tuple[Span, ...]:
    """What the office is open on this day, in order; what overlaps or touches is one span."""
    if facts.closure_on(day):
        return ()
    rules = [rule for rule in facts.rules if rule.applies(day)]
    spans: list[Span] = []
    for starts, ends in sorted((rule.starts, rule.ends) for rule in rules):
        span = Span(_moment(day, starts), _moment(day, ends))
        if spans and span.starts_at <= spans[-1].ends_at:
            spans[-1] = Span(spans[-1].starts_at, max(spans[-1].ends_at, span.ends_at))
        else:
            spans.append(span)
    return tuple(spans)


def state_at(facts: OpeningFacts, at: datetime) -> OpenState:
    """Open up to but not including the closing minute."""
    now = local(at)
    today = spans_on(facts, now.date())
    for span in today:
        if span.starts_at <= now < span.ends_at:
            return OpenState(Kind.OPEN, until=span.ends_at)
    later = next((span for span in today if span.starts_at > now), None)
    if later:
        kind = Kind.OPENS_LATER if later is today[0] else Kind.BREAK
        return OpenState(kind, opens_at=later.starts_at)
    closure = facts.closure_on(now.date())
    return OpenState(
        Kind.OVER if today else Kind.CLOSED,
        opens_at=_next_opening(facts, after=now.date()),
        reason=closure.reason if closure else "",
    )


def slots_on(facts: OpeningFacts, day: date) -> tuple[SlotTime, ...]:
    """What can be booked on this day, by time. Where two rules give a slot at one time, the larger
    capacity counts. A remainder shorter than a slot is no slot."""
    if facts.closure_on(day):
        return ()
    slots: dict[datetime, SlotTime] = {}
    for rule in facts.rules:
        if rule.slot_minutes <= 0 or not rule.applies(day):
            continue
        for slot in _slots_of(rule, day):
            known = slots.get(slot.starts_at)
            if known is None or known.capacity < slot.capacity:
                slots[slot.starts_at] = slot
    return tuple(slots[moment] for moment in sorted(slots))


def _slots_of(rule: HoursRule, day: date) -> Iterator[SlotTime]:
    length = timedelta(minutes=rule.slot_minutes)
    begins, closes = _moment(day, rule.starts), _moment(day, rule.ends)
    while begins + length <= closes:
        yield SlotTime(begins, begins + length, rule.capacity)
        begins += length


def _next_opening(facts: OpeningFacts, *, after: date) -> datetime | None:
    for days in range(1, HORIZON_DAYS + 1):
        spans = spans_on(facts, after + timedelta(days=days))
        if spans:
            return spans[0].starts_at
    return None


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM)


# what a clerk types -------------------------------------------------------------------------


class HoursUnreadable(ValueError):
    """``piece`` of the text cannot be read as hours; ``is_overlap``: it overlaps another."""

    def __init__(self, piece: str, *, is_overlap: bool = False) -> None:
        super().__init__(piece)
        self.piece = piece
        self.is_overlap = is_overlap


_PIECE = re.compile(
    r"([01]?\d|2[0-3])\s*[:hg.]\s*([0-5]\d)?\s*(?:-|–|—|đến|den)\s*"
    r"([01]?\d|2[0-3])\s*[:hg.]\s*([0-5]\d)?",
    re.IGNORECASE | re.ASCII,
)


def parse_intervals(text: str) -> tuple[tuple[time, time], ...]:
    """ "07:30-11:30, 13h30 – 17h" → two pairs, in order; "" → none. Raises HoursUnreadable."""
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
    if len(pieces) > MAX_INTERVALS:
        raise HoursUnreadable(pieces[MAX_INTERVALS])
    found: list[tuple[time, time]] = []
    for piece in pieces:
        match = _PIECE.fullmatch(piece)
        if match is None:
            raise HoursUnreadable(piece)
        starts = time(int(match[1]), int(match[2] or 0))
        ends = time(int(match[3]), int(match[4] or 0))
        if ends <= starts:
            raise HoursUnreadable(piece)
        if any(starts < other_end and other_start < ends for other_start, other_end in found):
            raise HoursUnreadable(piece, is_overlap=True)
        found.append((starts, ends))
    return tuple(sorted(found))


def format_intervals(intervals: Iterable[tuple[time, time]]) -> str:
    """The inverse of ``parse_intervals``."""
    return ", ".join(f"{starts:%H:%M}–{ends:%H:%M}" for starts, ends in sorted(intervals))
