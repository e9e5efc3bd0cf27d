"""One question file on its way: kept privately for its uploader, looked at, applied once, let go.

The upload is a `core.models.Job` of KIND: ``parameters`` hold the bank and the stored file,
``result`` the report. It holds keys, so the file goes as soon as it is applied, discarded, or
followed by another.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.models import Job
from people.models import User
from quizzes.importing.applying import ImportReport, apply_import
from quizzes.importing.limits import UPLOAD_LIMITS
from quizzes.importing.messages import describe, describe_unreadable, field_name, place_of
from quizzes.importing.parsed import Format, ParseResult, Remark, UnreadableFile
from quizzes.importing.reading import read_questions
from quizzes.models import QuestionBank

KIND = "questions.import"


class UnreadableUpload(DomainError):
    """The file cannot be used; the message says why and what to do."""


def keep_upload(
    bank: QuestionBank,
    upload: UploadedFile[Any],
    *,
    file_format: Format | None = None,
    by: User,
    at: datetime,
) -> Job:
    """Keep the file if questions can be read out of it. Raises UnreadableUpload."""
    data = upload.read(UPLOAD_LIMITS.max_bytes + 1)
    name = (upload.name or "")[-120:]
    _read(data, name, file_format)
    for earlier in _waiting(bank, by):
        discard_upload(earlier)
    stored = _storage().save(f"question-imports/{uuid4().hex}", ContentFile(data))
    return Job.objects.create(
        kind=KIND,
        created_by=by,
        created_at=at,
        parameters={"bank": bank.pk, "file": stored, "name": name, "format": file_format},
    )


def find_upload(bank: QuestionBank, pk: int, *, by: User) -> Job | None:
    """Only the uploader's own."""
    return Job.objects.filter(kind=KIND, pk=pk, created_by=by, parameters__bank=bank.pk).first()


def read_upload(job: Job) -> ParseResult:
    """Raises UnreadableUpload, also when the file is gone."""
    try:
        with _storage().open(job.parameters["file"]) as file:
            data = file.read()
    except OSError as error:
        raise UnreadableUpload(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải lên lại.")) from error
    asked = job.parameters["format"]
    return _read(data, job.parameters["name"], Format(asked) if asked else None)


def apply_upload(
    bank: QuestionBank,
    job: Job,
    *,
    left_out: Collection[int],
    topic: str,
    difficulty: str,
    approve: bool,
    by: User,
    at: datetime,
) -> ImportReport:
    """Apply the file once. ``left_out``: positions among the questions that the author unchecked.

    Raises Conflict for a second time, UnreadableUpload, NotAllowed.
    """
    result = read_upload(job)
    taken = [q for index, q in enumerate(result.questions) if index not in left_out]
    with transaction.atomic():
        claimed = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
            state=Job.State.DONE, started_at=at, finished_at=at
        )
        if not claimed:
            raise Conflict(_("Tệp này đã được nhập rồi."))
        report = apply_import(
            bank,
            taken,
            by=by,
            at=at,
            rejected=result.rejected,
            topic=topic,
            difficulty=difficulty,
            approve=approve,
        )
        skipped = len(result.questions) - len(taken)
        Job.objects.filter(pk=job.pk).update(result=_as_result(report, result, skipped))
        transaction.on_commit(lambda: _storage().delete(job.parameters["file"]))
    return report


def discard_upload(job: Job) -> None:
    """Let an upload go that has not been applied; an applied one stays, as the report it is."""
    deleted, _by_model = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).delete()
    if deleted:
        transaction.on_commit(lambda: _storage().delete(job.parameters["file"]))


def _as_result(report: ImportReport, result: ParseResult, skipped: int) -> dict[str, Any]:
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": skipped,
        "rejected": len(report.rejected),
        "remarks": [
            describe_row(remark, result.format) for remark in (*result.remarks, *report.remarks)
        ],
    }


def describe_row(remark: Remark, file_format: Format) -> dict[str, str]:
    return {
        "place": place_of(remark, file_format),
        "field": field_name(remark),
        "message": describe(remark),
        "severity": remark.severity.value,
    }


def _waiting(bank: QuestionBank, by: User) -> Collection[Job]:
    return Job.objects.filter(
        kind=KIND, created_by=by, parameters__bank=bank.pk, state=Job.State.WAITING
    )


def _read(data: bytes, name: str, file_format: Format | None) -> ParseResult:
    try:
        return read_questions(data, name=name, file_format=file_format)
    except UnreadableFile as error:
        raise UnreadableUpload(describe_unreadable(error)) from error


def _storage() -> Storage:
    return storages["private"]
