"""Background work of people/."""

from celery import shared_task

from core.clock import read_clock
from core.jobs import running
from people.importing.uploading import apply_import
from people.models import RosterImport


@shared_task(name="people.apply_roster_import")
def apply_roster_import(job_id: int) -> None:
    with running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        roster_import = RosterImport.objects.get(pk=job.parameters["roster_import_id"])
        apply_import(roster_import, by=job.created_by, at=read_clock(), progress=progress)
