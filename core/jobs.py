"""Background jobs: start one, run one, report its progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import structlog
from celery import Task
from django.db import transaction
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from core.clock import read_clock
from core.errors import DomainError
from core.models import Job

log = structlog.get_logger(__name__)

# Progress is for eyes: more than one write a second is waste.
_PROGRESS_SECONDS = 0.5


def start_job(
    task: Task,
    *,
    kind: str,
    by: Any,
    at: datetime,
    parameters: dict[str, Any],
    total_count: int = 0,
) -> Job:
    """Create the job and send ``task(job_id)`` to the queue once the transaction is committed.

    When the queue cannot be reached the job is marked failed with a sentence that says so.
    """
    job = Job.objects.create(
        kind=kind, created_by=by, created_at=at, parameters=parameters, total_count=total_count
    )
    transaction.on_commit(lambda: _send(task, job))
    return job


def _send(task: Task, job: Job) -> None:
    try:
        task.delay(job.pk)
    except (OperationalError, OSError):
        log.exception("queue_unreachable", job=job.pk, kind=job.kind)
        Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
            state=Job.State.FAILED,
            finished_at=read_clock(),
            message=_("Hàng đợi tác vụ chưa hoạt động. Hãy thử lại sau ít phút."),
        )


Progress = Callable[[int, int], None]


@contextmanager
def running(job_id: int) -> Iterator[tuple[Job, Progress] | None]:
    """Claim the job, yield it with ``progress(done, total)``; mark it done or failed at the end.

    Yields None when another worker has claimed or finished it (a message may come twice). A job
    left running by a killed worker is claimed again, so the work itself must be repeatable.
    """
    now = read_clock()
    claimed = Job.objects.filter(
        pk=job_id, state__in=[Job.State.WAITING, Job.State.RUNNING]
    ).update(state=Job.State.RUNNING, started_at=now)
    if not claimed:
        yield None
        return
    job = Job.objects.get(pk=job_id)
    last_written = now

    def progress(done_count: int, total_count: int) -> None:
        nonlocal last_written
        tick = read_clock()
        if done_count < total_count and (tick - last_written).total_seconds() < _PROGRESS_SECONDS:
            return
        last_written = tick
        Job.objects.filter(pk=job_id).update(done_count=done_count, total_count=total_count)

    try:
        yield job, progress
    except DomainError as error:
        _finish(job, Job.State.FAILED, str(error))
    except Exception:
        log.exception("job_failed", job=job_id, kind=job.kind)
        _finish(
            job, Job.State.FAILED, _("Có lỗi ngoài dự kiến. Quản trị viên xem nhật ký máy chủ.")
        )
        raise
    else:
        _finish(job, Job.State.DONE, job.message)


def _finish(job: Job, state: str, message: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, message=message[:300], finished_at=read_clock(), result=job.result
    )
