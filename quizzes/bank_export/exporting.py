"""Taking questions of a bank out as a file: rows → `ExportedQuestion` → a writer. Who took what is
on record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import batched
from typing import IO, Any

import structlog
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from PIL import Image

from core.audit import record
from core.errors import Conflict
from people.models import User
from quizzes.bank_export.exported import ExportedQuestion, Media, Picture
from quizzes.bank_export.gift import write_gift
from quizzes.bank_export.losses import Form, Loss, count_losses
from quizzes.bank_export.moodle_xml import write_moodle_xml
from quizzes.bank_export.sheet import write_sheet
from quizzes.bank_export.word import write_word
from quizzes.bank_queries import with_text
from quizzes.enums import KeyView, MediaType
from quizzes.importing.parsed import Kind
from quizzes.key_access import open_keys
from quizzes.models import Question, QuestionBank, QuestionFile
from quizzes.pictures import is_whole
from quizzes.question_files import file_ids_of

log = structlog.get_logger(__name__)

BANK_EXPORTED = "bank.exported"
_CHUNK = 200
_SUFFIXES = {MediaType.PNG: "png", MediaType.JPEG: "jpg"}


def export_bank(
    bank: QuestionBank,
    target: IO[bytes],
    *,
    form: Form,
    filters: Mapping[str, Any],
    by: User,
    at: datetime,
) -> int:
    """Write the questions that the filters choose, and record who took them;
    returns how many. Raises NotAllowed, Conflict when there are none."""
    questions = chosen_questions(bank, **filters)
    numbers = list(questions.values_list("pk", flat=True))
    if not numbers:
        raise Conflict(_("Không có câu hỏi nào để tải."))
    open_keys(by, bank, view=KeyView.EXPORT, questions=numbers, at=at)
    total = len(numbers)
    take = _unread if form is Form.EXCEL else _picture
    written = _writer(form, bank, at)(target, exported_questions(questions, take=take))
    record(
        BANK_EXPORTED,
        bank,
        by=by,
        at=at,
        summary=f"{bank.name}: tải {written} câu hỏi, dạng {form.value}",
        data={"form": form.value, "count": written, "left_out": total - written},
    )
    return written


def chosen_questions(
    bank: QuestionBank,
    *,
    topic: int | None = None,
    difficulty: str = "",
    state: str = "",
    text: str = "",
) -> QuerySet[Question]:
    """Empty means any; by topic, then by number, with topic and current version."""
    wanted = {"topic": topic, "difficulty": difficulty, "state": state}
    questions = Question.objects.filter(
        bank=bank,
        current_version__isnull=False,
        **{name: value for name, value in wanted.items() if value},
    )
    found = with_text(questions, text).select_related("topic", "current_version")
    return found.order_by("topic__name", "pk")


def exported_questions(
    questions: QuerySet[Question], *, take: Callable[[QuestionFile], Picture | None]
) -> Iterator[ExportedQuestion]:
    """In their order; beside theirs, one statement for each `_CHUNK` of questions. ``take`` gives
    the picture of a file, None for one that cannot be read."""
    rows = questions.iterator(chunk_size=_CHUNK)
    for chunk in batched(rows, _CHUNK):
        files = _files(chunk)
        for question in chunk:
            yield _exported(question, files, take)


def losses_of(bank: QuestionBank, filters: Mapping[str, Any]) -> dict[Form, dict[Loss, int]]:
    """What each form would not hold of the questions shown, told before they are taken."""
    return count_losses(exported_questions(chosen_questions(bank, **filters), take=_unread))


def _exported(
    question: Question,
    files: Mapping[int, QuestionFile],
    take: Callable[[QuestionFile], Picture | None],
) -> ExportedQuestion:
    version = question.current_version
    assert version is not None  # noqa: S101 - `chosen_questions` leaves those without a version out

    def taken(shown: Mapping[str, Any]) -> Picture | None:
        file = files.get(shown["file"])
        picture = take(file) if file and file.media_type.startswith("image/") else None
        return replace(picture, alt=shown.get("alt", "")) if picture else None

    named = version.content.get("pictures", {})
    pictures = {
        part: tuple(picture for shown in listed if (picture := taken(shown)))
        for part, listed in named.items()
    }
    media, is_lost = _media(version.content.get("media"), files, taken)
    return ExportedQuestion(
        number=question.pk,
        kind=Kind(version.kind),
        stem=version.stem,
        content=version.content,
        key=version.key,
        topic=question.topic.name,
        difficulty=question.difficulty,
        explanation=version.explanation,
        legal_basis=version.legal_basis,
        valid_until=version.valid_until,
        pictures={part: found for part, found in pictures.items() if found},
        lacks_pictures=is_lost
        or any(len(pictures[p]) < len(listed) for p, listed in named.items()),
        media=media,
    )


def _media(
    shown: Mapping[str, Any] | None,
    files: Mapping[int, QuestionFile],
    taken: Callable[[Mapping[str, Any]], Picture | None],
) -> tuple[Media | None, bool]:
    """And whether it should be there and is not."""
    file = files.get(shown["file"]) if shown else None
    if shown is None or file is None:
        return None, shown is not None
    media = Media(
        sha256=file.sha256,
        media_type=file.media_type,
        alt=shown.get("alt", ""),
        width=file.width,
        height=file.height,
        picture=taken(shown),
    )
    return media, media.picture is None and not media.is_video


def _files(questions: Iterable[Question]) -> dict[int, QuestionFile]:
    ids = {
        file_id
        for question in questions
        if question.current_version is not None
        for file_id in file_ids_of(question.current_version.content)
    }
    return {file.pk: file for file in QuestionFile.objects.filter(pk__in=ids)} if ids else {}


def _picture(file: QuestionFile) -> Picture | None:
    """Word does not know WebP: it becomes PNG, pixel for pixel. A file that is lost on the
    disk, or broken, costs its own picture and not the whole bank; `losses_of` says both before."""
    media_type = MediaType(file.media_type)
    was_webp = media_type is MediaType.WEBP
    try:
        with file.file.open("rb") as opened:
            data = opened.read()
        if not is_whole(data):
            raise OSError("a broken picture")
        if media_type not in _SUFFIXES:
            target = BytesIO()
            with Image.open(BytesIO(data)) as image:
                image.save(target, "PNG")
            data, media_type = target.getvalue(), MediaType.PNG
    except OSError:
        log.warning("question_file_unreadable", file=file.pk)
        return None
    name = f"hinh-{file.pk}.{_SUFFIXES[media_type]}"
    return Picture(data, media_type.value, name, was_webp=was_webp)


def _unread(file: QuestionFile) -> Picture | None:
    """Enough to count what a form would lose."""
    storage, name = file.file.storage, file.file.name or ""
    is_there = storage.exists(name) and storage.size(name) == file.size_bytes
    was_webp = file.media_type == MediaType.WEBP
    return Picture(b"", file.media_type, "", was_webp=was_webp) if is_there else None


def _writer(
    form: Form, bank: QuestionBank, at: datetime
) -> Callable[[IO[bytes], Iterable[ExportedQuestion]], int]:
    match form:
        case Form.GIFT:
            return write_gift
        case Form.MOODLE_XML:
            return write_moodle_xml
        case Form.EXCEL:
            return lambda target, questions: write_sheet(target, questions, title=bank.name)
        case _:
            with_key = form is Form.WORD
            footer = "Có đáp án, không để lộ" if with_key else bank.name
            return lambda target, questions: write_word(
                target, questions, title=bank.name, footer=footer, with_key=with_key, at=at
            )
