"""Background work of the contest and of its questions. Tasks fetch, delegate and log."""

import structlog
from celery import shared_task

from core.clock import read_clock
from core.jobs import running
from quizzes import analysing, attempts, file_sweeping, flagging
from quizzes.importing import uploads
from quizzes.importing.upload_applying import Decision, apply_upload
from quizzes.models import QuestionImport, ResultRun

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


@shared_task(name="quizzes.read_question_import")
def read_question_import(job_id: int) -> None:
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        upload = QuestionImport.objects.filter(pk=job.parameters["import"]).first()
        if upload is not None:  # else discarded meanwhile
            uploads.read_upload(upload, at=read_clock(), progress=progress)


@shared_task(name="quizzes.apply_question_import")
def apply_question_import(job_id: int) -> None:
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        upload = QuestionImport.objects.filter(pk=job.parameters["import"]).first()
        if upload is None or job.created_by is None:
            return
        asked = {name: job.parameters[name] for name in ("topic", "difficulty", "approve")}
        apply_upload(
            upload, Decision(**asked), by=job.created_by, at=read_clock(), progress=progress
        )


@shared_task(name="quizzes.drop_forgotten_uploads")
def drop_forgotten_uploads() -> None:
    """Every hour: question files that nobody has applied within a week hold keys to the end."""
    count = uploads.drop_forgotten_uploads(at=read_clock())
    if count:
        log.info("forgotten_uploads_dropped", count=count)


@shared_task(name="quizzes.sweep_question_files")
def sweep_question_files() -> None:
    """Every six hours: private files that nothing names any more."""
    file_sweeping.sweep_files(at=read_clock())


@shared_task(name="quizzes.recheck_legal_basis")
def recheck_legal_basis() -> None:
    """Every hour: laws expire and take effect by their date, without any edit."""
    report = flagging.recheck_flags(at=read_clock())
    if report.raised or report.withdrawn:
        log.info("legal_basis_rechecked", raised=report.raised, withdrawn=report.withdrawn)
