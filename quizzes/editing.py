"""Writing a question on screen: a new one, or a change to one of the bank.

A version that was drawn, or that somebody has reviewed, stays as it was read: the change is a new
version. Otherwise the current one is changed in place. A changed question is a draft again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from core import audit
from core.errors import Conflict, DomainError, NotAllowed
from core.vietnamese import fold
from legal.deleting import hold_cited
from legal.models import Instrument
from people.models import User
from quizzes import rules
from quizzes.enums import Difficulty, QuestionAct, QuestionState
from quizzes.flagging import recheck_flags
from quizzes.importing.plain import stem_key
from quizzes.kinds import KINDS
from quizzes.models import (
    Question,
    QuestionBank,
    QuestionComment,
    QuestionEvent,
    QuestionVersion,
    Topic,
)
from quizzes.reclassifying import note_move
from quizzes.reviewing import record_events

_CONTENT_FIELDS = ("kind", "stem", "content", "key")
_EXPLAINING_FIELDS = ("explanation", "legal_basis", "instrument", "article", "valid_until")


class NotAQuestion(DomainError):
    """Content or key is not what the kind wants; forms say which field before it comes to this."""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as its author wants it. ``content`` and ``key`` as in ``quizzes.kinds``.

    ``topic`` is one of the bank's, or the name of one, which is created when the bank lacks it.
    """

    kind: str
    stem: str
    content: dict[str, Any]
    key: dict[str, Any]
    topic: Topic | str
    difficulty: str
    explanation: str = ""
    instrument: Instrument | None = None
    article: str = ""
    legal_basis: str = ""
    valid_until: date | None = None


def create_question(
    bank: QuestionBank, draft: QuestionDraft, *, by: User, at: datetime
) -> Question:
    """A draft with its first version. Raises NotAllowed, NotAQuestion, and Conflict when the bank
    has this stem already: the same form sent twice, or somebody else at the same moment."""
    _check(bank, draft, by, at)
    with transaction.atomic():
        bank = QuestionBank.objects.select_for_update().get(pk=bank.pk)
        _refuse_twin(bank, draft)
        _hold_cited(draft)
        question = Question.objects.create(
            bank=bank,
            topic=_topic_of(bank, draft),
            difficulty=draft.difficulty,
            stem_key=stem_key(draft.stem),
            created_by=by,
        )
        _add_version(question, draft, number=1, by=by, at=at)
        recheck_flags(at=at, bank=bank)
        audit.record(
            "question.created",
            question,
            by=by,
            at=at,
            summary=_("Soạn câu hỏi #%(number)d trong “%(bank)s”.")
            % {"number": question.pk, "bank": bank.name},
        )
    return question


def edit_question(
    question: Question, draft: QuestionDraft, *, revision: int, by: User, at: datetime
) -> Question:
    """Save the change; the same words again change nothing.

    ``revision`` is the question's when the person began to write. Raises NotAllowed, NotAQuestion,
    and Conflict when somebody else has changed it meanwhile.
    """
    _check(question.bank, draft, by, at)
    with transaction.atomic():
        question = (
            Question.objects.select_for_update(of=("self",))
            .select_related("current_version", "bank", "topic")
            .get(pk=question.pk)
        )
        if question.revision != revision:
            raise Conflict(
                _(
                    "Câu hỏi vừa được người khác sửa sau khi bạn mở trang nên chưa lưu. "
                    "Nội dung bạn viết vẫn còn dưới đây."
                )
            )
        topic = _topic_of(question.bank, draft)
        changes_version = _differs(question, draft)
        moves = (question.topic_id, question.difficulty) != (topic.pk, draft.difficulty)
        if not changes_version and not moves:
            return question
        if changes_version:
            _hold_cited(draft)
            _write_version(question, draft, by=by, at=at)
        if moves:
            note_move(question, topic, draft.difficulty, by=by, at=at)
        question.topic, question.difficulty = topic, draft.difficulty
        question.revision += 1
        if changes_version and question.state != QuestionState.RETIRED:
            question.state = QuestionState.DRAFT
        question.stem_key = stem_key(draft.stem)
        question.save(update_fields=["topic", "difficulty", "revision", "state", "stem_key"])
        recheck_flags(at=at, bank=question.bank)
        audit.record(
            "question.changed",
            question,
            by=by,
            at=at,
            summary=_("Sửa câu hỏi #%(number)d của “%(bank)s”.")
            % {"number": question.pk, "bank": question.bank.name},
        )
    return question


def carry_over(draft: QuestionDraft, before: QuestionVersion) -> tuple[dict[str, Any], list[str]]:
    """The draft's content with the pictures and the formatting of the version before.

    Formatting counts characters of the text: where the text was changed it cannot stay. Returns
    the content and the parts ("stem" or an id) that lost theirs, for the person to be told.
    """
    texts = {**_texts(draft.content), "stem": draft.stem}
    old_texts = {**_texts(before.content), "stem": before.stem}
    content = dict(draft.content)
    if media := before.content.get("media"):
        content["media"] = media
    pictures = {
        part: kept for part, kept in before.content.get("pictures", {}).items() if part in texts
    }
    old_marks: Mapping[str, Any] = before.content.get("marks", {})
    marks = {
        part: kept for part, kept in old_marks.items() if texts.get(part) == old_texts.get(part)
    }
    if pictures:
        content["pictures"] = pictures
    if marks:
        content["marks"] = marks
    return content, [part for part in old_marks if part in texts and part not in marks]


def _texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {
        item["id"]: item["text"]
        for items in content.values()
        if isinstance(items, list)
        for item in items
        if isinstance(item, dict) and "id" in item and "text" in item
    }


def _check(bank: QuestionBank, draft: QuestionDraft, by: User, at: datetime) -> None:
    if not rules.can_author(by, bank, at):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này."))
    problems = KINDS[draft.kind].problems(draft.content, draft.key)
    in_bank = isinstance(draft.topic, str) or draft.topic.bank_id == bank.pk
    if problems or not (draft.stem and draft.topic and in_bank):
        raise NotAQuestion(_("Câu hỏi chưa đủ nội dung, phương án, đáp án hoặc chuyên đề."))
    if draft.difficulty not in Difficulty:
        raise NotAQuestion(_("Hãy chọn mức độ của câu hỏi."))


def _hold_cited(draft: QuestionDraft) -> None:
    hold_cited({draft.instrument.pk} if draft.instrument else set())


def _refuse_twin(bank: QuestionBank, draft: QuestionDraft) -> None:
    twin = bank.questions.filter(stem_key=stem_key(draft.stem)).order_by("pk").first()
    if twin is not None:
        raise Conflict(
            _("Ngân hàng đã có câu #%(number)d với đúng nội dung này.") % {"number": twin.pk}
        )


def _topic_of(bank: QuestionBank, draft: QuestionDraft) -> Topic:
    if isinstance(draft.topic, Topic):
        return draft.topic
    topic, _created = Topic.objects.get_or_create(
        bank=bank, search_key=fold(draft.topic), defaults={"name": draft.topic}
    )
    return topic


def _differs(question: Question, draft: QuestionDraft) -> bool:
    version = question.current_version
    return version is None or any(
        getattr(version, name) != getattr(draft, name)
        for name in (*_CONTENT_FIELDS, *_EXPLAINING_FIELDS)
    )


def _write_version(question: Question, draft: QuestionDraft, *, by: User, at: datetime) -> None:
    version = question.current_version
    if version is not None and not read_versions([version.pk]):
        values = _values(draft)
        # Not drawn: said again by the statement, a round may be made ready at this moment.
        if QuestionVersion.objects.filter(pk=version.pk, drawn_at=None).update(
            **values, changed_by=by, changed_at=at
        ):
            record_events([question], act=QuestionAct.CHANGED, by=by, at=at)
            return
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    _add_version(question, draft, number=last + 1, by=by, at=at)


def read_versions(version_ids: Iterable[int]) -> frozenset[int]:
    """Those on whose words somebody else relies: a paper, a reviewer, a comment. One statement."""
    own = (QuestionAct.CHANGED, QuestionAct.MOVED)
    of_version = {"version": OuterRef("pk")}
    is_read = (
        Q(drawn_at__isnull=False)
        | Exists(QuestionComment.objects.filter(**of_version))
        | Exists(QuestionEvent.objects.filter(**of_version).exclude(act__in=own))
    )
    found = QuestionVersion.objects.filter(is_read, pk__in=list(version_ids))
    return frozenset(found.values_list("pk", flat=True))


def _add_version(
    question: Question, draft: QuestionDraft, *, number: int, by: User, at: datetime
) -> None:
    question.current_version = QuestionVersion.objects.create(
        question=question, number=number, created_by=by, created_at=at, **_values(draft)
    )
    question.save(update_fields=["current_version"])


def _values(draft: QuestionDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in (*_CONTENT_FIELDS, *_EXPLAINING_FIELDS)}
