"""What a decision does to results that are already public: they follow it at once.

A result that is not published yet waits for the organisers to compute it again.
"""

from datetime import datetime

from people.models import User
from quizzes import results
from quizzes.enums import RoundState
from quizzes.models import Round


def hold_closed_rounds(contest_id: int) -> list[Round]:
    """Lock the contest's closed and published rounds, before anything else in the act's
    transaction: none of them is published, or taken back, while the act is being written. Rounds
    that are open stay free, so that people can start meanwhile."""
    return list(
        Round.objects.select_for_update(of=("self",))
        .select_related("contest")
        .filter(contest=contest_id, state__in=(RoundState.CLOSED, RoundState.PUBLISHED))
        .order_by("pk")
    )


def recompute_published(rounds: list[Round], *, reason: str, by: User, at: datetime) -> None:
    """Compute anew those of the held ``rounds`` that are public, after the act is recorded and in
    its transaction. The run before is kept; the same facts make no new one."""
    for quiz_round in rounds:
        if quiz_round.state == RoundState.PUBLISHED:
            results.compute_results(quiz_round, by=by, at=at, reason=reason)
