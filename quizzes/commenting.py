"""What reviewers and authors say to each other at a question."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed
from people.models import User
from quizzes import rules
from quizzes.holding import hold_questions
from quizzes.importing.plain import clean
from quizzes.models import Question, QuestionComment

MAX_LENGTH = 2000
_TWICE = timedelta(minutes=1)


class CommentError(DomainError):
    """A comment that says nothing, or too much."""


def comment_on(question: Question, *, text: str, by: User, at: datetime) -> QuestionComment:
    """An open comment at the current version; the same text by the same person within a minute is
    a form sent twice and counts once. Raises NotAllowed, CommentError."""
    if not rules.can_comment(by, question.bank, at):
        raise NotAllowed(_("Bạn chỉ được xem ngân hàng này nên không ghi nhận xét được."))
    text = clean_comment(text)
    if not text or question.current_version is None:
        raise CommentError(_("Hãy ghi nhận xét rồi gửi."))
    with transaction.atomic():
        hold_questions([question.pk])
        said = question.comments.filter(text=text, author=by, created_at__gt=at - _TWICE).first()
        return said or QuestionComment.objects.create(
            question=question,
            version=question.current_version,
            text=text,
            author=by,
            created_at=at,
        )


def settle_comment(comment: QuestionComment, *, by: User, at: datetime) -> None:
    """Mark it as settled; a repeat keeps who did it first. Raises NotAllowed."""
    if not rules.can_comment(by, comment.question.bank, at):
        raise NotAllowed(_("Bạn chỉ được xem ngân hàng này nên không đóng nhận xét được."))
    QuestionComment.objects.filter(pk=comment.pk, resolved_at=None).update(
        resolved_at=at, resolved_by=by
    )


def reopen_comment(comment: QuestionComment, *, by: User, at: datetime) -> None:
    """Raises NotAllowed."""
    if not rules.can_comment(by, comment.question.bank, at):
        raise NotAllowed(_("Bạn chỉ được xem ngân hàng này nên không mở lại nhận xét được."))
    QuestionComment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)


def clean_comment(text: str) -> str:
    """Lines kept, without blank ones. Raises CommentError when it is too long."""
    text = clean(text)
    if len(text) > MAX_LENGTH:
        raise CommentError(
            _("Nhận xét dài %(count)d ký tự; giới hạn là %(limit)d. Hãy viết ngắn lại.")
            % {"count": len(text), "limit": MAX_LENGTH}
        )
    return text
