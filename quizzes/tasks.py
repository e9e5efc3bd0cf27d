"""Background work of the contest. Tasks fetch, delegate and log."""

import structlog
from celery import shared_task

from core.clock import read_clock
from core.jobs import running
from quizzes import analysing, attempts
from quizzes.models import ResultRun

log = structlog.get_logger(__name__)


@shared_task(name="quizzes.close_overdue_attempts")
def close_overdue_attempts() -> None:
    """Every half minute: finish what ran out of time, for those who do not come back."""
    count = attempts.close_overdue_attempts(at=read_clock())
    if count:
        log.info("overdue_attempts_closed", count=count)


@shared_task(name="quizzes.analyse_questions")
def analyse_questions(job_id: int) -> None:
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        run = ResultRun.objects.select_related("round").get(pk=job.parameters["run"])
        analysing.analyse_run(run, at=read_clock(), progress=progress)
        progress(job.total_count, job.total_count)
        log.info("questions_analysed", job=job_id, run=run.pk)
