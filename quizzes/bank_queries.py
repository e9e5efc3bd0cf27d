"""What the pages of a bank, and the back office, list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core.vietnamese import fold
from people.models import User
from quizzes.enums import QuestionState, RoundState
from quizzes.flag_queries import usable_questions
from quizzes.models import Question, QuestionBank, QuestionComment, Round, RoundQuestion, Topic
from quizzes.rules import readable_banks

# A round from here on holds its pool: its questions are in use.
USING_STATES = (RoundState.READY, RoundState.CLOSED, RoundState.PUBLISHED)


def banks_of(user: User, at: datetime) -> QuerySet[QuestionBank, Any]:
    """The banks the person may read, by name, with ``question_count``, ``approved_count`` and
    ``waiting_count`` (in review)."""
    return (
        QuestionBank.objects.filter(readable_banks(user, at))
        .annotate(
            question_count=Count("questions"),
            approved_count=Count("questions", filter=Q(questions__state=QuestionState.APPROVED)),
            waiting_count=Count("questions", filter=Q(questions__state=QuestionState.IN_REVIEW)),
        )
        .order_by("name", "pk")
    )


def readable_questions(user: User, at: datetime) -> QuerySet[Question, Any]:
    """Every question of the banks the person may read, newest first, with bank, topic and current
    version, ``is_in_use`` and ``has_open_comment``."""
    banks = QuestionBank.objects.filter(readable_banks(user, at))
    return (
        Question.objects.filter(bank__in=banks.values("pk"), current_version__isnull=False)
        .select_related("bank", "topic", "current_version__created_by")
        .annotate(is_in_use=is_in_use(), has_open_comment=has_open_comment())
        .order_by("-pk")
    )


def is_in_use() -> Exists:
    """Of a question: drawn by a round that is ready, closed or published."""
    return Exists(
        RoundQuestion.objects.filter(
            version__question=OuterRef("pk"), round__state__in=USING_STATES
        )
    )


def has_open_comment() -> Exists:
    return Exists(QuestionComment.objects.filter(question=OuterRef("pk"), resolved_at=None))


def with_text(questions: QuerySet[Question, Any], text: str) -> QuerySet[Question, Any]:
    """Those whose stem has the text, marks and case apart ("dat dai" finds "Đất đai"), or whose
    number it is ("#12")."""
    number = text.strip().removeprefix("#")
    if text.strip().startswith("#") and number.isdecimal() and len(number) < 18:
        return questions.filter(pk=int(number))
    return questions.filter(stem_key__contains=fold(text)) if text.strip() else questions


@dataclass(slots=True)
class TopicCounts:
    """How many questions of a topic are in each state; ``topic`` None for the whole bank."""

    topic: Topic | None
    by_state: dict[str, int] = field(default_factory=lambda: dict.fromkeys(QuestionState.values, 0))
    in_use: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def count_questions(bank: QuestionBank) -> tuple[TopicCounts, list[TopicCounts]]:
    """The whole bank, and each of its topics by name. Two statements."""
    whole = TopicCounts(None)
    topics = {topic.pk: TopicCounts(topic) for topic in bank.topics.all()}
    rows = (
        Question.objects.filter(bank=bank)
        .annotate(used=is_in_use())
        .values("topic_id", "state", "used")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for row in rows:
        for counts in (whole, topics[row["topic_id"]]):
            counts.by_state[row["state"]] += row["count"]
            counts.in_use += row["count"] if row["used"] else 0
    return whole, list(topics.values())


def pickable_questions(
    user: User, quiz_round: Round, *, at: datetime, text: str = ""
) -> QuerySet[Question, Any]:
    """Questions that the round's blueprint may draw now and the person may read, by topic; ``text``
    as in ``with_text``."""
    questions = usable_questions().filter(
        topic__in=quiz_round.cells.values("topic"),
        bank__in=QuestionBank.objects.filter(readable_banks(user, at)),
    )
    return (
        with_text(questions, text)
        .select_related("topic", "current_version")
        .order_by("topic__name", "pk")
    )
