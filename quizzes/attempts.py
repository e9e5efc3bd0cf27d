"""The life of an attempt: started, handed in or run out of time, once and for all.

Every end of an attempt goes through ``_finish``: the row is locked, read again, finished, marked
and written in one short transaction. Repeating a call changes nothing.
"""

import json
import secrets
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.clock import moment_of
from core.errors import Conflict, DomainError
from quizzes.admission import Door, admit, barred_reason, is_bystander, refusal
from quizzes.clock import attempt_deadline, elapsed_ms
from quizzes.drawing import draw_paper
from quizzes.enums import AttemptState, FinishKind
from quizzes.marking import SCORE_FIELDS, mark_attempts
from quizzes.models import Attempt, Entry, Paper, Round
from quizzes.pools import pool_of

_FINISH_FIELDS = ("state", "finished_at", "finish_kind", "elapsed_ms", "prediction", *SCORE_FIELDS)
_CLOSED_PER_TRANSACTION = 100
MAX_PREDICTION = 1_000_000_000


class InvalidPrediction(DomainError):
    """The prediction is not a whole number that can be compared with a count."""


def start_attempt(entry: Entry, round: Round, *, at: datetime) -> Attempt:
    """Draw a paper and begin; an attempt in progress is continued, so a second click or device
    gets the same one. Raises NotAllowed or Conflict with the reason for the person.

    A constant number of statements whatever the length of the paper, one more in a cold process.
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
        return _insert_attempt(entry, round, number=len(attempts) + 1, at=at)
    except IntegrityError:
        # Another request was first: the two unique constraints let one of them through.
        twin = Attempt.objects.filter(
            round=round, entry=entry, state=AttemptState.IN_PROGRESS
        ).first()
        if twin is None:
            raise Conflict(_("Lượt thi vừa thay đổi. Hãy tải lại trang.")) from None
        return twin


# One who is on the list, may enter and has not begun, before an open door: nearly every start.
_PLAIN_CASE = """
SELECT round.ready_at, round.closes_at, round.duration_seconds, round.grace_seconds,
    round.shuffle_questions, round.shuffle_options, entry.id, entry.extra_seconds
FROM quizzes_round AS round
JOIN quizzes_entry AS entry ON entry.contest_id = round.contest_id
JOIN people_user AS person ON person.id = entry.user_id
WHERE round.id = %s AND person.id = %s
    AND round.state = 'ready' AND round.opens_at <= {at} AND round.closes_at > {at}
    AND NOT entry.is_exempt AND entry.invalid_at IS NULL AND {bystander}
    AND NOT EXISTS (
        SELECT 1 FROM quizzes_attempt AS earlier
        WHERE earlier.round_id = round.id AND earlier.entry_id = entry.id
    )
"""


def start_first_attempt(user_id: int, round_id: int, *, at: datetime) -> int | None:
    """What ``start_attempt`` does, for the plain case, without loading a round, an entry and a
    person: the id of the attempt. None, and nothing done, when the case is another or a second
    click was first: ``start_attempt`` then decides and says why.
    """
    marker = "%s::timestamptz" if connection.vendor == "postgresql" else "%s"
    statement = _PLAIN_CASE.format(at=marker, bystander=is_bystander())
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(statement, [round_id, user_id, moment, moment])
        row = cursor.fetchone()
    if row is None:
        return None
    *rules, entry_id, extra_seconds = row
    rules[:2] = map(moment_of, rules[:2])
    names = (
        "ready_at",
        "closes_at",
        "duration_seconds",
        "grace_seconds",
        "shuffle_questions",
        "shuffle_options",
    )
    round = Round(pk=round_id, **dict(zip(names, rules, strict=True)))
    entry = Entry(pk=entry_id, extra_seconds=extra_seconds)
    try:
        return _insert_attempt(entry, round, number=1, at=at).pk
    except (IntegrityError, Conflict):
        return None


def _insert_attempt(entry: Entry, round: Round, *, number: int, at: datetime) -> Attempt:
    pool = pool_of(round)
    seed = secrets.randbits(63)
    slots = draw_paper(
        pool.cells,
        seed=seed,
        shuffle_questions=round.shuffle_questions,
        shuffle_options=round.shuffle_options,
    )
    deadline_at = attempt_deadline(
        opened_at=at,
        duration_seconds=round.duration_seconds,
        extra_seconds=entry.extra_seconds,
        round_closes_at=round.closes_at,
    )
    paper = Paper(
        round=round,
        seed=seed,
        slots=[
            {
                "version": slot.version_id,
                "centipoints": slot.centipoints,
                "options": list(slot.option_order),
            }
            for slot in slots
        ],
    )
    attempt = Attempt(
        round=round,
        entry=entry,
        number=number,
        started_at=at,
        deadline_at=deadline_at,
        accepts_until=deadline_at + timedelta(seconds=round.grace_seconds),
        extra_seconds=entry.extra_seconds,
    )
    return _write(attempt, paper, round, at=at)


# Keeps an organiser from closing the round between our check and our insert: closing takes the row
# with SELECT … FOR UPDATE. Starts do not wait for each other with FOR KEY SHARE, which Django has
# not. On SQLite the transaction itself is the lock. A round made ready anew meanwhile has another
# pool than the paper was drawn from.
_OPEN_ROUND = (
    "SELECT id FROM quizzes_round WHERE id = %s AND state = 'ready' AND closes_at > %s"
    " AND ready_at IS NOT DISTINCT FROM %s"
)


def _write(attempt: Attempt, paper: Paper, round: Round, *, at: datetime) -> Attempt:
    """Insert both while the round is open. Raises Conflict, IntegrityError."""
    moments = [connection.ops.adapt_datetimefield_value(item) for item in (at, round.ready_at)]
    if connection.vendor == "postgresql":
        # a savepoint, where a transaction is under way
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            _write_at_once(attempt, paper, [round.pk, *moments])
        return attempt
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_OPEN_ROUND, [round.pk, *moments])
        if cursor.fetchone() is None:
            raise _closed()
        paper.save(force_insert=True)
        attempt.paper = paper
        attempt.save(force_insert=True)
    return attempt


_AT_ONCE = """
WITH open AS ({open_round} FOR KEY SHARE),
paper AS (
    INSERT INTO quizzes_paper ({paper_columns}) SELECT {paper_values} FROM open RETURNING id
)
INSERT INTO quizzes_attempt ({columns}, paper_id) SELECT {values}, paper.id FROM paper
RETURNING id, paper_id
"""


def _write_at_once(attempt: Attempt, paper: Paper, open_round: list[Any]) -> None:
    """The transaction in one statement: a start waits for the database twice, not seven times."""
    paper_columns, paper_values = _row_of(paper)
    columns, values = _row_of(attempt, leave_out="paper_id")
    statement = _AT_ONCE.format(
        open_round=_OPEN_ROUND,
        paper_columns=", ".join(paper_columns),
        paper_values=", ".join(["%s"] * len(paper_values)),
        columns=", ".join(columns),
        values=", ".join(["%s"] * len(values)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*open_round, *paper_values, *values])
        row = cursor.fetchone()
    if row is None:
        raise _closed()
    attempt.pk, paper.pk = row
    attempt.paper = paper
    for written in (attempt, paper):
        written._state.adding = False
        written._state.db = connection.alias


def _row_of(row: Attempt | Paper, *, leave_out: str = "") -> tuple[list[str], list[Any]]:
    columns, values = [], []
    for field in row._meta.local_concrete_fields:
        if not field.primary_key and field.attname != leave_out:
            columns.append(str(field.column))
            values.append(field.get_db_prep_save(getattr(row, field.attname), connection))
    return columns, values


def _closed() -> Conflict:
    return Conflict(_("Vòng thi vừa đóng nên không bắt đầu lượt mới được nữa."))


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
