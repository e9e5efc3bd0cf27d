"""Taking questions of a bank out as a file: rows → `ExportedQuestion` → a writer. Who took what is
on record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
from quizzes.bank_export.exported import ExportedQuestion, Picture
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
    take = None if form in {Form.EXCEL, Form.GIFT} else _picture
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
    questions: QuerySet[Question], *, take: Callable[[QuestionFile], Picture | None] | None
) -> Iterator[ExportedQuestion]:
    """In their order; beside theirs, one statement for each `_CHUNK` of questions. ``take`` gives
    the picture of a file, None for one that cannot be read; without it there are no pictures."""
    rows = questions.iterator(chunk_size=_CHUNK)
    for chunk in batched(rows, _CHUNK):
        files = _files(chunk, take) if take else {}
        for question in chunk:
            yield _exported(question, files)


def losses_of(bank: QuestionBank, filters: Mapping[str, Any]) -> dict[Form, dict[Loss, int]]:
    """What each form would not hold of the questions shown, told before they are taken."""
    return count_losses(exported_questions(chosen_questions(bank, **filters), take=_unread))


def _exported(question: Question, files: Mapping[int, Picture]) -> ExportedQuestion:
    version = question.current_version
    assert version is not None  # noqa: S101 - `chosen_questions` leaves those without a version out
    named = version.content.get("pictures", {})
    pictures = {
        part: tuple(
            _described(files[picture["file"]], picture.get("alt", ""))
            for picture in listed
            if picture["file"] in files
        )
        for part, listed in named.items()
    }
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
        pictures={part: found for part, found in pictures.items() if found},
        lacks_pictures=any(len(pictures[part]) < len(listed) for part, listed in named.items()),
    )


def _described(picture: Picture, alt: str) -> Picture:
    return Picture(picture.data, picture.media_type, picture.name, alt)


def _files(
    questions: Iterable[Question], take: Callable[[QuestionFile], Picture | None]
) -> dict[int, Picture]:
    ids = {
        picture["file"]
        for question in questions
        if question.current_version is not None
        for listed in question.current_version.content.get("pictures", {}).values()
        for picture in listed
    }
    files = QuestionFile.objects.filter(pk__in=ids, media_type__startswith="image/")
    return {file.pk: picture for file in files if (picture := take(file)) is not None}


def _picture(file: QuestionFile) -> Picture | None:
    """Word does not know WebP: it becomes PNG. A file that is lost on the disk, or broken, costs
    its own picture and not the whole bank; `losses_of` said so before."""
    media_type = MediaType(file.media_type)
    try:
        with file.file.open("rb") as opened:
            data = opened.read()
        if media_type not in _SUFFIXES:
            target = BytesIO()
            with Image.open(BytesIO(data)) as image:
                image.save(target, "PNG")
            data, media_type = target.getvalue(), MediaType.PNG
    except OSError:
        log.warning("question_file_unreadable", file=file.pk)
        return None
    return Picture(data, media_type.value, f"hinh-{file.pk}.{_SUFFIXES[media_type]}")


def _unread(file: QuestionFile) -> Picture | None:
    """Enough to count what a form would lose."""
    is_there = file.file.storage.exists(file.file.name or "")
    return Picture(b"", file.media_type, "") if is_there else None


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
