"""How an attempt begins: its paper is drawn or given out, its time runs. `attempts.py` ends it."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from core.clock import moment_of
from core.errors import Conflict
from quizzes.admission import Door, admit, barred_reason, is_bystander, refusal
from quizzes.attempts import close_if_overdue
from quizzes.clock import attempt_deadline
from quizzes.enums import AttemptState
from quizzes.handing_out import paper_for_attempt, prepare_paper, taking_a_code
from quizzes.models import Attempt, Entry, Paper, Round


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
        had = [attempt.paper_id for attempt in attempts]
        return _insert_attempt(entry, round, number=len(attempts) + 1, had=had, at=at)
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
    round.shuffle_questions, round.shuffle_options, round.paper_source,
    entry.id, entry.extra_seconds
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
        "paper_source",
    )
    round = Round(pk=round_id, **dict(zip(names, rules, strict=True)))
    entry = Entry(pk=entry_id, extra_seconds=extra_seconds)
    try:
        return _insert_attempt(entry, round, number=1, at=at).pk
    except (IntegrityError, Conflict):
        return None


def _insert_attempt(
    entry: Entry, round: Round, *, number: int, at: datetime, had: Sequence[int] = ()
) -> Attempt:
    """``had``: the papers that the person was given before."""
    paper = prepare_paper(round)
    deadline_at = attempt_deadline(
        opened_at=at,
        duration_seconds=round.duration_seconds,
        extra_seconds=entry.extra_seconds,
        round_closes_at=round.closes_at,
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
    return _write(attempt, paper, round, had, at=at)


# Keeps an organiser from closing the round between our check and our insert: closing takes the row
# with SELECT … FOR UPDATE. Starts do not wait for each other with FOR KEY SHARE, which Django has
# not. On SQLite the transaction itself is the lock. A round made ready anew meanwhile has another
# pool than the paper was drawn from.
_OPEN_ROUND = (
    "SELECT id FROM quizzes_round WHERE id = %s AND state = 'ready' AND closes_at > %s"
    " AND ready_at IS NOT DISTINCT FROM %s"
)


def _write(
    attempt: Attempt, paper: Paper | None, round: Round, had: Sequence[int], *, at: datetime
) -> Attempt:
    """Insert the attempt and its paper, or take one with a code, while the round is open. Raises
    Conflict, IntegrityError."""
    moments = [connection.ops.adapt_datetimefield_value(item) for item in (at, round.ready_at)]
    if connection.vendor == "postgresql":
        # a savepoint, where a transaction is under way
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            _write_at_once(attempt, paper, [round.pk, *moments], had)
        return attempt
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_OPEN_ROUND, [round.pk, *moments])
        if cursor.fetchone() is None:
            raise _closed()
        attempt.paper_id = paper_for_attempt(round, paper, had=had)
        attempt.save(force_insert=True)
    return attempt


_AT_ONCE = """
WITH open AS ({open_round} FOR KEY SHARE),
paper AS ({paper})
INSERT INTO quizzes_attempt ({columns}, paper_id) SELECT {values}, paper.id FROM paper
RETURNING id, paper_id
"""


def _write_at_once(
    attempt: Attempt, paper: Paper | None, open_round: list[Any], had: Sequence[int]
) -> None:
    """The transaction in one statement: a start waits for the database twice, not seven times."""
    if paper is None:
        taking, given = taking_a_code(attempt.round_id, had, while_in="open")
    else:
        paper_columns, given = _row_of(paper)
        marks = ", ".join(["%s"] * len(given))
        taking = (
            f"INSERT INTO quizzes_paper ({', '.join(paper_columns)})"  # noqa: S608 - columns
            f" SELECT {marks} FROM open RETURNING id"
        )
    columns, values = _row_of(attempt, leave_out="paper_id")
    statement = _AT_ONCE.format(
        open_round=_OPEN_ROUND,
        paper=taking,
        columns=", ".join(columns),
        values=", ".join(["%s"] * len(values)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*open_round, *given, *values])
        row = cursor.fetchone()
    if row is None:
        raise _closed()
    attempt.pk, attempt.paper_id = row
    attempt._state.adding, attempt._state.db = False, connection.alias


def _row_of(row: Attempt | Paper, *, leave_out: str = "") -> tuple[list[str], list[Any]]:
    columns, values = [], []
    for field in row._meta.local_concrete_fields:
        if not field.primary_key and field.attname != leave_out:
            columns.append(str(field.column))
            values.append(field.get_db_prep_save(getattr(row, field.attname), connection))
    return columns, values


def _closed() -> Conflict:
    return Conflict(_("Vòng thi vừa đóng nên không bắt đầu lượt mới được nữa."))
