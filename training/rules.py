"""Who may see what of the lessons of a round: predicates that only read."""

from typing import Any

from django.db.models import Q

from people.models import User
from people.rules import is_unit_head
from quizzes.enums import AttemptState, RoundState
from quizzes.models import Round
from quizzes.rules import can_organise, holds_any_organising


def attempts_with_answers(user: User) -> Q:
    """The condition on Attempt that says the same as ``quizzes.rules.can_see_answers``."""
    return Q(
        entry__user=user.pk,
        state=AttemptState.FINISHED,
        round__state=RoundState.PUBLISHED,
        round__shows_answers=True,
    )


def can_oversee_units(user: Any) -> bool:
    """Whether the page of units has anything to show to this person."""
    return holds_any_organising(user) or is_unit_head(user)


def sees_every_unit(user: Any, quiz_round: Round) -> bool:
    """A head sees the own unit and those below it; the board of the contest sees all."""
    return can_organise(user, quiz_round.contest)
