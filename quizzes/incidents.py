"""What goes wrong in a round and what the organisers decide: time added, a paper reopened, a
question struck out. Each decision needs a reason and is in the audit log."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record, required_reason
from core.errors import Conflict
from people.models import User
from quizzes.consequences import recompute_published
from quizzes.enums import AttemptState, ContestAct, RoundState
from quizzes.models import Attempt, Round, RoundQuestion
from quizzes.rounds import RoundError, lock_round, record_round

MAX_ADDED_SECONDS = 4 * 60 * 60


def extend_attempt(
    attempt: Attempt, *, seconds: int, reason: str, by: User, at: datetime
) -> Attempt:
    """Add time to a paper under way; it may pass the round's closing time."""
    reason = required_reason(reason)
    _check_added(seconds)
    with transaction.atomic():
        attempt = _locked_attempt(attempt, lock_round(attempt.round))
        if attempt.state != AttemptState.IN_PROGRESS or attempt.accepts_until < at:
            raise Conflict(_("Lượt thi này đã kết thúc. Hãy mở lại thay vì cộng thời gian."))
        before = attempt.deadline_at
        _move_deadline(attempt, before + timedelta(seconds=seconds))
        attempt.extra_seconds += seconds
        attempt.save(update_fields=["deadline_at", "accepts_until", "extra_seconds"])
        _record_attempt(
            ContestAct.ATTEMPT_EXTENDED,
            attempt,
            by,
            at,
            f"cộng {seconds // 60} phút {seconds % 60} giây",
            reason,
            data={"before": before.isoformat(), "after": attempt.deadline_at.isoformat()},
        )
    return attempt


def reopen_attempt(
    attempt: Attempt, *, seconds: int, reason: str, by: User, at: datetime
) -> Attempt:
    """Let the person go on with a finished paper for ``seconds`` from now.

    The time between finishing and reopening does not count as time spent. Allowed until the
    round is published; a computed result is then out of date and must be computed again.
    """
    reason = required_reason(reason)
    _check_added(seconds)
    with transaction.atomic():
        attempt = _locked_attempt(attempt, lock_round(attempt.round))
        if attempt.round.state not in {RoundState.READY, RoundState.CLOSED}:
            raise Conflict(_("Kết quả đã công bố. Hãy thu hồi công bố trước khi mở lại lượt thi."))
        if attempt.state != AttemptState.FINISHED or attempt.finished_at is None:
            raise Conflict(_("Lượt thi này đang làm bài, không cần mở lại."))
        if attempt.round.attempts.filter(
            entry_id=attempt.entry_id, state=AttemptState.IN_PROGRESS
        ).exists():
            raise Conflict(_("Thí sinh đang làm một lượt thi khác của vòng này."))
        data = {
            "finished_at": attempt.finished_at.isoformat(),
            "finish_kind": attempt.finish_kind,
            "elapsed_ms": attempt.elapsed_ms,
            "seconds": seconds,
        }
        pause = max(timedelta(0), at - min(attempt.finished_at, attempt.deadline_at))
        attempt.paused_ms += pause // timedelta(milliseconds=1)
        attempt.state, attempt.finish_kind = AttemptState.IN_PROGRESS, ""
        attempt.finished_at = attempt.elapsed_ms = attempt.scored_at = None
        attempt.centipoints = attempt.correct_count = attempt.answered_count = None
        _move_deadline(attempt, at + timedelta(seconds=seconds))
        attempt.save()
        act = f"mở lại lượt thi trong {seconds // 60} phút"
        _record_attempt(ContestAct.ATTEMPT_REOPENED, attempt, by, at, act, reason, data=data)
    return attempt


def strike_out(question: RoundQuestion, *, reason: str, by: User, at: datetime) -> RoundQuestion:
    """An accepted complaint: everyone who drew the question gets its points, at once when the
    round is published, else at the next computation. The same version in other cells of the round
    goes with it."""
    return _set_struck_out(question, at, required_reason(reason), by, at)


def undo_strike(question: RoundQuestion, *, reason: str, by: User, at: datetime) -> RoundQuestion:
    return _set_struck_out(question, None, required_reason(reason), by, at)


def _set_struck_out(
    question: RoundQuestion, value: datetime | None, reason: str, by: User, at: datetime
) -> RoundQuestion:
    with transaction.atomic():
        quiz_round = lock_round(question.round)
        changed = quiz_round.pool.filter(
            version=question.version_id, struck_out_at__isnull=value is not None
        ).update(struck_out_at=value)
        question.refresh_from_db()
        if changed:
            action = ContestAct.STRUCK_OUT if value else ContestAct.STRIKE_UNDONE
            act = "hủy" if value else "bỏ hủy"
            act = f"{act} câu hỏi #{question.version.question_id}"
            data = {"version": question.version_id}
            record_round(action, quiz_round, by, at, act, reason, data=data)
            recompute_published([quiz_round], reason=reason, by=by, at=at)
    return question


def _move_deadline(attempt: Attempt, deadline: datetime) -> None:
    attempt.deadline_at = deadline
    attempt.accepts_until = deadline + timedelta(seconds=attempt.round.grace_seconds)


def _locked_attempt(attempt: Attempt, locked_round: Round) -> Attempt:
    """The round comes first, as when it is closed, published or extended: none of them can read
    the papers of the round while one is being changed here."""
    locked = (
        Attempt.objects.select_for_update(of=("self",)).select_related("entry").get(pk=attempt.pk)
    )
    locked.round = locked_round
    return locked


def _check_added(seconds: int) -> None:
    if not 1 <= seconds <= MAX_ADDED_SECONDS:
        raise RoundError(_("Thời gian cộng thêm từ 1 giây đến 240 phút."))


def _record_attempt(
    action: str,
    attempt: Attempt,
    by: User,
    at: datetime,
    act: str,
    reason: str,
    *,
    data: dict[str, Any],
) -> None:
    record(
        action,
        attempt,
        by=by,
        at=at,
        contest_id=attempt.round.contest_id,
        summary=f"{attempt.entry.full_name}, {attempt.round.name}, lượt {attempt.number}: {act}",
        reason=reason,
        data=data,
    )
