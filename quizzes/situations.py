"""Making a question a situation: a picture or a video is shown before its options."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.vietnamese import nfc
from people.models import User
from quizzes.editing import QuestionDraft, edit_question
from quizzes.models import Question, QuestionFile

MAX_ALT = 300
_KINDS = ("single_choice", "situation")


class AltMissing(DomainError):
    """A picture or video without words is nothing to who cannot see it."""


def show_file_in(
    question: Question, file: QuestionFile, *, alt: str, by: User, at: datetime
) -> Question:
    """The question becomes, or stays, a situation that shows ``file``; a change like any other, so
    it is a draft again. Raises AltMissing, Conflict, NotAllowed."""
    version = question.current_version
    if version is None or version.kind not in _KINDS or file.bank_id != question.bank_id:
        raise Conflict(
            _("Chỉ câu chọn một đáp án của ngân hàng này mới thành câu tình huống được.")
        )
    words = " ".join(nfc(alt).split())[:MAX_ALT]
    if not words:
        raise AltMissing(_("Hãy mô tả ngắn điều thấy được, cho người không nhìn được."))
    media = {"file": file.pk, "alt": words, "type": file.media_type}
    if file.width and file.height:
        media |= {"width": file.width, "height": file.height}
    draft = QuestionDraft(
        kind="situation",
        stem=version.stem,
        content={**version.content, "media": media},
        key=version.key,
        topic=question.topic,
        difficulty=question.difficulty,
        explanation=version.explanation,
        instrument=version.instrument,
        article=version.article,
        legal_basis=version.legal_basis,
        valid_until=version.valid_until,
    )
    return edit_question(question, draft, revision=question.revision, by=by, at=at)
