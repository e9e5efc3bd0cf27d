"""What the pages of a bank list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from core.vietnamese import fold
from people.models import User
from quizzes.enums import QuestionState
from quizzes.models import Question, QuestionBank, Round
from quizzes.rules import readable_banks


def banks_of(user: User) -> QuerySet[QuestionBank, Any]:
    """The banks the person may read, by name, with ``question_count`` and ``approved_count``."""
    return (
        QuestionBank.objects.filter(readable_banks(user))
        .annotate(
            question_count=Count("questions"),
            approved_count=Count("questions", filter=Q(questions__state=QuestionState.APPROVED)),
        )
        .order_by("name", "pk")
    )


def questions_of(
    bank: QuestionBank,
    *,
    topic: int | None = None,
    difficulty: str = "",
    state: str = "",
    text: str = "",
) -> QuerySet[Question, Any]:
    """Questions of the bank, newest first, with topic and current version. Empty means any;
    ``text`` is looked for in the stem without marks, or is a number like "#12"."""
    questions = Question.objects.filter(bank=bank, current_version__isnull=False)
    if topic:
        questions = questions.filter(topic=topic)
    if difficulty:
        questions = questions.filter(difficulty=difficulty)
    if state:
        questions = questions.filter(state=state)
    return _said(questions, text).select_related("topic", "current_version").order_by("-pk")


def pickable_questions(user: User, quiz_round: Round, *, text: str = "") -> QuerySet[Question, Any]:
    """Approved questions that the round's blueprint may draw and the person may read, by topic;
    ``text`` as in ``questions_of``."""
    questions = Question.objects.filter(
        topic__in=quiz_round.cells.values("topic"),
        bank__in=QuestionBank.objects.filter(readable_banks(user)),
        state=QuestionState.APPROVED,
        current_version__isnull=False,
    )
    return (
        _said(questions, text)
        .select_related("topic", "current_version")
        .order_by("topic__name", "pk")
    )


def _said(questions: QuerySet[Question, Any], text: str) -> QuerySet[Question, Any]:
    number = text.strip().removeprefix("#")
    if text.strip().startswith("#") and number.isdecimal() and len(number) < 18:
        return questions.filter(pk=int(number))
    if text.strip():
        return questions.filter(stem_key__contains=fold(text))
    return questions
