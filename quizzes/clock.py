"""Deadlines and phases. Every moment is an aware datetime; a naive one raises ValueError."""

from datetime import datetime, timedelta
from enum import StrEnum

_MILLISECOND = timedelta(milliseconds=1)
_SECOND = timedelta(seconds=1)


class RoundPhase(StrEnum):
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


def attempt_deadline(
    *,
    opened_at: datetime,
    duration_seconds: int,
    extra_seconds: int = 0,
    round_closes_at: datetime,
    closes_extra_seconds: int = 0,
) -> datetime:
    """min(opened + duration + extra, round close + closes_extra).

    Extra time lengthens the paper; it passes the round's close only by `closes_extra_seconds`.
    """
    _check(opened_at, round_closes_at)
    return min(
        opened_at + timedelta(seconds=duration_seconds + extra_seconds),
        round_closes_at + timedelta(seconds=closes_extra_seconds),
    )


def accepts(at: datetime, *, deadline_at: datetime, grace_seconds: int = 0) -> bool:
    """Whether a save received `at` counts: up to the deadline and the technical grace, both
    included. The grace is for a save already under way; no clock shows it."""
    _check(at, deadline_at)
    return at <= deadline_at + timedelta(seconds=grace_seconds)


def remaining_seconds(at: datetime, *, deadline_at: datetime) -> int:
    """Whole seconds left, rounded down, never below 0: a shown clock never promises too much."""
    _check(at, deadline_at)
    return max(0, (deadline_at - at) // _SECOND)


def elapsed_ms(started_at: datetime, finished_at: datetime, deadline_at: datetime) -> int:
    """Milliseconds from start to the earlier of handing in and the deadline, never below 0."""
    _check(started_at, finished_at, deadline_at)
    return max(0, (min(finished_at, deadline_at) - started_at) // _MILLISECOND)


def round_phase(
    at: datetime,
    *,
    opens_at: datetime,
    closes_at: datetime,
    published_at: datetime | None = None,
) -> RoundPhase:
    """Opening belongs to the open phase, closing no longer does. While a round is open it is
    OPEN, even where each contestant sees the own result at once."""
    _check(at, opens_at, closes_at, *([published_at] if published_at else []))
    if at < opens_at:
        return RoundPhase.UPCOMING
    if at < closes_at:
        return RoundPhase.OPEN
    if published_at is not None and published_at <= at:
        return RoundPhase.PUBLISHED
    return RoundPhase.CLOSED


def next_attempt_allowed_at(
    last_finished_at: datetime | None, *, minimum_pause_seconds: int, round_opens_at: datetime
) -> datetime:
    """The earliest start of the next attempt, as far as the pause between attempts decides."""
    _check(round_opens_at, *([last_finished_at] if last_finished_at else []))
    if last_finished_at is None:
        return round_opens_at
    return max(round_opens_at, last_finished_at + timedelta(seconds=minimum_pause_seconds))


def _check(*moments: datetime) -> None:
    for moment in moments:
        if moment.utcoffset() is None:
            raise ValueError("a moment must be an aware datetime")
