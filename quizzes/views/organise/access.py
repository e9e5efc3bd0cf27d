"""What every organiser view does first: find the contest and see whether the person runs it.

Somebody else's contest answers as one that does not exist: its address tells nothing.
"""

from typing import Any

from django.http import Http404, HttpRequest

from quizzes import rules
from quizzes.models import Contest, Round


def organised_contest(request: HttpRequest, code: str) -> Contest:
    contest = Contest.objects.filter(code=code).first()
    if contest is None or not rules.can_organise(request.user, contest):
        raise Http404
    return contest


def organised_round(request: HttpRequest, code: str, number: int) -> Round:
    quiz_round = (
        Round.objects.select_related("contest").filter(contest__code=code, number=number).first()
    )
    if quiz_round is None or not rules.can_organise(request.user, quiz_round.contest):
        raise Http404
    return quiz_round


def context(contest: Contest, here: str, **more: Any) -> dict[str, Any]:
    """What templates/quizzes/organise/_nav.html needs; ``here`` names the current line."""
    return {
        "contest": contest,
        "here": here,
        "nav_rounds": list(contest.rounds.order_by("number")),
        **more,
    }
