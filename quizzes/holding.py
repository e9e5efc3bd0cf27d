"""Questions that must not change or go away while something is decided about them."""

from collections.abc import Collection

from django.utils.translation import ngettext

from core.errors import Conflict
from core.locking import hold_rows
from quizzes.models import Question, QuestionBank, Round

_NAMED = 5


def hold_questions(question_ids: Collection[int]) -> None:
    """Until the transaction ends nobody changes, moves or deletes them. Raises Conflict for one
    that is gone: the import that brought it was undone meanwhile."""
    gone = sorted(set(question_ids) - hold_rows(Question, question_ids))
    if gone:
        named = ", ".join(f"#{number}" for number in gone[:_NAMED])
        raise Conflict(
            ngettext(
                "Câu %(named)s không còn trong ngân hàng. Hãy tải lại trang.",
                "Các câu %(named)s không còn trong ngân hàng. Hãy tải lại trang.",
                len(gone),
            )
            % {"named": named}
        )


def hold_what_is_drawn_from(quiz_round: Round) -> None:
    """The banks of the blueprint, so that no import is applied or undone there, and the questions
    of its topics, so that none is edited, retired or moved, until the transaction ends."""
    topics = list(quiz_round.cells.values_list("topic", flat=True))
    banks = QuestionBank.objects.filter(topics__in=topics).values_list("pk", flat=True)
    hold_rows(QuestionBank, set(banks))
    questions = Question.objects.select_for_update(no_key=True).filter(topic__in=topics)
    list(questions.order_by("pk").values_list("pk", flat=True))
