"""How an attempt ends: handed in, run out of time or closed, once and for all (`starting.py` begins
one).

Every end of an attempt goes through ``_finish``: the row is locked, read again, finished, marked
and written in one short transaction. Repeating a call changes nothing.
"""

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.clock import moment_of
from core.errors import DomainError
from quizzes.clock import elapsed_ms
from quizzes.enums import AttemptState, FinishKind
from quizzes.marking import SCORE_FIELDS, mark_attempts
from quizzes.models import Attempt, Paper, Round

_FINISH_FIELDS = ("state", "finished_at", "finish_kind", "elapsed_ms", "prediction", *SCORE_FIELDS)
_CLOSED_PER_TRANSACTION = 100
MAX_PREDICTION = 1_000_000_000


class InvalidPrediction(DomainError):
    """The prediction is not a whole number that can be compared with a count."""


def hand_in(attempt: Attempt, *, at: datetime, prediction: int | None = None) -> Attempt:
    """Finish and score; a second call returns what the first one did, prediction included.

    After the deadline, within the technical grace, the attempt has run out of time but its
    prediction still counts; after the grace nothing more is taken. Of ``attempt`` only the key is
    used. Raises InvalidPrediction, Attempt.DoesNotExist.
    """
    _check_prediction(prediction)
    with transaction.atomic():
        held = _hold(attempt.pk)
        if held.state == AttemptState.FINISHED:
            return held
        if held.round.has_prediction and at <= held.accepts_until:
            held.prediction = prediction
        kind = FinishKind.HANDED_IN if at < held.deadline_at else FinishKind.EXPIRED
        _finish([held], kind=kind, at=at)
    return held


def close_if_overdue(attempt: Attempt, *, at: datetime) -> Attempt:
    """The attempt, finished as of its deadline when its time and the technical grace are over.

    Whoever looks first does it: contestant, organiser or worker. No statement when there is
    nothing to do.
    """
    if attempt.state == AttemptState.FINISHED or at <= attempt.accepts_until:
        return attempt
    with transaction.atomic():
        held = _locked(Attempt.objects.filter(pk=attempt.pk)).get()
        # Another may have finished it, or an organiser given more time, since we looked.
        if held.state == AttemptState.IN_PROGRESS and at > held.accepts_until:
            _finish([held], kind=FinishKind.EXPIRED, at=at)
    return held


def close_overdue_attempts(*, at: datetime, round_id: int | None = None) -> int:
    """Close every attempt whose time is over, of one round or of all; how many were closed."""
    overdue = Attempt.objects.filter(state=AttemptState.IN_PROGRESS, accepts_until__lt=at)
    if round_id is not None:
        overdue = overdue.filter(round_id=round_id)
    return _close_all(overdue, kind=FinishKind.EXPIRED, at=at)


def close_attempts_of_round(round: Round, *, at: datetime) -> int:
    """Finish whatever is still in progress because the organisers close the round; how many.

    The caller holds the round's row (SELECT … FOR UPDATE), so that no attempt starts meanwhile.
    """
    count = close_overdue_attempts(at=at, round_id=round.pk)
    running = Attempt.objects.filter(state=AttemptState.IN_PROGRESS, round=round)
    return count + _close_all(running, kind=FinishKind.CLOSED, at=at)


def _close_all(wanted: QuerySet[Attempt], *, kind: FinishKind, at: datetime) -> int:
    count = 0
    while True:
        with transaction.atomic():
            # One round at a time: marking reads a round's struck-out questions once.
            rounds = wanted.order_by().values("round")[:1]
            held = list(
                _locked(wanted.filter(round=rounds).order_by("id"))[:_CLOSED_PER_TRANSACTION]
            )
            _finish(held, kind=kind, at=at)
        count += len(held)
        if not held:
            return count


# As ``_locked``, for the one attempt that is handed in: a third of its time.
_HOLD = """
SELECT attempt.*, paper.slots, round.ready_at, round.has_prediction
FROM quizzes_attempt AS attempt
JOIN quizzes_paper AS paper ON paper.id = attempt.paper_id
JOIN quizzes_round AS round ON round.id = attempt.round_id
WHERE attempt.id = %s {lock}
"""


def _hold(attempt_id: int) -> Attempt:
    """The locked attempt with its paper, and of its round what marking reads; more of either is
    loaded when asked for. Raises Attempt.DoesNotExist."""
    lock = "FOR UPDATE OF attempt" if connection.vendor == "postgresql" else ""
    rows = list(Attempt.objects.raw(_HOLD.format(lock=lock), [attempt_id]))
    if not rows:
        raise Attempt.DoesNotExist
    held: Any = rows[0]
    ready_at = held.ready_at and moment_of(held.ready_at)
    held.round = Round.from_db(
        connection.alias,
        # in the order of the model's fields
        ["id", "has_prediction", "ready_at"],
        [held.round_id, bool(held.has_prediction), ready_at],
    )
    held.paper = Paper.from_db(
        connection.alias, ["id", "slots"], [held.paper_id, json.loads(held.slots)]
    )
    found: Attempt = held
    return found


def _locked(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """FOR UPDATE, the only row lock that waits for the saves under way (quizzes.answering)."""
    return attempts.select_for_update(of=("self",)).select_related("round", "paper")


def _finish(held: list[Attempt], *, kind: FinishKind, at: datetime) -> None:
    """Finish attempts of one round that this transaction holds. Saves under way have ended, no
    other can begin: what is marked is what is stored, for good."""
    for attempt in held:
        attempt.state = AttemptState.FINISHED
        attempt.finish_kind = kind
        attempt.finished_at = min(at, attempt.deadline_at)
        elapsed = elapsed_ms(attempt.started_at, attempt.finished_at, attempt.deadline_at)
        attempt.elapsed_ms = max(0, elapsed - attempt.paused_ms)
    mark_attempts(held, at=at)
    for attempt in held:
        attempt.save(update_fields=_FINISH_FIELDS)


def _check_prediction(prediction: int | None) -> None:
    if prediction is not None and not 0 <= prediction <= MAX_PREDICTION:
        raise InvalidPrediction(
            _("Số dự đoán phải là số nguyên từ 0 đến 1.000.000.000, ví dụ 320.")
        )
