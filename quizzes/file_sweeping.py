"""Deleting private files that nothing names any more.

Bytes are written before the rows that name them, so a crash, a full disk or a transaction rolled
back leaves some behind; pictures of an import that was undone stay in the bank's list without a
question. Nothing that is younger than the times below is touched: it may be on its way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Conflict, NotAllowed
from people.models import User
from quizzes import rules
from quizzes.models import ImportChange, QuestionBank, QuestionFile, QuestionImport
from quizzes.models.bank import private_storage
from quizzes.question_files import FOLDER, file_ids_of, uses_of

STRAY_FOR = timedelta(days=1)
UNUSED_FOR = timedelta(days=30)
_IMPORTS = "question-imports"

log = structlog.get_logger(__name__)


def sweep_files(*, at: datetime) -> int:
    """Drop pictures of imports that no version shows, and files in private storage without a row;
    returns how many files were deleted."""
    deleted = 0
    for bank in QuestionBank.objects.all():
        deleted += _sweep_bank(bank, at=at)
    deleted += _sweep_imports(at=at)
    if deleted:
        log.info("question_files_swept", count=deleted)
    return deleted


def remove_file(file: QuestionFile, *, by: User, at: datetime) -> None:
    """Take an unused picture or video out of its bank, at once. Raises NotAllowed, and Conflict for
    one that a version shows, current or not, or that undoing an import would bring back."""
    with transaction.atomic():
        bank = QuestionBank.objects.select_for_update().get(pk=file.bank_id)
        if not rules.can_author(by, bank, at):
            raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này nên không xóa tệp được."))
        if file.pk in set(uses_of(bank)) | _remembered(bank):
            raise Conflict(
                _("Tệp số %(number)d còn được một câu hỏi dùng, có thể ở phiên bản cũ.")
                % {"number": file.pk}
            )
        audit.record(
            "bank.file_removed",
            bank,
            by=by,
            at=at,
            summary=_("Xóa tệp số %(number)d khỏi ngân hàng “%(bank)s”.")
            % {"number": file.pk, "bank": bank.name},
            data={"file": file.pk, "sha256": file.sha256},
        )
        if file.file.name:
            transaction.on_commit(partial(private_storage().delete, file.file.name))
        QuestionFile.objects.filter(pk=file.pk).delete()


def _sweep_bank(bank: QuestionBank, *, at: datetime) -> int:
    """Whoever adds a file locks the bank first (`question_files`), so that between looking and
    deleting nobody can begin to use one again."""
    with transaction.atomic():
        QuestionBank.objects.select_for_update().get(pk=bank.pk)
        unused = list(_unused_files(bank, at=at))
        names = [file.file.name or "" for file in unused]
        QuestionFile.objects.filter(pk__in=[file.pk for file in unused]).delete()
        known = set(bank.files.values_list("file", flat=True))
        folder = f"{FOLDER}/{bank.pk}"
        storage = private_storage()
        stray = [name for name in _old_files(storage, folder, at=at) if name not in known]
        # The rows go first: a crash in between leaves a stray file, never a row without bytes.
        for name in {*names, *stray} - {""}:
            transaction.on_commit(partial(storage.delete, name))
    return len({*names, *stray})


def _unused_files(bank: QuestionBank, *, at: datetime) -> Iterator[QuestionFile]:
    """Pictures that came with an import; what somebody added by hand waits for its question.
    Versions count whether current or not, and so does what undoing an import would bring back."""
    came = bank.files.filter(name="", created_at__lt=at - UNUSED_FOR)
    if not came.exists():
        return
    used = set(uses_of(bank)) | _remembered(bank)
    yield from (file for file in came if file.pk not in used)


def _remembered(bank: QuestionBank) -> set[int]:
    kept = ImportChange.objects.filter(question__bank=bank, before__isnull=False)
    return {
        file_id
        for before in kept.values_list("before", flat=True).iterator(chunk_size=200)
        for content in _contents(before)
        for file_id in file_ids_of(content)
    }


def _contents(value: object) -> Iterator[dict[str, object]]:
    """Every object inside ``value``: how a snapshot is laid out is not known here."""
    if isinstance(value, str) and value.startswith("{"):
        value = json.loads(value)
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _contents(inner)


def _sweep_imports(*, at: datetime) -> int:
    """Files of uploads: each has a name of its own that is never used again."""
    storage = private_storage()
    old = list(_old_files(storage, _IMPORTS, at=at))
    if not old:
        return 0
    known = set(_names_of_uploads())
    stray = [name for name in old if name not in known]
    for name in stray:
        storage.delete(name)
    return len(stray)


def _names_of_uploads() -> Iterable[str]:
    for upload in QuestionImport.objects.only("file", "pictures").iterator(chunk_size=200):
        yield upload.file.name or ""
        yield from (picture["name"] for picture in upload.pictures.values())


def _old_files(storage: Storage, folder: str, *, at: datetime) -> Iterator[str]:
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        path = f"{folder}/{name}"
        try:
            if storage.get_modified_time(path) < at - STRAY_FOR:
                yield path
        except FileNotFoundError:
            continue  # somebody else has just let it go
