"""One file on its way: kept privately, looked at, applied once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.jobs import Progress, start_job
from core.models import Job
from core.sheets import SheetLimits, read_workbook
from core.uploads import MEGABYTE, UnsafeUpload, UploadLimits
from legal.importing.applying import BATCH_ROWS, Written, apply_catalogue, as_counts
from legal.importing.messages import UnusableFile, refuse_upload
from legal.importing.records import Catalogue, read_catalogue
from legal.models import InstrumentImport

LIMITS = SheetLimits(
    upload=UploadLimits(max_decompressed_bytes=100 * MEGABYTE, max_member_bytes=100 * MEGABYTE),
    rows=10_000,
)


def read_file(data: bytes) -> Catalogue:
    """Raises UnusableFile."""
    try:
        return read_catalogue(read_workbook(data, LIMITS))
    except UnsafeUpload as error:
        raise refuse_upload(error) from error


def keep_upload(upload: UploadedFile[Any], *, by: Any, at: datetime) -> InstrumentImport:
    """Keep the file privately if it can be read at all. Raises UnusableFile."""
    read_file(upload.read())
    upload.seek(0)
    kept = InstrumentImport(
        file_name=(upload.name or "")[-200:].replace("\0", ""), created_by=by, created_at=at
    )
    kept.file.save(f"{at:%Y%m%d%H%M%S}.xlsx", upload, save=False)
    kept.save()
    return kept


def open_upload(kept: InstrumentImport) -> Catalogue:
    """Raises UnusableFile; also when the file has been applied and is gone."""
    gone = _("Tệp này đã được nhập hoặc đã bỏ. Hãy tải lên lại.")
    if not kept.file:
        raise UnusableFile(gone)
    try:
        with kept.file.open("rb") as file:
            return read_file(file.read())
    except FileNotFoundError as error:
        raise UnusableFile(gone) from error


def job_of(kept: InstrumentImport) -> Job | None:
    return Job.objects.filter(pk=kept.result.get("job_id")).first()


def start_applying(kept: InstrumentImport, *, by: Any, at: datetime) -> None:
    """Apply now, or in the background when there are many rows. Raises DomainError."""
    from legal.tasks import apply_instrument_import

    catalogue = open_upload(kept)
    count = len(catalogue.instruments) + len(catalogue.articles)
    with transaction.atomic():
        locked = InstrumentImport.objects.select_for_update().get(pk=kept.pk)
        job = job_of(locked)
        if locked.applied_at or (job and not job.is_finished):
            raise Conflict(_("Tệp này đang được nhập hoặc đã nhập xong."))
        if count <= BATCH_ROWS:
            apply_upload(locked, by=by, at=at)
            return
        started = start_job(
            apply_instrument_import,
            kind="legal.instrument_import",
            by=by,
            at=at,
            parameters={"instrument_import_id": locked.pk},
            total_count=count,
        )
        locked.result = {**locked.result, "job_id": started.pk}
        locked.save(update_fields=["result"])


def apply_upload(
    kept: InstrumentImport, *, by: Any, at: datetime, progress: Progress | None = None
) -> None:
    """Apply the file, keep the report, let the file go. A repeat does nothing; one after a crash
    goes on where it broke off."""
    if kept.applied_at:
        return
    catalogue = open_upload(kept)
    before = kept.result.get("written", {})

    def keep(written: Written) -> None:
        kept.result = {
            **kept.result,
            "written": {
                "created": sorted(written.created),
                "updated": sorted(written.updated),
            },
        }
        kept.save(update_fields=["result"])

    report = apply_catalogue(
        catalogue,
        by=by,
        written=Written(set(before.get("created", ())), set(before.get("updated", ()))),
        keep=keep,
        progress=progress,
    )
    with transaction.atomic():
        told = {name: kept.result[name] for name in ("job_id",) if name in kept.result}
        kept.result = as_counts(report) | told
        kept.applied_at = at
        name, storage = kept.file.name or "", kept.file.storage
        kept.file = ""
        kept.save()
        transaction.on_commit(lambda: storage.delete(name))


def discard_upload(kept: InstrumentImport) -> None:
    job = job_of(kept)
    if kept.applied_at or (job and not job.is_finished):
        raise Conflict(_("Tệp này đang được nhập hoặc đã nhập xong."))
    kept.file.delete(save=False)
    kept.delete()
