"""Whether a person may start, or go on with, a round now: one answer for the lobby, the dashboard
and ``start_attempt``, so that what is shown and what is done cannot differ. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from people.models import User
from people.roles import BARRED_FROM_ENTERING
from quizzes.clock import RoundPhase, next_attempt_allowed_at, round_phase
from quizzes.enums import AttemptState, RoundState
from quizzes.models import Attempt, Contest, Entry, Round


class Door(StrEnum):
    """What stands before a person who wants to take a round."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    UPCOMING = "upcoming"
    PAUSE = "pause"
    CLOSED = "closed"
    NO_ATTEMPT_LEFT = "no_attempt_left"
    NOT_LISTED = "not_listed"
    BARRED = "barred"
    EXEMPT = "exempt"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Admission:
    """``attempts_left`` is None when unlimited; ``opens_at`` is the moment at which an UPCOMING or
    PAUSE door opens by itself."""

    door: Door
    attempt: Attempt | None = None
    attempts_left: int | None = None
    opens_at: datetime | None = None


def is_barred(user_id: int, contest: Contest) -> bool:
    """Who runs a contest, writes its questions or judges it may not enter (contest-rules.md)."""
    return (
        User.objects.filter(pk=user_id)
        .filter(Q(groups__name__in=BARRED_FROM_ENTERING) | Q(organised_contests=contest))
        .exists()
    )


def phase_of(round: Round, *, at: datetime) -> RoundPhase:
    """The round's phase. An organiser may close it before its time: the state then decides."""
    phase = round_phase(
        at, opens_at=round.opens_at, closes_at=round.closes_at, published_at=round.published_at
    )
    if round.state == RoundState.PUBLISHED:
        return RoundPhase.PUBLISHED
    if round.state == RoundState.CLOSED and phase is not RoundPhase.PUBLISHED:
        return RoundPhase.CLOSED
    return phase


def admit(
    entry: Entry | None, round: Round, attempts: Sequence[Attempt], *, barred: bool, at: datetime
) -> Admission:
    """``attempts`` are all of this entry in this round. An attempt past its time is still in
    progress here: close it first (``attempts.close_if_overdue``)."""
    current = next((a for a in attempts if a.state == AttemptState.IN_PROGRESS), None)
    if current is not None:
        return Admission(Door.IN_PROGRESS, attempt=current)
    allowed = round.attempts_allowed
    left = None if allowed is None else max(0, allowed - len(attempts))
    phase = phase_of(round, at=at)
    refusal = _refusal(entry, barred)
    if refusal is not None:
        return Admission(refusal, attempts_left=left)
    if phase in {RoundPhase.CLOSED, RoundPhase.PUBLISHED}:
        return Admission(Door.CLOSED, attempts_left=left)
    if phase is RoundPhase.UPCOMING or round.state != RoundState.READY:
        return Admission(Door.UPCOMING, attempts_left=left, opens_at=round.opens_at)
    if left == 0:
        return Admission(Door.NO_ATTEMPT_LEFT, attempts_left=0)
    finished = [a.finished_at for a in attempts if a.finished_at is not None]
    opens_at = next_attempt_allowed_at(
        max(finished, default=None),
        minimum_pause_seconds=round.min_pause_seconds,
        round_opens_at=round.opens_at,
    )
    if at < opens_at:
        door = Door.PAUSE if opens_at < round.closes_at else Door.CLOSED
        return Admission(door, attempts_left=left, opens_at=opens_at)
    return Admission(Door.OPEN, attempts_left=left)


def _refusal(entry: Entry | None, barred: bool) -> Door | None:
    if barred:
        return Door.BARRED
    if entry is None:
        return Door.NOT_LISTED
    if entry.invalid_at is not None:
        return Door.INVALID
    return Door.EXEMPT if entry.is_exempt else None
