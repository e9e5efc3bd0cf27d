"""What finished attempts answered and whether it was right: ORM → ``quizzes.scoring`` → values.

Marked anew at each reading, so a changed key or a struck-out question shows at once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from quizzes.kinds import KINDS, Json
from quizzes.models import Attempt, Response, RoundQuestion
from quizzes.scoring import PreparedSlot, SlotFact, StruckOutRule

# A share of any points is right or wrong alike: the points of the slot do not matter here.
_ANY_CENTIPOINTS = 100


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """One slot of one attempt. ``order``: option ids as they were shown; ``choice``: as stored,
    None for no answer. Partly right is not right."""

    entry_id: int
    question_id: int
    version_id: int
    topic_id: int
    topic_name: str
    order: tuple[str, ...]
    choice: Json
    is_right: bool


@dataclass(frozen=True, slots=True)
class _PoolFact:
    question_id: int
    topic_id: int
    topic_name: str
    prepared: PreparedSlot


def marked_answers(attempts: QuerySet[Attempt]) -> Iterator[MarkedAnswer]:
    """The slots of the attempts, the attempt that ended first at the head; three statements.

    A struck-out question gives everyone its points and says nothing about what they know: it is
    left out, and so is an essay, which is not right or wrong.
    """
    rows = list(
        attempts.order_by("finished_at", "pk").values_list(
            "pk", "entry_id", "round_id", "paper__slots"
        )
    )
    choices: dict[int, dict[int, Json]] = defaultdict(dict)
    if rows:
        found = Response.objects.filter(attempt__in=attempts.order_by().values("pk"))
        for attempt_id, slot, choice in found.values_list("attempt_id", "slot", "choice"):
            choices[attempt_id][slot] = choice
    pool = _pool_facts({round_id for _, _, round_id, _ in rows})
    for attempt_id, entry_id, round_id, slots in rows:
        for place, slot in enumerate(slots):
            fact = pool.get((round_id, slot["version"]))
            if fact is None:
                continue
            choice = choices[attempt_id].get(place)
            yield MarkedAnswer(
                entry_id,
                fact.question_id,
                slot["version"],
                fact.topic_id,
                fact.topic_name,
                tuple(slot["options"]),
                choice,
                bool(fact.prepared.mark(choice)[1]),
            )


def _pool_facts(round_ids: set[int]) -> dict[tuple[int, int], _PoolFact]:
    """(round, version) → what marking needs, without the struck-out questions."""
    if not round_ids:
        return {}
    facts: dict[tuple[int, int], _PoolFact] = {}
    rows = RoundQuestion.objects.filter(round__in=round_ids, struck_out_at__isnull=True)
    for row in rows.values_list(
        "round_id",
        "version_id",
        "version__question_id",
        "version__question__topic_id",
        "version__question__topic__name",
        "version__kind",
        "version__content",
        "version__key",
    ):
        round_id, version_id, question_id, topic_id, topic_name, kind, content, key = row
        if KINDS[kind].needs_marker:
            continue
        slot = SlotFact(kind, content, key, _ANY_CENTIPOINTS)
        facts[round_id, version_id] = _PoolFact(
            question_id, topic_id, topic_name, PreparedSlot(slot, StruckOutRule.FULL_POINTS)
        )
    return facts
