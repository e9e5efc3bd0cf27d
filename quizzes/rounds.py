"""The life of a round: draft → ready → closed → published.

Each step locks the round, checks again, writes and records in one transaction.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record, required_reason
from core.bulk import update_rows
from core.errors import Conflict, DomainError
from people.models import User
from quizzes import (
    attempts,
    clock,
    constraints,
    flagging,
    handing_out,
    readiness,
    result_facts,
    results,
)
from quizzes.enums import AttemptState, ContestAct, RoundState
from quizzes.holding import hold_what_is_drawn_from
from quizzes.models import Attempt, QuestionVersion, ResultRun, Round, RoundQuestion
from quizzes.signals import results_published

BATCH_SIZE = 1000


class RoundError(DomainError):
    """A refused step of a round."""


def make_ready(quiz_round: Round, *, by: User | None, at: datetime) -> Round:
    """Check everything, freeze the pool and let the round open at its time.

    From here the pool holds the current versions of approved questions, each marked as drawn: it
    can no longer change. Questions whose law has changed by ``at`` are flagged first, and stay
    flagged: they are not drawn. What is edited, retired, imported or undone at the same moment
    waits until the pool is frozen, or was there before it. Raises RoundError with every line of the
    checklist that is not done.
    """
    flagging.recheck_flags(at=at)
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        if quiz_round.state == RoundState.READY:
            return quiz_round
        _expect(quiz_round, RoundState.DRAFT)
        hold_what_is_drawn_from(quiz_round)
        problems = [check.problem for check in readiness.checklist(quiz_round, at) if check.problem]
        if problems:
            raise RoundError(" ".join(problems))
        pool = _freeze_pool(quiz_round, at)
        quiz_round.state, quiz_round.ready_at = RoundState.READY, at
        quiz_round.save(update_fields=["state", "ready_at"])
        papers = handing_out.freeze_papers(quiz_round)
        record_round(
            ContestAct.ROUND_READY,
            quiz_round,
            by,
            at,
            f"sẵn sàng với {pool} câu hỏi" + (f", {len(papers)} mã đề" if papers else ""),
            data={"pool_size": pool} | ({"papers": len(papers)} if papers else {}),
        )
    return quiz_round


def _freeze_pool(quiz_round: Round, at: datetime) -> int:
    chosen = constraints.read_constraints(quiz_round)
    pool = [
        RoundQuestion(
            round=quiz_round,
            cell=cell,
            version_id=version_id,
            is_required=version_id in chosen.constraints.required,
            apart_group=chosen.group_of(version_id),
        )
        for cell, version_ids in readiness.candidates(quiz_round.cells.all()).items()
        for version_id in version_ids
    ]
    RoundQuestion.objects.bulk_create(pool, batch_size=BATCH_SIZE)
    QuestionVersion.objects.filter(
        pk__in=RoundQuestion.objects.filter(round=quiz_round).values("version"), drawn_at=None
    ).update(drawn_at=at)
    return len(pool)


def back_to_draft(quiz_round: Round, *, reason: str, by: User, at: datetime) -> Round:
    """Give up the frozen pool, as long as nobody has drawn a paper from it."""
    reason = required_reason(reason)
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        if quiz_round.state == RoundState.DRAFT:
            return quiz_round
        _expect(quiz_round, RoundState.READY)
        if quiz_round.attempts.exists():
            raise Conflict(_("Đã có người vào thi nên không đưa vòng thi về chuẩn bị được nữa."))
        quiz_round.papers.all().delete()
        quiz_round.pool.all().delete()
        quiz_round.state, quiz_round.ready_at = RoundState.DRAFT, None
        quiz_round.save(update_fields=["state", "ready_at"])
        record_round(ContestAct.ROUND_DRAFT, quiz_round, by, at, "đưa về chuẩn bị", reason)
    return quiz_round


def extend_round(
    quiz_round: Round, *, closes_at: datetime, reason: str, by: User, at: datetime
) -> Round:
    """Close later. Papers under way that the old closing time had cut short get that time back."""
    reason = required_reason(reason)
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        _expect(quiz_round, RoundState.READY)
        before = quiz_round.closes_at
        if closes_at <= before or closes_at <= at:
            raise RoundError(_("Thời gian đóng mới phải muộn hơn thời gian đóng cũ và hiện tại."))
        quiz_round.closes_at = closes_at
        quiz_round.save(update_fields=["closes_at"])
        _lengthen_cut_papers(quiz_round, before, at)
        record_round(
            ContestAct.ROUND_EXTENDED,
            quiz_round,
            by,
            at,
            "gia hạn thời gian đóng",
            reason,
            data={"before": before.isoformat(), "after": closes_at.isoformat()},
        )
    return quiz_round


def _lengthen_cut_papers(quiz_round: Round, old_close: datetime, at: datetime) -> None:
    rows = []
    grace = timedelta(seconds=quiz_round.grace_seconds)
    running = quiz_round.attempts.filter(
        state=AttemptState.IN_PROGRESS, accepts_until__gte=at, deadline_at__gte=old_close
    )
    for attempt in running:
        deadline = clock.attempt_deadline(
            opened_at=attempt.started_at,
            duration_seconds=quiz_round.duration_seconds,
            extra_seconds=attempt.extra_seconds,
            round_closes_at=quiz_round.closes_at,
        ) + timedelta(milliseconds=attempt.paused_ms)
        if deadline > attempt.deadline_at:
            rows.append((attempt.pk, deadline, deadline + grace))
    update_rows(Attempt, ["deadline_at", "accepts_until"], rows)


def close_round(quiz_round: Round, *, by: User | None, at: datetime, reason: str = "") -> ResultRun:
    """Finish what is still open with what was saved, then score and rank. Safe to repeat.

    Before the closing time, or while someone still has time left, it needs a reason. Raises
    RoundError otherwise, and Conflict for a round that is not open or is already published.
    """
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        if quiz_round.state not in {RoundState.READY, RoundState.CLOSED}:
            _expect(quiz_round, RoundState.READY)
        if quiz_round.state == RoundState.READY:
            has_time = quiz_round.attempts.filter(
                state=AttemptState.IN_PROGRESS, accepts_until__gte=at
            ).exists()
            if (at < quiz_round.closes_at or has_time) and not reason.strip():
                raise RoundError(_("Vòng thi chưa hết giờ. Muốn đóng ngay, hãy ghi lý do."))
            quiz_round.state, quiz_round.closed_at = RoundState.CLOSED, at
            quiz_round.save(update_fields=["state", "closed_at"])
            finished = attempts.close_attempts_of_round(quiz_round, at=at)
            record_round(
                ContestAct.ROUND_CLOSED,
                quiz_round,
                by,
                at,
                f"đóng, {finished} lượt thi được nộp tự động",
                reason.strip(),
                data={"finished_count": finished},
            )
        else:
            attempts.close_overdue_attempts(at=at, round_id=quiz_round.pk)
    return results.compute_results(quiz_round, by=by, at=at, reason=reason.strip())


def publish_round(quiz_round: Round, *, by: User, at: datetime) -> ResultRun:
    """Show the standings to everyone. Needs a result that is not older than its facts."""
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        run = results.current_run(quiz_round)
        if quiz_round.state == RoundState.PUBLISHED and run is not None:
            return run
        _expect(quiz_round, RoundState.CLOSED)
        if run is None or results.is_stale(quiz_round, run):
            raise Conflict(
                _("Có thay đổi sau lần tính gần nhất. Hãy tính lại kết quả rồi công bố.")
            )
        if quiz_round.attempts.filter(state=AttemptState.IN_PROGRESS).exists():
            raise Conflict(_("Còn lượt thi đang làm bài. Hãy chờ kết thúc rồi tính lại kết quả."))
        waiting = result_facts.unmarked_essay_count(quiz_round)
        if waiting:
            raise Conflict(
                _(
                    "Còn %(count)d bài tự luận chưa chấm. Hãy chấm hết ở trang “Chấm tự luận”, "
                    "tính lại kết quả rồi công bố."
                )
                % {"count": waiting}
            )
        quiz_round.state, quiz_round.published_at = RoundState.PUBLISHED, at
        quiz_round.save(update_fields=["state", "published_at"])
        record_round(
            ContestAct.ROUND_PUBLISHED,
            quiz_round,
            by,
            at,
            f"công bố kết quả của {run.person_count} người",
            data={"run": run.number},
        )
        transaction.on_commit(
            lambda: results_published.send_robust(Round, quiz_round=quiz_round, run=run, at=at)
        )
    return run


def unpublish_round(quiz_round: Round, *, reason: str, by: User, at: datetime) -> Round:
    """Take the standings off the public pages; the log keeps when they were on and why."""
    reason = required_reason(reason)
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        if quiz_round.state == RoundState.CLOSED:
            return quiz_round
        _expect(quiz_round, RoundState.PUBLISHED)
        published_at = quiz_round.published_at
        quiz_round.state, quiz_round.published_at = RoundState.CLOSED, None
        quiz_round.save(update_fields=["state", "published_at"])
        record_round(
            ContestAct.ROUND_UNPUBLISHED,
            quiz_round,
            by,
            at,
            "thu hồi công bố kết quả",
            reason,
            data={"published_at": published_at.isoformat() if published_at else None},
        )
    return quiz_round


def lock_round(quiz_round: Round) -> Round:
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("contest")
        .get(pk=quiz_round.pk)
    )


def _expect(quiz_round: Round, state: RoundState) -> None:
    if quiz_round.state != state:
        raise Conflict(
            _("Vòng thi đang ở tình trạng “%(state)s” nên không làm việc này được.")
            % {"state": RoundState(quiz_round.state).label}
        )


def record_round(
    action: str,
    quiz_round: Round,
    by: User | None,
    at: datetime,
    act: str,
    reason: str = "",
    *,
    data: dict[str, Any] | None = None,
) -> None:
    record(
        action,
        quiz_round,
        by=by,
        at=at,
        contest_id=quiz_round.contest_id,
        summary=f"{quiz_round.name}: {act}",
        reason=reason,
        data=data,
    )
