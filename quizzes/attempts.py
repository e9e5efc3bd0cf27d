"""The life of an attempt: started, handed in or run out of time, once and for all.

Every end of an attempt goes through ``_finish``: the row is locked, read again, finished, marked
and written in one short transaction. Repeating a call changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from quizzes.admission import Door, admit, barred_reason, refusal
from quizzes.clock import attempt_deadline, elapsed_ms
from quizzes.enums import AttemptState, FinishKind
from quizzes.handing_out import paper_for_attempt, prepare_paper
from quizzes.marking import SCORE_FIELDS, mark_attempts
from quizzes.models import Attempt, Entry, Round

_FINISH_FIELDS = ("state", "finished_at", "finish_kind", "elapsed_ms", "prediction", *SCORE_FIELDS)
_CLOSED_PER_TRANSACTION = 100
MAX_PREDICTION = 1_000_000_000


class InvalidPrediction(DomainError):
    """The prediction is not a whole number that can be compared with a count."""


def start_attempt(entry: Entry, round: Round, *, at: datetime) -> Attempt:
    """Draw a paper and begin; an attempt in progress is continued, so a second click or device
    gets the same one. Raises NotAllowed or Conflict with the reason for the person.

    Five statements whatever the length of the paper, one more when this process is cold.
    """
    attempts = list(Attempt.objects.filter(round=round, entry=entry).order_by("number"))
    attempts = [close_if_overdue(attempt, at=at) for attempt in attempts]
    barred = barred_reason(entry.user_id, round.contest)
    admission = admit(entry, round, attempts, barred=barred, at=at)
    if admission.attempt is not None:
        return admission.attempt
    if admission.door is not Door.OPEN:
        raise refusal(admission)
    try:
        return _insert_attempt(entry, round, attempts, at=at)
    except IntegrityError:
        # Another request was first: the two unique constraints let one of them through.
        twin = Attempt.objects.filter(
            round=round, entry=entry, state=AttemptState.IN_PROGRESS
        ).first()
        if twin is None:
            raise Conflict(_("Lượt thi vừa thay đổi. Hãy tải lại trang.")) from None
        return twin


def _insert_attempt(
    entry: Entry, round: Round, earlier: Sequence[Attempt], *, at: datetime
) -> Attempt:
    prepared = prepare_paper(round)
    deadline_at = attempt_deadline(
        opened_at=at,
        duration_seconds=round.duration_seconds,
        extra_seconds=entry.extra_seconds,
        round_closes_at=round.closes_at,
    )
    with transaction.atomic():
        _hold_open_round(round, at=at)
        taken = [attempt.paper_id for attempt in earlier]
        return Attempt.objects.create(
            round=round,
            entry=entry,
            number=len(earlier) + 1,
            paper_id=paper_for_attempt(round, prepared, taken=taken),
            started_at=at,
            deadline_at=deadline_at,
            accepts_until=deadline_at + timedelta(seconds=round.grace_seconds),
            extra_seconds=entry.extra_seconds,
        )


def _hold_open_round(round: Round, *, at: datetime) -> None:
    """Keep an organiser from closing the round between our check and our insert: closing takes the
    row with SELECT … FOR UPDATE. Django has no FOR KEY SHARE of its own; starts do not wait for
    each other with it. On SQLite the transaction itself is the lock.

    A round made ready anew meanwhile has another pool than the paper was drawn from."""
    query = (
        "SELECT 1 FROM quizzes_round WHERE id = %s AND state = 'ready' AND closes_at > %s"
        " AND ready_at IS NOT DISTINCT FROM %s"
    )
    moments = [connection.ops.adapt_datetimefield_value(item) for item in (at, round.ready_at)]
    if connection.vendor == "postgresql":
        query += " FOR KEY SHARE"
    with connection.cursor() as cursor:
        cursor.execute(query, [round.pk, *moments])
        if cursor.fetchone() is None:
            raise Conflict(_("Vòng thi vừa đóng nên không bắt đầu lượt mới được nữa."))


def hand_in(attempt: Attempt, *, at: datetime, prediction: int | None = None) -> Attempt:
    """Finish and score; a second call returns what the first one did, prediction included.

    After the deadline, within the technical grace, the attempt has run out of time but its
    prediction still counts; after the grace nothing more is taken. Raises InvalidPrediction.
    """
    _check_prediction(prediction)
    with transaction.atomic():
        held = _locked(Attempt.objects.filter(pk=attempt.pk)).get()
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
