"""From the facts of attempts to their scores: ORM → ``quizzes.scoring`` → fields.

Marking the same facts again gives the same numbers, so anyone may call it at any time.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from quizzes.models import Attempt, EssayMark, Response, Round, RoundQuestion
from quizzes.scoring import AttemptScore, PreparedSlot, SlotFact, StruckOutRule, score_prepared

SCORE_FIELDS = ("centipoints", "correct_count", "answered_count", "unmarked_count", "scored_at")


def mark_attempts(attempts: Sequence[Attempt], *, at: datetime) -> list[AttemptScore]:
    """Set ``SCORE_FIELDS`` on attempts of one round, without saving them; scores in their order.

    Reads ``attempt.round`` and ``attempt.paper`` (select them with the attempts), then two
    statements whatever the number of attempts, one more when this process is cold, one more where
    a paper holds an essay.
    """
    if not attempts:
        return []
    round = attempts[0].round
    choices = _choices([attempt.pk for attempt in attempts])
    struck_out = _struck_out(round)
    papers = [prepared_slots(round, attempt.paper.slots, struck_out) for attempt in attempts]
    given = _given([attempt.pk for attempt in attempts], papers)
    scores = []
    for attempt, slots in zip(attempts, papers, strict=True):
        score = score_prepared(slots, choices[attempt.pk], given.get(attempt.pk))
        attempt.centipoints = score.centipoints
        attempt.correct_count = score.correct_count
        attempt.answered_count = score.answered_count
        attempt.unmarked_count = score.unmarked_count
        attempt.scored_at = at
        scores.append(score)
    return scores


def mark_for_review(attempt: Attempt) -> tuple[AttemptScore, frozenset[int]]:
    """The score slot by slot, and the struck-out version ids; only after publication."""
    struck_out = _struck_out(attempt.round)
    slots = prepared_slots(attempt.round, attempt.paper.slots, struck_out)
    given = _given([attempt.pk], [slots]).get(attempt.pk)
    return score_prepared(slots, _choices([attempt.pk])[attempt.pk], given), struck_out


def prepared_slots(
    round: Round, slots: Iterable[Mapping[str, Any]], struck_out: frozenset[int]
) -> list[PreparedSlot]:
    """What ``score_prepared`` needs for one paper. ``struck_out`` holds version ids."""
    return [
        _prepared(
            round.pk,
            round.ready_at,
            slot["version"],
            slot["centipoints"],
            slot["version"] in struck_out,
        )
        for slot in slots
    ]


def forget() -> None:
    """Empty this process's memory; tests need it, since they use the same ids again."""
    _facts.cache_clear()
    _prepared.cache_clear()


# Both are read at every hand-in; building them anew through the ORM took longer than running them.
_STRUCK_OUT = (
    "SELECT version_id FROM quizzes_roundquestion WHERE round_id = %s AND struck_out_at IS NOT NULL"
)
_CHOICES = "SELECT attempt_id, slot, choice FROM quizzes_response WHERE attempt_id IN ({})"


def _struck_out(round: Round) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_STRUCK_OUT, [round.pk])
        return frozenset(version_id for (version_id,) in cursor.fetchall())


def _choices(attempt_ids: Sequence[int]) -> Mapping[int, dict[int, Any]]:
    choices: dict[int, dict[int, Any]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_CHOICES.format(", ".join(["%s"] * len(attempt_ids))), list(attempt_ids))
        for attempt_id, slot, choice in cursor.fetchall():
            choices[attempt_id][slot] = json.loads(choice)
    return choices


def _given(
    attempt_ids: Sequence[int], papers: Sequence[Sequence[PreparedSlot]]
) -> dict[int, dict[int, int]]:
    """Attempt → slot → the centipoints people gave to the answer that is there now."""
    if not any(slot.needs_marker for paper in papers for slot in paper):
        return {}
    answers = Response.objects.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot"))
    rows = EssayMark.objects.filter(
        attempt__in=attempt_ids, answer_sequence=Subquery(answers.values("sequence")[:1])
    )
    given: dict[int, dict[int, int]] = defaultdict(dict)
    for attempt_id, slot, centipoints in rows.values_list("attempt_id", "slot", "centipoints"):
        given[attempt_id][slot] = centipoints
    return given


# A drawn version never changes, its key included (a database trigger), and a pool is frozen: these
# cannot go stale. What may change, the striking out of a question, is part of the key.
@lru_cache(maxsize=20_000)
def _prepared(
    round_id: int, ready_at: datetime | None, version_id: int, centipoints: int, is_struck_out: bool
) -> PreparedSlot:
    kind, content, key = _facts(round_id, ready_at)[version_id]
    fact = SlotFact(kind, content, key, centipoints, is_struck_out)
    return PreparedSlot(fact, StruckOutRule.FULL_POINTS)


@lru_cache(maxsize=64)
def _facts(round_id: int, ready_at: datetime | None) -> dict[int, tuple[str, Any, Any]]:
    rows = RoundQuestion.objects.filter(round_id=round_id).values_list(
        "version_id", "version__kind", "version__content", "version__key"
    )
    return {version_id: (kind, content, key) for version_id, kind, content, key in rows}
