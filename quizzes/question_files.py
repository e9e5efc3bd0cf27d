"""Pictures and videos of a bank: kept once, and found where a question shows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError, NotAllowed
from core.uploads import MEGABYTE
from people.models import User
from quizzes import rules
from quizzes.importing.parsed import ParsedPicture
from quizzes.models import Attempt, QuestionBank, QuestionFile, QuestionVersion, Round
from quizzes.models.bank import private_storage
from quizzes.pictures import MAX_PICTURE_BYTES, BadPicture, PictureFault, clean_picture, video_type

MAX_VIDEO_BYTES = 60 * MEGABYTE
FOLDER = "question-files"


class RefusedFile(DomainError):
    """The file cannot be used; the message says why and what to do."""


def keep_pictures(
    bank: QuestionBank, pictures: Iterable[ParsedPicture], *, by: User | None, at: datetime
) -> dict[str, int]:
    """Ids of the bank's files of these pictures, by sha256; those it lacks are written.

    Call it in the transaction that needs them, with the bank locked.
    """
    wanted = {picture.sha256: picture for picture in pictures}
    if not wanted:
        return {}
    known = dict(bank.files.values_list("sha256", "pk"))
    new = [
        _stored(bank, ContentFile(picture.data), by=by, at=at, **_facts(picture))
        for sha256, picture in wanted.items()
        if sha256 not in known and picture.source_sha256 not in known
    ]
    created = QuestionFile.objects.bulk_create(new)
    return known | {file.sha256: file.pk for file in created}


def add_file(
    bank: QuestionBank, upload: UploadedFile[Any], *, by: User, at: datetime
) -> tuple[QuestionFile, bool]:
    """A picture or a video for the bank, and whether it is new. Raises RefusedFile, NotAllowed."""
    if not rules.can_author(by, bank, at):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này nên không thêm tệp được."))
    name = PurePath(upload.name or "").name[-160:]
    head = upload.read(64)
    upload.seek(0)
    video = video_type(head)
    content, facts = _video(upload, video) if video else _picture(upload)
    with transaction.atomic():
        QuestionBank.objects.select_for_update().get(pk=bank.pk)
        known = bank.files.filter(sha256=facts["sha256"]).first()
        if known is not None:
            return known, False
        file = _stored(bank, content, by=by, at=at, name=name, **facts)
        file.save()
        audit.record(
            "bank.file_added",
            bank,
            by=by,
            at=at,
            summary=_("Thêm tệp “%(name)s” vào ngân hàng “%(bank)s”.")
            % {"name": name, "bank": bank.name},
            data={"file": file.pk, "sha256": file.sha256},
        )
    return file, True


def _picture(upload: UploadedFile[Any]) -> tuple[File[Any], dict[str, Any]]:
    try:
        picture = clean_picture(upload.read(MAX_PICTURE_BYTES + 1))
    except BadPicture as error:
        raise RefusedFile(_why(error)) from error
    return ContentFile(picture.data), {
        "sha256": picture.sha256,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "size_bytes": len(picture.data),
    }


def _why(error: BadPicture) -> str:
    match error.code:
        case PictureFault.TOO_LARGE:
            text = _(
                "Hình quá lớn (giới hạn %(limit_mb)s MB và %(limit_mp)s triệu điểm ảnh). "
                "Hãy thu nhỏ hình rồi tải lên lại."
            )
        case PictureFault.FORMAT:
            text = _("Không dùng được tệp kiểu %(name)s. Hãy lưu hình thành PNG hoặc JPEG.")
        case _:
            text = _(
                "Tệp không phải hình PNG, JPEG, WebP hay video MP4, WebM, hoặc đã bị hỏng. "
                "Hãy chọn tệp khác."
            )
    return text % error.params


def _video(upload: UploadedFile[Any], media_type: str) -> tuple[File[Any], dict[str, Any]]:
    if (upload.size or 0) > MAX_VIDEO_BYTES:
        raise RefusedFile(
            _("Video quá lớn (giới hạn %(limit)s MB). Hãy cắt ngắn hoặc nén video rồi tải lên lại.")
            % {"limit": MAX_VIDEO_BYTES // MEGABYTE}
        )
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return upload, {
        "sha256": digest.hexdigest(),
        "media_type": media_type,
        "size_bytes": upload.size,
    }


def _stored(
    bank: QuestionBank, content: File[Any], *, by: User | None, at: datetime, **facts: Any
) -> QuestionFile:
    """The row, not saved, and its bytes on the disk under the name of what they are: a transaction
    that fails leaves nothing that the next try would not use."""
    file = QuestionFile(bank=bank, created_by=by, created_at=at, **facts)
    storage = private_storage()
    path = f"{FOLDER}/{bank.pk}/{file.sha256}"
    if storage.exists(path) and storage.size(path) != file.size_bytes:
        storage.delete(path)  # cut off by a power failure
    file.file.name = path if storage.exists(path) else storage.save(path, content)
    return file


def _facts(picture: ParsedPicture) -> dict[str, Any]:
    return {
        "sha256": picture.sha256,
        "media_type": picture.media_type,
        "width": picture.width or None,
        "height": picture.height or None,
        "size_bytes": len(picture.data),
    }


def file_ids_of(content: Mapping[str, Any]) -> frozenset[int]:
    """The files that a version's content shows."""
    return frozenset(_file_ids(content))


def _file_ids(content: Mapping[str, Any]) -> Iterator[int]:
    media = content.get("media")
    if isinstance(media, Mapping) and type(media.get("file")) is int:
        yield media["file"]
    by_part = content.get("pictures")
    for pictures in by_part.values() if isinstance(by_part, Mapping) else ():
        for picture in pictures if isinstance(pictures, list) else ():
            if isinstance(picture, Mapping) and type(picture.get("file")) is int:
                yield picture["file"]


def uses_of(bank: QuestionBank) -> dict[int, list[int]]:
    """File id → ids of the bank's questions that show it, in any version. One statement."""
    versions = QuestionVersion.objects.filter(question__bank=bank).filter(
        Q(content__has_key="pictures") | Q(content__has_key="media")
    )
    uses: dict[int, set[int]] = {}
    for question_id, content in versions.values_list("question_id", "content"):
        for file_id in file_ids_of(content):
            uses.setdefault(file_id, set()).add(question_id)
    return {file_id: sorted(questions) for file_id, questions in uses.items()}


@dataclass(frozen=True, slots=True)
class UsedFile:
    file: QuestionFile
    question_ids: Sequence[int]


def files_with_uses(bank: QuestionBank) -> list[UsedFile]:
    """The bank's files, newest first. Two statements."""
    uses = uses_of(bank)
    return [UsedFile(file, uses.get(file.pk, ())) for file in bank.files.all()]


def files_url_of_bank(bank: QuestionBank) -> str:
    """The address under which the bank's people fetch its files: a file's id follows."""
    return reverse("quizzes:bank_file", args=[bank.code, 0]).removesuffix("0/")


def files_url_of_attempt(attempt: Attempt) -> str:
    """The same for the person of the attempt."""
    return reverse("quizzes:attempt_file", args=[attempt.pk, 0]).removesuffix("0/")


def files_url_of_marking(quiz_round: Round) -> str:
    """The same for those who mark the round's essays."""
    return reverse("quizzes:marking_file", args=[quiz_round.pk, 0]).removesuffix("0/")
