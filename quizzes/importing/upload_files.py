"""The private file of an upload and its pictures: opened, copied, let go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from quizzes.importing.parsed import BrokenQuestion, ParsedQuestion, ParseResult
from quizzes.models import ImportedQuestion, QuestionImport


class UnreadableUpload(DomainError):
    """The file cannot be used; the message says why and what to do."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def open_file(upload: QuestionImport) -> bytes:
    """Raises UnreadableUpload when the file is gone."""
    try:
        with upload.file.open("rb") as file:
            data: bytes = file.read()
    except (OSError, ValueError) as error:
        raise UnreadableUpload(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải lên lại.")) from error
    return data


def let_file_go(upload: QuestionImport) -> None:
    """Delete the private file and its pictures once the transaction is committed."""
    storage = upload.file.storage
    for name in [upload.file.name, *(picture["name"] for picture in upload.pictures.values())]:
        if name:
            transaction.on_commit(partial(storage.delete, name))


def open_picture(upload: QuestionImport, sha256: str) -> bytes:
    """Raises UnreadableUpload."""
    try:
        with upload.file.storage.open(upload.pictures[sha256]["name"]) as file:
            data: bytes = file.read()
    except (KeyError, OSError) as error:
        raise UnreadableUpload(_("Không tìm thấy hình của câu hỏi.")) from error
    return data


def keep_pictures(upload: QuestionImport, result: ParseResult) -> dict[str, dict[str, str]]:
    """Those of the upload with the new ones of ``result``, by sha256."""
    kept = dict(upload.pictures)
    questions: list[ParsedQuestion | BrokenQuestion] = [*result.questions, *result.broken]
    for question in questions:
        for pictures in question.pictures.values():
            for picture in pictures:
                if picture.sha256 not in kept and not picture.in_bank:
                    name = upload.file.storage.save(
                        f"question-imports/{uuid4().hex}", ContentFile(picture.data)
                    )
                    kept[picture.sha256] = {"name": name, "type": picture.media_type}
    return kept


def copy_pictures(
    upload: QuestionImport, rows: Sequence[ImportedQuestion]
) -> dict[str, dict[str, str]]:
    """The pictures of some rows once more, for an upload of their own."""
    wanted = {
        picture["sha256"]
        for row in rows
        for pictures in row.draft["pictures"].values()
        for picture in pictures
    }
    copies = {}
    for sha256 in wanted & upload.pictures.keys():
        copy = ContentFile(open_picture(upload, sha256))
        name = upload.file.storage.save(f"question-imports/{uuid4().hex}", copy)
        copies[sha256] = {**upload.pictures[sha256], "name": name}
    return copies
