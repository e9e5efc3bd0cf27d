"""Saving answers: the request that comes by the thousand (docs/decisions/0003, 0004).

One guarded statement stores any number of answers of one attempt. It writes nothing unless the
attempt is in progress and its time has not run out *at the moment of writing*, so a save and a
hand-in can never pass each other, and it never replaces a later choice by an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakSet

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from core.clock import moment_of
from core.errors import Conflict, DomainError
from quizzes.enums import AttemptState
from quizzes.models import Attempt, Response
from quizzes.pools import sheet_of_attempt

# Far above any paper (a blueprint cell has at most 200 questions), far below any limit of SQL.
MAX_ANSWERS_PER_SAVE = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """``choice`` has the shape of the question's kind; ``sequence`` is decision 0004's number."""

    slot: int
    choice: Any
    sequence: int


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What the database holds for a slot now. ``is_mine`` is False when a later choice, made in
    another tab or on another device, was there already; then ``choice`` is that one."""

    slot: int
    choice: Any
    sequence: int
    received_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SaveReceipt:
    answers: tuple[StoredAnswer, ...]
    deadline_at: datetime


class InvalidAnswer(DomainError):
    """Not a slot of this paper, or not an option of that question. Nothing was stored."""


class AttemptOver(Conflict):
    """The attempt takes no more answers. ``code``: "finished", "deadline" or "missing"."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def to_sequence(at: datetime) -> int:
    """The server's own sequence number: its clock, in milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def save_answer(
    attempt_id: int, *, slot: int, choice: Any, sequence: int, at: datetime
) -> StoredAnswer:
    """Store one choice; see ``save_answers``."""
    return save_answers(attempt_id, [Answer(slot, choice, sequence)], at=at).answers[0]


def save_answers(attempt_id: int, answers: Sequence[Answer], *, at: datetime) -> SaveReceipt:
    """Store choices of one attempt in one statement, all or none; the same call twice is harmless.

    Raises InvalidAnswer (nothing stored) and AttemptOver (nothing stored). A choice older than
    the stored one is not an error: the receipt carries the stored one.
    """
    cleaned = _clean(attempt_id, answers, now=to_sequence(at))
    rows = _upsert(attempt_id, cleaned, at=at)
    stored = {
        slot: StoredAnswer(
            slot, cleaned[slot].choice, sequence, moment_of(received_at), is_mine=True
        )
        for slot, sequence, received_at, _deadline in rows
    }
    if len(stored) == len(cleaned):
        return SaveReceipt(tuple(stored.values()), moment_of(rows[0][3]))
    return _explain(attempt_id, cleaned, stored, at=at)


def _clean(attempt_id: int, answers: Sequence[Answer], *, now: int) -> dict[int, Answer]:
    """By slot, the latest answer of each, checked against the paper.

    A sequence from the future is one of a wrong clock: it counts as made now (decision 0004).
    """
    if not 0 < len(answers) <= MAX_ANSWERS_PER_SAVE:
        raise InvalidAnswer(_("Mỗi lần lưu cần từ 1 đến %d câu trả lời.") % MAX_ANSWERS_PER_SAVE)
    try:
        sheet = sheet_of_attempt(attempt_id)
    except IndexError:
        raise AttemptOver("missing", _("Không tìm thấy bài thi này.")) from None
    latest: dict[int, Answer] = {}
    for answer in answers:
        if not 0 <= answer.slot < len(sheet):
            raise InvalidAnswer(_("Đề thi không có câu này. Hãy tải lại trang."))
        if answer.sequence < 0:
            raise InvalidAnswer(_("Số thứ tự của câu trả lời không hợp lệ."))
        try:
            choice = sheet[answer.slot].clean(answer.choice)
        except ValueError:
            raise InvalidAnswer(
                _("Câu %d không có phương án này. Hãy tải lại trang.") % (answer.slot + 1)
            ) from None
        sequence = min(answer.sequence, now)
        before = latest.get(answer.slot)
        if before is None or sequence >= before.sequence:
            latest[answer.slot] = Answer(answer.slot, choice, sequence)
    return latest


# FOR KEY SHARE makes a save wait for a hand-in that holds the attempt (SELECT … FOR UPDATE), after
# which the row is read again; and makes the hand-in wait for saves under way. SQLite has one writer
# at a time, and every transaction that writes starts as one (settings). MATERIALIZED: the attempt
# is looked up by its key whatever the planner believes of the others that are in progress.
_UPSERT = """
WITH answer (slot, choice, sequence) AS (VALUES {rows}),
attempt AS MATERIALIZED (
    SELECT id, state, accepts_until, deadline_at FROM quizzes_attempt WHERE id = {attempt_id} {lock}
)
INSERT INTO quizzes_response (attempt_id, slot, choice, sequence, received_at)
SELECT attempt.id, answer.slot, answer.choice, answer.sequence, {at}
FROM attempt CROSS JOIN answer
WHERE attempt.state = 'in_progress' AND attempt.accepts_until >= {at}
ON CONFLICT (attempt_id, slot) DO UPDATE SET
    choice = excluded.choice,
    sequence = excluded.sequence,
    received_at = CASE
        WHEN excluded.sequence = quizzes_response.sequence
            AND excluded.choice = quizzes_response.choice
        THEN quizzes_response.received_at ELSE excluded.received_at END
WHERE excluded.sequence >= quizzes_response.sequence
RETURNING slot, sequence, received_at, (SELECT deadline_at FROM attempt)
"""
_KEY_SHARE = "FOR KEY SHARE"
# One answer, which is nearly every save: PostgreSQL plans it once a connection, not each time.
_PREPARE = "PREPARE save_answer (int, jsonb, bigint, bigint, timestamptz) AS " + _UPSERT.format(
    rows="($1, $2, $3)", attempt_id="$4", at="$5", lock=_KEY_SHARE
)
_EXECUTE = "EXECUTE save_answer (%s, %s, %s, %s, %s)"
_prepared: WeakSet[Any] = WeakSet()


def _upsert(attempt_id: int, answers: dict[int, Answer], *, at: datetime) -> list[tuple[Any, ...]]:
    # In the order of slots, so that two batches lock their rows in the same order.
    rows = [
        (slot, connection.ops.adapt_json_value(answers[slot].choice, None), answers[slot].sequence)
        for slot in sorted(answers)
    ]
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) == 1:
            if connection.connection not in _prepared:
                cursor.execute(_PREPARE)
                _prepared.add(connection.connection)
            cursor.execute(_EXECUTE, [*rows[0], attempt_id, moment])
        else:
            values = [value for row in rows for value in row]
            cursor.execute(_statement(len(rows)), [*values, attempt_id, moment, moment])
        return list(cursor.fetchall())


def _statement(count: int) -> str:
    row, at, lock = "(%s, %s, %s)", "%s", ""
    if connection.vendor == "postgresql":
        row, at, lock = "(%s::int, %s::jsonb, %s::bigint)", "%s::timestamptz", _KEY_SHARE
    rows = ", ".join([row] * count)
    return _UPSERT.format(rows=rows, attempt_id="%s", at=at, lock=lock)


def _explain(
    attempt_id: int, wanted: dict[int, Answer], stored: dict[int, StoredAnswer], *, at: datetime
) -> SaveReceipt:
    """Why a row did not come back: the attempt is over, or a later choice is there."""
    attempt = Attempt.objects.filter(pk=attempt_id).first()
    if attempt is None:
        raise AttemptOver("missing", _("Không tìm thấy bài thi này."))
    if not stored and attempt.state == AttemptState.FINISHED:
        raise AttemptOver(
            "finished",
            _("Bài thi đã kết thúc lúc %s nên câu trả lời này không được lưu.")
            % f"{timezone.localtime(attempt.finished_at):%H:%M:%S}",
        )
    if not stored and at > attempt.accepts_until:
        raise AttemptOver("deadline", _("Đã hết giờ làm bài nên câu trả lời này không được lưu."))
    missing = wanted.keys() - stored.keys()
    for response in Response.objects.filter(attempt_id=attempt_id, slot__in=missing):
        stored[response.slot] = StoredAnswer(
            response.slot,
            response.choice,
            response.sequence,
            response.received_at,
            is_mine=response.sequence == wanted[response.slot].sequence
            and response.choice == wanted[response.slot].choice,
        )
    return SaveReceipt(tuple(stored.values()), attempt.deadline_at)
