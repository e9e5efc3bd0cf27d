"""Background work of the law. Tasks fetch, delegate and log."""

import structlog
from celery import shared_task

from core.clock import read_clock
from core.jobs import running
from legal import settling
from legal.importing.uploading import apply_upload
from legal.models import InstrumentImport

log = structlog.get_logger(__name__)


@shared_task(name="legal.settle_statuses")
def settle_statuses() -> None:
    """Every quarter of an hour: laws take effect and expire by their date, without any edit."""
    count = settling.settle_statuses(at=read_clock())
    if count:
        log.info("instrument_statuses_settled", count=count)


@shared_task(name="legal.apply_instrument_import")
def apply_instrument_import(job_id: int) -> None:
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        kept = InstrumentImport.objects.get(pk=job.parameters["instrument_import_id"])
        apply_upload(kept, by=job.created_by, at=read_clock(), progress=progress)
