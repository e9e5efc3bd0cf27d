"""Approving questions, sending them back to draft, taking them out of use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError, NotAllowed
from people.models import User
from quizzes import rules
from quizzes.enums import QuestionState
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionBank


class NotReady(DomainError):
    """A question that cannot be asked was to be approved; nothing was changed."""


@transaction.atomic
def set_question_state(
    bank: QuestionBank,
    question_ids: Collection[int],
    *,
    state: QuestionState,
    by: User,
    at: datetime,
) -> int:
    """Move questions of the bank to a state; returns how many were in another one.

    Questions of other banks are not touched. Raises NotAllowed, NotReady.
    """
    if not rules.can_author(by, bank):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này."))
    questions = list(
        Question.objects.select_for_update(of=("self",))
        .filter(bank=bank, pk__in=question_ids)
        .exclude(state=state)
        .select_related("current_version")
        .order_by("pk")
    )
    if state == QuestionState.APPROVED:
        _check_ready(questions)
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(state=state)
    if questions:
        audit.record(
            f"questions.{state.value}",
            bank,
            by=by,
            at=at,
            summary=_("Chuyển %(count)d câu hỏi của “%(bank)s” sang “%(state)s”.")
            % {"count": len(questions), "bank": bank.name, "state": state.label},
            data={"questions": [question.pk for question in questions]},
        )
    return len(questions)


def _check_ready(questions: Collection[Question]) -> None:
    for question in questions:
        version = question.current_version
        if version is None or KINDS[version.kind].problems(version.content, version.key):
            raise NotReady(
                _("Câu hỏi #%(number)d chưa đủ phương án hoặc đáp án nên chưa duyệt được.")
                % {"number": question.pk}
            )
