"""One question file on its way: kept privately for its uploader, read, looked at, let go.

What happens in between is in `choosing.py` and `editing.py`; `upload_applying.py` brings it into
the bank. File and rows hold keys, so they go as soon as the import is applied or discarded, and
after a week in any case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import batched
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.jobs import Progress, start_job
from people.models import User
from quizzes.importing.columns import FieldName
from quizzes.importing.detection import detect_format
from quizzes.importing.limits import UPLOAD_LIMITS
from quizzes.importing.messages import describe_unreadable
from quizzes.importing.parsed import (
    Format,
    ParseResult,
    UnreadableFile,
)
from quizzes.importing.planning import BATCH, plan_import
from quizzes.importing.reading import read_questions
from quizzes.importing.storing import remark_as_json
from quizzes.importing.survey import survey_table
from quizzes.importing.upload_files import (
    UnreadableUpload,
    keep_pictures,
    let_file_go,
    open_file,
)
from quizzes.importing.upload_rows import rows_from
from quizzes.models import ImportedQuestion, QuestionBank, QuestionImport

READ_JOB = "questions.read"
# A larger file is read in the background.
INLINE_BYTES = 256 * 1024
KEPT_FOR = timedelta(days=7)


def keep_upload(
    bank: QuestionBank,
    upload: UploadedFile[Any],
    *,
    file_format: Format | None = None,
    by: User,
    at: datetime,
) -> QuestionImport:
    """Keep the file and read it, at once or in the background when it is large.

    A small file out of which no question can be read is not kept, unless the author can say what
    its columns are. Raises UnreadableUpload.
    """
    data = upload.read(UPLOAD_LIMITS.max_bytes + 1)
    name = " ".join((upload.name or "").split())[-200:]
    kept = QuestionImport(
        bank=bank, created_by=by, created_at=at, file_name=name, format=file_format or ""
    )
    if len(data) > INLINE_BYTES:
        _check_kind_of_file(data, name)
        kept.file.save(uuid4().hex, ContentFile(data), save=False)
        start_reading(kept, by=by, at=at)
        return kept
    try:
        result = _read(kept, data)
    except UnreadableUpload as error:
        if error.code != "no_header" or not _has_columns(data, name):
            raise
        kept.file.save(uuid4().hex, ContentFile(data), save=True)
        return kept
    kept.file.save(uuid4().hex, ContentFile(data), save=True)
    _keep_rows(kept, result, at=at)
    return kept


def start_reading(upload: QuestionImport, *, by: User, at: datetime) -> None:
    """Read a new upload, or one that is locked and has another mapping, in the background."""
    from quizzes.tasks import read_question_import

    with transaction.atomic():
        upload.save(update_fields=["mapping"] if upload.pk else None)
        upload.job = start_job(
            read_question_import,
            kind=READ_JOB,
            by=by,
            at=at,
            parameters={"import": upload.pk},
        )
        upload.save(update_fields=["job"])


def read_upload(upload: QuestionImport, *, at: datetime, progress: Progress | None = None) -> None:
    """Read the file into rows, in place of those it had. Raises UnreadableUpload, Conflict."""
    if progress:
        progress(0, 0, stage=_("Đang đọc tệp"))
    result = _read(upload, open_file(upload))
    count = len(result.questions) + len(result.broken)
    if progress:
        progress(0, count, stage=_("Đang so với các câu đã có trong ngân hàng"))
    _keep_rows(upload, result, at=at)
    if progress:
        progress(count, count)


def map_columns(
    upload: QuestionImport, *, columns: Mapping[int, str], header_row: int, by: User, at: datetime
) -> None:
    """Read the table again as the author says: column → field, "" for one that is not used.

    What was edited in the preview is lost with the rows. Raises UnreadableUpload, Conflict.
    """
    with transaction.atomic():
        locked = lock_open(upload, is_read=False)
        locked.mapping = {
            "columns": {str(index): name for index, name in columns.items()},
            "header_row": header_row,
        }
        if locked.file.size > INLINE_BYTES:
            start_reading(locked, by=by, at=at)
        else:
            read_upload(locked, at=at)


def lock_open(upload: QuestionImport, *, is_read: bool = True) -> QuestionImport:
    """The upload, locked, that may still be worked on; ``is_read`` False: even if it has no rows
    yet. Raises Conflict. Needs a transaction."""
    locked = (
        QuestionImport.objects.select_for_update(of=("self",))
        .select_related("job", "bank")
        .filter(pk=upload.pk, applied_at__isnull=True)
        .first()
    )
    is_busy = locked is not None and locked.job is not None and not locked.job.is_finished
    if locked is None or is_busy or (is_read and locked.read_at is None):
        raise Conflict(_("Tệp này đang được xử lý hoặc đã nhập xong nên không sửa được nữa."))
    return locked


def find_upload(bank: QuestionBank, pk: int) -> QuestionImport | None:
    return QuestionImport.objects.filter(bank=bank, pk=pk).select_related("job").first()


def imports_of(bank: QuestionBank) -> QuerySet[QuestionImport, Any]:
    """What has been applied to the bank, latest first."""
    applied = QuestionImport.objects.filter(bank=bank, applied_at__isnull=False)
    return applied.select_related("created_by", "undone_by").order_by("-applied_at", "-pk")


def waiting_uploads(bank: QuestionBank, *, by: User) -> QuerySet[QuestionImport, Any]:
    """The uploader's own files that are not applied yet."""
    return QuestionImport.objects.filter(
        bank=bank, created_by=by, applied_at__isnull=True
    ).order_by("-pk")


@transaction.atomic
def discard_upload(upload: QuestionImport) -> bool:
    """Let an upload go that has not been applied; an applied one stays, as the report it is.
    Returns whether this call let it go."""
    open_upload = QuestionImport.objects.select_for_update().filter(
        pk=upload.pk, applied_at__isnull=True
    )
    found = open_upload.first()
    if found is None:
        return False
    let_file_go(found)
    found.delete()
    return True


def drop_forgotten_uploads(*, at: datetime) -> int:
    """Discard what nobody has applied within a week."""
    forgotten = QuestionImport.objects.filter(applied_at__isnull=True, created_at__lt=at - KEPT_FOR)
    return sum(discard_upload(upload) for upload in forgotten)


def _read(upload: QuestionImport, data: bytes) -> ParseResult:
    try:
        return read_questions(
            data,
            name=upload.file_name,
            file_format=Format(upload.format) if upload.format else None,
            **mapping_of(upload),
        )
    except UnreadableFile as error:
        raise UnreadableUpload(describe_unreadable(error), error.code) from error


def mapping_of(upload: QuestionImport) -> dict[str, Any]:
    """Keyword arguments of `read_questions`; empty when the author has said nothing."""
    if not upload.mapping:
        return {}
    return {
        "columns": {
            int(i): FieldName(name) for i, name in upload.mapping["columns"].items() if name
        },
        "header_row": upload.mapping["header_row"],
    }


def _has_columns(data: bytes, name: str) -> bool:
    """Whether it is a table about which an author can say more than the headings do."""
    try:
        return len(survey_table(data, name).columns) > 1
    except UnreadableFile:
        return False


def _check_kind_of_file(data: bytes, name: str) -> None:
    """A large file of a wrong kind is refused before it is kept."""
    try:
        detect_format(data, name=name)
    except UnreadableFile as error:
        raise UnreadableUpload(describe_unreadable(error), error.code) from error


def _keep_rows(upload: QuestionImport, result: ParseResult, *, at: datetime) -> None:
    """Nothing is kept of an upload that was discarded while it was read. Raises Conflict."""
    plan = plan_import(upload.bank, result.questions)
    rows, about_file = rows_from(result, plan)
    pictures = keep_pictures(upload, result)
    new = [kept["name"] for sha256, kept in pictures.items() if sha256 not in upload.pictures]
    is_kept = False
    try:
        with transaction.atomic():
            locked = QuestionImport.objects.select_for_update().filter(pk=upload.pk).first()
            if locked is None:
                return
            if locked.applied_at is not None:
                raise Conflict(_("Tệp này đã được nhập rồi."))
            locked.rows.all().delete()
            for batch in batched(rows, BATCH):
                ImportedQuestion.objects.bulk_create(
                    [ImportedQuestion(upload=locked, **values) for values in batch]
                )
            upload.read_at = at
            upload.format = result.format
            upload.pictures = pictures
            upload.remarks = [remark_as_json(remark) for remark in about_file]
            upload.save(update_fields=["read_at", "format", "remarks", "mapping", "pictures"])
        is_kept = True
    finally:
        for name in [] if is_kept else new:
            upload.file.storage.delete(name)
