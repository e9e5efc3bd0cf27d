"""Background work of printing: an id in, the rest is elsewhere."""

import structlog
from celery import shared_task

from core.clock import read_clock
from core.jobs import running
from printing import batches

log = structlog.get_logger(__name__)


@shared_task(name="printing.make_certificates")
def make_certificates(job_id: int) -> None:
    now = read_clock()
    batches.drop_old_files(at=now)
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        batches.make_certificates(job, progress=progress, at=now)
        log.info("certificates_made", job=job_id, created=job.result["created"])


@shared_task(name="printing.make_result_sheet")
def make_result_sheet(job_id: int) -> None:
    batches.drop_old_files(at=read_clock())
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        batches.make_result_sheet(job)
        progress(job.total_count, job.total_count)
        log.info("result_sheet_made", job=job_id)
