"""Giving questions another topic or difficulty, many at once: their words stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import audit
from people.models import User
from quizzes import rules
from quizzes.enums import Difficulty, QuestionAct
from quizzes.models import Question, QuestionBank, Topic
from quizzes.reviewing import Refusal, StepOutcome, changed_since, record_events


@transaction.atomic
def reclassify(
    question_ids: Collection[int],
    *,
    topic: Topic | None = None,
    difficulty: str = "",
    by: User,
    at: datetime,
    revisions: Mapping[int, int] | None = None,
) -> StepOutcome:
    """Give questions another topic or difficulty; what is None or "" stays.

    Their state stays: it is about the words. Questions of another bank than the topic's, and of
    banks the person does not look after, are refused by name; what one may not read is not there.
    ``revisions`` as in `reviewing.approve`.
    """
    readable = QuestionBank.objects.filter(rules.readable_banks(by, at))
    questions = list(
        Question.objects.select_for_update(of=("self",))
        .filter(pk__in=question_ids, bank__in=readable.values("pk"))
        .select_related("bank", "topic")
        .order_by("pk")
    )
    may_author = {question.bank_id: question.bank for question in questions}
    allowed = {pk for pk, bank in may_author.items() if rules.can_author(by, bank, at)}
    moved: list[int] = []
    refused: list[Refusal] = []
    for question in questions:
        reason = _refusal_to_move(question, topic, allowed) or changed_since(question, revisions)
        if reason is not None:
            refused.append(Refusal(question.pk, reason))
            continue
        to_topic, to_difficulty = topic or question.topic, difficulty or question.difficulty
        if (question.topic_id, question.difficulty) == (to_topic.pk, to_difficulty):
            continue
        note_move(question, to_topic, to_difficulty, by=by, at=at)
        Question.objects.filter(pk=question.pk).update(
            topic=to_topic, difficulty=to_difficulty, revision=F("revision") + 1
        )
        moved.append(question.pk)
    _record_moves(moved, may_author, questions, by=by, at=at)
    return StepOutcome(tuple(moved), tuple(refused))


def _refusal_to_move(question: Question, topic: Topic | None, allowed: set[int]) -> str | None:
    if question.bank_id not in allowed:
        return _("Bạn không phụ trách ngân hàng câu hỏi này.")
    if topic is not None and topic.bank_id != question.bank_id:
        return _("Chuyên đề đã chọn thuộc ngân hàng khác.")
    return None


def note_move(question: Question, topic: Topic, difficulty: str, *, by: User, at: datetime) -> None:
    """In the question's history: from where to where it goes."""
    before = f"{question.topic.name}, {question.get_difficulty_display()}"
    after = f"{topic.name}, {Difficulty(difficulty).label}"
    record_events([question], act=QuestionAct.MOVED, by=by, at=at, note=f"{before} → {after}")


def _record_moves(
    moved: Collection[int],
    banks: Mapping[int, QuestionBank],
    questions: Collection[Question],
    *,
    by: User,
    at: datetime,
) -> None:
    for pk, bank in banks.items():
        ids = [question.pk for question in questions if question.bank_id == pk]
        ids = [question_id for question_id in ids if question_id in set(moved)]
        if ids:
            audit.record(
                "questions.move",
                bank,
                by=by,
                at=at,
                summary=_("Đổi chuyên đề hoặc mức độ của %(count)d câu hỏi của “%(bank)s”.")
                % {"count": len(ids), "bank": bank.name},
                data={"questions": ids},
            )
