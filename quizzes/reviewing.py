"""The review of questions: draft → in review → approved → retired, and back to draft.

Each step takes any number of questions, of one bank or several: those for which the person may not
take it are named with the reason, the rest go. Whoever wrote or last changed a question does not
approve it. ``by`` None is the server itself, which may do everything and is recorded as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError
from people.models import User
from quizzes import rules
from quizzes.commenting import clean_comment
from quizzes.enums import QuestionAct, QuestionState, ReviewStep
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionBank, QuestionComment, QuestionEvent

_BATCH = 500
_FROM: Mapping[ReviewStep, frozenset[QuestionState]] = {
    ReviewStep.SUBMIT: frozenset({QuestionState.DRAFT}),
    ReviewStep.APPROVE: frozenset({QuestionState.IN_REVIEW}),
    ReviewStep.RETURN: frozenset({QuestionState.IN_REVIEW, QuestionState.APPROVED}),
    ReviewStep.RETIRE: frozenset(
        {QuestionState.DRAFT, QuestionState.IN_REVIEW, QuestionState.APPROVED}
    ),
    ReviewStep.RESTORE: frozenset({QuestionState.RETIRED}),
}
_TO: Mapping[ReviewStep, QuestionState] = {
    ReviewStep.SUBMIT: QuestionState.IN_REVIEW,
    ReviewStep.APPROVE: QuestionState.APPROVED,
    ReviewStep.RETURN: QuestionState.DRAFT,
    ReviewStep.RETIRE: QuestionState.RETIRED,
    ReviewStep.RESTORE: QuestionState.DRAFT,
}


class CommentMissing(DomainError):
    """A question was to be returned without a word."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that the step leaves as it is. ``reason``: a sentence for the person."""

    question_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """Ids of the questions moved, in order, and the refused. A question that is already where the
    step leads is in neither."""

    moved: tuple[int, ...]
    refused: tuple[Refusal, ...]


def possible_steps(question: Question, *, by: User, at: datetime) -> list[ReviewStep]:
    """The steps the person could take now, for the buttons of its page."""
    powers = _Powers(by, at)
    return [
        step
        for step in ReviewStep
        if question.state in _FROM[step] and powers.refusal(step, question) is None
    ]


def forecast(
    step: ReviewStep, questions: Iterable[Question], *, by: User, at: datetime
) -> StepOutcome:
    """What the step would do; writes nothing. The questions come with ``current_version``."""
    return _sort(step, questions, _Powers(by, at), None)


def take_step(
    step: ReviewStep,
    question_ids: Collection[int],
    *,
    by: User | None,
    at: datetime,
    comment: str = "",
    revisions: Mapping[int, int] | None = None,
) -> StepOutcome:
    """``SUBMIT`` by who may author, ``APPROVE`` and ``RETURN`` by a reviewer, the others by who may
    author: a retired question is not drawn any more, but rounds that are ready keep their pool; a
    restored one is a draft again, since the law may have changed meanwhile.

    ``comment``: left open at each question that moves; to return one needs it. ``revisions``:
    question id → revision that was read; a question changed since is refused. Raises
    CommentMissing, CommentError.
    """
    comment = clean_comment(comment)
    if step == ReviewStep.RETURN and not comment:
        raise CommentMissing(_("Hãy ghi nhận xét để người soạn biết cần sửa gì."))
    with transaction.atomic():
        questions = _lock(question_ids, by, at)
        outcome = _sort(step, questions, _Powers(by, at), revisions)
        moved = set(outcome.moved)
        taken = [question for question in questions if question.pk in moved]
        state = _TO[step]
        Question.objects.filter(pk__in=outcome.moved).update(state=state)
        if comment and by is not None:
            _comment(taken, comment, by=by, at=at)
        record_events(taken, act=QuestionAct(step.value), by=by, at=at)
        _record_by_bank(step, taken, by=by, at=at)
    return outcome


def record_events(
    questions: Iterable[Question],
    *,
    act: QuestionAct,
    by: User | None,
    at: datetime,
    note: str = "",
) -> None:
    """A line in the history of each question, about its current version."""
    QuestionEvent.objects.bulk_create(
        [
            QuestionEvent(
                question=question,
                version_id=_version_id(question),
                act=act,
                by=by,
                at=at,
                note=note[:300],
            )
            for question in questions
        ],
        batch_size=_BATCH,
    )


def _version_id(question: Question) -> int:
    if question.current_version_id is None:
        raise ValueError("a question without a version has no history yet")
    return question.current_version_id


def _lock(question_ids: Collection[int], by: User | None, at: datetime) -> list[Question]:
    """What the person may not read is not there."""
    questions = Question.objects.select_for_update(of=("self",)).filter(
        pk__in=question_ids, current_version__isnull=False
    )
    if by is not None:
        banks = QuestionBank.objects.filter(rules.readable_banks(by, at))
        questions = questions.filter(bank__in=banks.values("pk"))
    return list(questions.select_related("current_version", "bank").order_by("pk"))


def _sort(
    step: ReviewStep,
    questions: Iterable[Question],
    powers: _Powers,
    revisions: Mapping[int, int] | None,
) -> StepOutcome:
    moved: list[int] = []
    refused: list[Refusal] = []
    for question in questions:
        if question.state == _TO[step]:
            continue
        reason = powers.refusal(step, question) or changed_since(question, revisions)
        if reason is None:
            moved.append(question.pk)
        else:
            refused.append(Refusal(question.pk, reason))
    return StepOutcome(tuple(moved), tuple(refused))


def changed_since(question: Question, revisions: Mapping[int, int] | None) -> str | None:
    """What to tell a person who has read another revision of the question; None when it is the
    same, or not said."""
    if (revisions or {}).get(question.pk, question.revision) == question.revision:
        return None
    return _("Câu hỏi vừa được sửa sau khi bạn mở trang. Hãy đọc lại rồi làm lại.")


class _Powers:
    """What one person may do, each bank asked once."""

    def __init__(self, by: User | None, at: datetime) -> None:
        self.by, self.at = by, at
        self._authors: dict[int, bool] = {}
        self._reviews: dict[int, bool] = {}

    def refusal(self, step: ReviewStep, question: Question) -> str | None:
        """Why the step cannot be taken, or None."""
        if self.by is not None and not self._holds(step, question.bank):
            if step in (ReviewStep.APPROVE, ReviewStep.RETURN):
                return _("Bạn không duyệt câu hỏi của ngân hàng này.")
            return _("Bạn không phụ trách ngân hàng câu hỏi này.")
        if question.state not in _FROM[step]:
            return _wrong_state(step, question)
        version = question.current_version
        if step in (ReviewStep.SUBMIT, ReviewStep.APPROVE) and (
            version is None or KINDS[version.kind].problems(version.content, version.key)
        ):
            return _("Câu hỏi chưa đủ phương án hoặc đáp án. Hãy sửa câu hỏi trước.")
        if step == ReviewStep.APPROVE and version and self.by and rules.wrote(self.by, version):
            return _("Bạn là người soạn hoặc vừa sửa câu này nên cần người khác duyệt.")
        return None

    def _holds(self, step: ReviewStep, bank: QuestionBank) -> bool:
        if step in (ReviewStep.APPROVE, ReviewStep.RETURN):
            if bank.pk not in self._reviews:
                self._reviews[bank.pk] = rules.can_review(self.by, bank, self.at)
            return self._reviews[bank.pk]
        if bank.pk not in self._authors:
            self._authors[bank.pk] = rules.can_author(self.by, bank, self.at)
        return self._authors[bank.pk]


def _wrong_state(step: ReviewStep, question: Question) -> str:
    if step == ReviewStep.APPROVE and question.state == QuestionState.DRAFT:
        return _("Câu hỏi còn là bản nháp. Người soạn cần gửi duyệt trước.")
    if step == ReviewStep.RESTORE:
        return _("Câu hỏi chưa ngừng dùng nên không cần dùng lại.")
    return _("Câu hỏi đang ở tình trạng “%(state)s” nên không làm được việc này.") % {
        "state": question.get_state_display()
    }


def _comment(questions: Sequence[Question], text: str, *, by: User, at: datetime) -> None:
    QuestionComment.objects.bulk_create(
        [
            QuestionComment(
                question=question,
                version_id=_version_id(question),
                text=text,
                author=by,
                created_at=at,
            )
            for question in questions
        ],
        batch_size=_BATCH,
    )


def _record_by_bank(
    step: ReviewStep, questions: Sequence[Question], *, by: User | None, at: datetime
) -> None:
    banks: dict[int, list[Question]] = {}
    for question in questions:
        banks.setdefault(question.bank_id, []).append(question)
    for of_bank in banks.values():
        bank = of_bank[0].bank
        audit.record(
            f"questions.{step.value}",
            bank,
            by=by,
            at=at,
            summary=_("%(step)s %(count)d câu hỏi của “%(bank)s”.")
            % {"step": step.label, "count": len(of_bank), "bank": bank.name},
            data={"questions": [question.pk for question in of_bank]},
        )
