"""Whether a person may start, or go on with, a round now: one answer for the lobby, the dashboard
and ``start_attempt``, so that what is shown and what is done cannot differ. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError, NotAllowed
from core.models import AuditEvent
from people.models import User
from people.roles import ADMINISTRATOR, BARRED_FROM_ENTERING
from quizzes.clock import RoundPhase, next_attempt_allowed_at, round_phase
from quizzes.enums import AttemptState, BankAct, RoundState
from quizzes.models import Attempt, Contest, Entry, QuestionBank, Round
from quizzes.rules import barred_reasons, key_reads


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
    PAUSE door opens by itself; ``reason`` says why a door is shut to this person."""

    door: Door
    attempt: Attempt | None = None
    attempts_left: int | None = None
    opens_at: datetime | None = None
    reason: str = ""


def barred_reason(user_id: int, contest: Contest) -> str | None:
    """Why this person may not enter (``rules.barred_reasons``), asked for anew at every start: a
    role may have been given after the roster was taken. One statement for most contestants."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM people_user AS person WHERE id = %s AND {is_bystander()}",  # noqa: S608
            [user_id],
        )
        if cursor.fetchone():
            return None
    person = User.objects.filter(pk=user_id)
    drawn_topics = Round.objects.filter(contest=contest).values("cells__topic")
    holds_key = (
        Q(owned_banks__topics__in=drawn_topics)
        | Q(reviewed_banks__topics__in=drawn_topics)
        | Q(readable_banks__topics__in=drawn_topics)
    )
    barred = (
        Q(is_superuser=True)
        | Q(is_active=False)
        | Exists(person.filter(groups__name__in=BARRED_FROM_ENTERING | {ADMINISTRATOR}))
        | Exists(person.filter(organised_contests=contest))
        | Exists(person.filter(holds_key))
        | Exists(
            key_reads(QuestionBank.objects.filter(topics__in=drawn_topics)).filter(actor=user_id)
        )
    )
    if not person.filter(barred).exists():
        return None
    return barred_reasons(contest, [user_id]).get(user_id)


@cache
def is_bystander() -> str:
    """SQL over the alias ``person``: active, and tied to the preparation of no contest at all, by
    no role, board or bank. Nothing can bar such a person, so the start of a round, which comes by
    the thousand in one minute, need not ask further (``barred_reason``)."""
    ties: list[tuple[Any, str]] = [(User.groups.through, "user_id")]
    for model in (Contest, QuestionBank):
        ties += [
            (field.remote_field.through, field.m2m_reverse_name())
            for field in model._meta.many_to_many
            if field.related_model is User
        ]
    conditions = [
        f"NOT EXISTS (SELECT 1 FROM {through._meta.db_table} AS tie WHERE tie.{column} = person.id)"  # noqa: S608
        for through, column in ties
    ]
    # Who has read keys stays tied to them, whatever was taken away since (rules.key_reads).
    conditions.append(
        f"NOT EXISTS (SELECT 1 FROM {AuditEvent._meta.db_table} AS read"  # noqa: S608
        f" WHERE read.actor_id = person.id AND read.action = '{BankAct.KEY_READ.value}')"
    )
    return " AND ".join(["person.is_active", "NOT person.is_superuser", *conditions])


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
    entry: Entry | None,
    round: Round,
    attempts: Sequence[Attempt],
    *,
    barred: str | None,
    at: datetime,
) -> Admission:
    """What stands before the person. ``attempts`` are all of this entry in this round; ``barred``
    is of ``barred_reason``. An attempt past its time counts as in progress here: close it first
    (``attempts.close_if_overdue``)."""
    current = next((a for a in attempts if a.state == AttemptState.IN_PROGRESS), None)
    if current is not None:
        return Admission(Door.IN_PROGRESS, attempt=current)
    allowed = round.attempts_allowed
    left = None if allowed is None else max(0, allowed - len(attempts))
    phase = phase_of(round, at=at)
    refusal = _refusal(entry, barred)
    if refusal is not None:
        return Admission(refusal[0], attempts_left=left, reason=refusal[1])
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


def _refusal(entry: Entry | None, barred: str | None) -> tuple[Door, str] | None:
    if barred:
        return Door.BARRED, barred
    if entry is None:
        return Door.NOT_LISTED, _("Bạn không có trong danh sách dự thi của cuộc thi này.")
    if entry.invalid_at is not None:
        return Door.INVALID, _("Lượt đăng ký của bạn không hợp lệ: %s") % entry.invalid_reason
    if entry.is_exempt:
        return Door.EXEMPT, _("Bạn được miễn dự thi: %s") % entry.exempt_reason
    return None


def refusal(admission: Admission) -> DomainError:
    """The error that says why ``start_attempt`` does not start."""
    opens = f"{timezone.localtime(admission.opens_at):%H:%M %d/%m/%Y}" if admission.opens_at else ""
    match admission.door:
        case Door.UPCOMING:
            return Conflict(_("Vòng thi mở lúc %s. Hãy quay lại khi đến giờ.") % opens)
        case Door.PAUSE:
            return Conflict(_("Lượt tiếp theo bắt đầu được từ %s.") % opens)
        case Door.NO_ATTEMPT_LEFT:
            return NotAllowed(_("Bạn đã dùng hết số lượt thi của vòng này."))
        case Door.CLOSED:
            return Conflict(_("Vòng thi đã đóng nên không bắt đầu lượt mới được nữa."))
        case _:
            return NotAllowed(admission.reason)
