"""Background jobs: start one, run one, report its progress, take it up again after a crash.

A worker that is killed cannot say so. While a job runs its worker therefore signs it every
HEARTBEAT; a running job without a fresh signature is interrupted, and whoever looks at it next
notes that. The work itself is repeatable, so going on is running it again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from celery import Task, current_app
from django.db import DatabaseError, connections, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from core.clock import read_clock
from core.errors import Conflict, DomainError
from core.models import Job

log = structlog.get_logger(__name__)

# Progress is for eyes: more than one write a second is waste.
_PROGRESS_SECONDS = 0.5
HEARTBEAT = timedelta(seconds=10)
# A heartbeat may wait half a minute for another's long transaction on SQLite.
LEASE = timedelta(seconds=90)
# A job that nobody has begun after this long: the worker is down or busy, and the page says so.
PATIENCE = timedelta(seconds=20)


class Progress(Protocol):
    """``progress(done, total)``; ``stage`` says in words what is being done now."""

    def __call__(self, done_count: int, total_count: int, /, stage: str = "") -> None: ...


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
        kind=kind,
        task=task.name,
        created_by=by,
        created_at=at,
        sent_at=at,
        parameters=parameters,
        total_count=total_count,
    )
    transaction.on_commit(lambda: _send(task, job))
    return job


def look_after(job: Job, *, at: datetime) -> Job:
    """The same job with what can be known of its worker: ``state`` interrupted when it was lost,
    ``is_unattended`` when nobody has begun in a while."""
    if Job.objects.filter(_lost(at), pk=job.pk, state=Job.State.RUNNING).update(
        state=Job.State.INTERRUPTED
    ):
        log.warning("job_interrupted", job=job.pk, kind=job.kind)
        job.state = Job.State.INTERRUPTED
    job.is_unattended = (
        job.state == Job.State.WAITING and (job.sent_at or job.created_at) < at - PATIENCE
    )
    return job


def resume_job(job: Job, *, at: datetime) -> None:
    """Send an interrupted, failed or never begun job to the queue again. Raises Conflict."""
    look_after(job, at=at)
    waits_in_vain = Q(state=Job.State.WAITING, sent_at__lt=at - PATIENCE)
    resumed = Job.objects.filter(
        Q(state__in=[Job.State.INTERRUPTED, Job.State.FAILED]) | waits_in_vain, pk=job.pk
    ).update(state=Job.State.WAITING, sent_at=at, finished_at=None, message="")
    if not resumed or not job.task:
        raise Conflict(_("Việc này đang chạy hoặc đã xong nên không cần chạy lại."))
    transaction.on_commit(lambda: _send(_task_named(job.task), job))


def _task_named(name: str) -> Task:
    current_app.loader.import_default_modules()  # the web process knows only what it has imported
    return current_app.tasks[name]


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


def _lost(at: datetime) -> Q:
    return Q(heartbeat_at__lt=at - LEASE) | Q(heartbeat_at__isnull=True)


@contextmanager
def running(job_id: int) -> Iterator[tuple[Job, Progress] | None]:
    """Claim the job, yield it with ``progress(done, total)``; mark it done or failed at the end.

    Yields None when another worker has claimed or finished it (a message may come twice). A job
    left running by a killed worker is claimed again, so the work itself must be repeatable.
    """
    now = read_clock()
    open_states = Q(state__in=[Job.State.WAITING, Job.State.INTERRUPTED])
    claimed = Job.objects.filter(
        open_states | (Q(state=Job.State.RUNNING) & _lost(now)), pk=job_id
    ).update(
        state=Job.State.RUNNING,
        started_at=now,
        heartbeat_at=now,
        finished_at=None,
        message="",
        run_count=F("run_count") + 1,
    )
    if not claimed:
        yield None
        return
    job = Job.objects.get(pk=job_id)
    heart = _Heart(job)
    heart.start()
    try:
        yield job, _progress_of(job)
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
    finally:
        heart.stop()


class _Heart(threading.Thread):
    """Signs the job while its work goes on, however long one step of it takes."""

    def __init__(self, job: Job) -> None:
        super().__init__(name=f"job-{job.pk}", daemon=True)
        self._job = job
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(HEARTBEAT.total_seconds()):
            try:
                _this_run(self._job).update(heartbeat_at=read_clock())
            except DatabaseError:
                log.warning("heartbeat_missed", job=self._job.pk)  # the lease is for several
            finally:
                connections.close_all()

    def stop(self) -> None:
        self._stopped.set()


def _progress_of(job: Job) -> Progress:
    last_written = job.started_at or job.created_at
    last_stage = ""

    def progress(done_count: int, total_count: int, /, stage: str = "") -> None:
        nonlocal last_written, last_stage
        tick = read_clock()
        is_early = (tick - last_written).total_seconds() < _PROGRESS_SECONDS
        if done_count < total_count and is_early and stage == last_stage:
            return
        last_written, last_stage = tick, stage
        _this_run(job).update(
            done_count=done_count, total_count=total_count, message=stage[:300], heartbeat_at=tick
        )

    return progress


def _finish(job: Job, state: str, message: str) -> None:
    _this_run(job).update(
        state=state, message=message[:300], finished_at=read_clock(), result=job.result
    )


def _this_run(job: Job) -> Any:
    """Empty once another worker has taken the job over: the slow one no longer speaks for it."""
    return Job.objects.filter(pk=job.pk, run_count=job.run_count)
