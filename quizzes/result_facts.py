"""From the rows of a round to what ``quizzes.ranking`` compares, in a constant number of
statements per thousand attempts."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from core.bulk import update_rows
from quizzes.enums import AttemptCounting, AttemptState, TieCriterion
from quizzes.marking import SCORE_FIELDS, prepared_slots
from quizzes.models import Attempt, Round
from quizzes.ranking import (
    AttemptFact,
    AttemptRule,
    Criterion,
    PredictionCounts,
    PredictionKind,
    counted_attempt,
    prediction_distance,
    prediction_target,
)
from quizzes.scoring import PreparedSlot, score_prepared

CHUNK_SIZE = 2000

# One row per attempt whatever the length of its paper: the database puts the choices together.
_CHOICES = {
    "postgresql": "json_agg(json_build_array(response.slot, response.choice))::text",
    "sqlite": "json_group_array(json_array(response.slot, json(response.choice)))",
}
_GIVEN = {
    "postgresql": "json_agg(json_build_array(mark.slot, mark.centipoints))::text",
    "sqlite": "json_group_array(json_array(mark.slot, mark.centipoints))",
}
_ATTEMPTS = """
SELECT attempt.id, attempt.centipoints, attempt.correct_count, attempt.answered_count,
    attempt.unmarked_count, attempt.scored_at, paper.slots, (
        SELECT {choices} FROM quizzes_response AS response WHERE response.attempt_id = attempt.id
    ), (
        SELECT {given} FROM quizzes_essaymark AS mark JOIN quizzes_response AS answer
            ON answer.attempt_id = mark.attempt_id AND answer.slot = mark.slot
            AND answer.sequence = mark.answer_sequence
        WHERE mark.attempt_id = attempt.id
    )
FROM quizzes_attempt AS attempt JOIN quizzes_paper AS paper ON paper.id = attempt.paper_id
WHERE attempt.round_id = %s AND attempt.state = 'finished' AND attempt.id > %s {unscored}
ORDER BY attempt.id LIMIT %s
"""

type StruckOut = frozenset[int]


def struck_out_versions(quiz_round: Round) -> StruckOut:
    return frozenset(
        quiz_round.pool.filter(struck_out_at__isnull=False).values_list("version_id", flat=True)
    )


def score_attempts(quiz_round: Round, *, at: datetime, only_unscored: bool = False) -> StruckOut:
    """Score the finished attempts of a round anew and write those whose score is not the stored
    one. Returns the struck-out versions it scored by.

    Each chunk is a short transaction of its own: a crash half-way leaves scores that are right as
    far as they go, and the next run goes over all of them again.
    """
    struck_out = struck_out_versions(quiz_round)
    prepared: dict[tuple[int, int], PreparedSlot] = {}
    last_id = 0
    while True:
        with transaction.atomic():
            chunk = _read_chunk(quiz_round, last_id, only_unscored=only_unscored)
            rows = [
                row
                for line in chunk
                if (row := _scored(line, quiz_round, struck_out, prepared, at)) is not None
            ]
            update_rows(Attempt, SCORE_FIELDS, rows)
        if len(chunk) < CHUNK_SIZE:
            return struck_out
        last_id = chunk[-1][0]


def _read_chunk(quiz_round: Round, after_id: int, *, only_unscored: bool) -> list[tuple[Any, ...]]:
    statement = _ATTEMPTS.format(
        choices=_CHOICES[connection.vendor],
        given=_GIVEN[connection.vendor],
        unscored="AND attempt.scored_at IS NULL" if only_unscored else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [quiz_round.pk, after_id, CHUNK_SIZE])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _scored(
    line: tuple[Any, ...],
    quiz_round: Round,
    struck_out: StruckOut,
    prepared: dict[tuple[int, int], PreparedSlot],
    at: datetime,
) -> tuple[int, int, int, int, int, datetime] | None:
    """The row to write, None when it is already stored."""
    attempt_id, *stored, scored_at, slots, choices, given = line
    paper = []
    for slot in json.loads(slots):
        key = slot["version"], slot["centipoints"]
        found = prepared.get(key)
        if found is None:
            found = prepared[key] = prepared_slots(quiz_round, [slot], struck_out)[0]
        paper.append(found)
    score = score_prepared(
        paper,
        dict(json.loads(choices)) if choices else {},
        dict(json.loads(given)) if given else {},
    )
    computed = score.centipoints, score.correct_count, score.answered_count, score.unmarked_count
    if scored_at is not None and computed == tuple(stored):
        return None
    return (attempt_id, *computed, at)


@dataclass(frozen=True, slots=True)
class PersonFact:
    """What one valid entry with a finished attempt brings to the ranking. ``attempts`` counts the
    finished ones; ``counted`` is what counts of them."""

    entry_id: int
    contest_unit_id: int
    is_exempt: bool
    draw_order: int | None
    attempt_count: int
    counted: AttemptFact


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """Everything a computation of the round's result reads."""

    persons: list[PersonFact]
    started_at: list[datetime]
    prediction_answer: int | None
    invalid_person_count: int
    slot_count: int
    max_centipoints: int


# entry, attempt, centipoints, correct, elapsed_ms, prediction, finished_at, started_at: a finished
# and scored attempt has them all but the prediction.
type _Row = tuple[int, int, int, int, int, int | None, datetime, datetime]


def tie_criteria(quiz_round: Round) -> list[Criterion]:
    """The round's order as ``quizzes.ranking`` names it; the prediction only where one is asked."""
    return [
        Criterion(code)
        for code in quiz_round.tie_order
        if quiz_round.has_prediction or code != TieCriterion.PREDICTION_DISTANCE
    ]


def read_facts(quiz_round: Round) -> RoundFacts:
    """Five statements whatever the number of attempts. Every attempt must have its score."""
    totals = [
        (cell.question_count, cell.question_count * cell.centipoints)
        for cell in quiz_round.cells.all()
    ]
    slot_count = sum(count for count, _ in totals)
    attempts: dict[int, list[_Row]] = defaultdict(list)
    for row in _finished_attempts(quiz_round):
        attempts[row[0]].append(row)
    entries = {
        pk: (unit_id, is_exempt, draw_order, invalid_at)
        for pk, unit_id, is_exempt, draw_order, invalid_at in quiz_round.contest.entries.order_by()
        .values_list("pk", "contest_unit_id", "is_exempt", "draw_order", "invalid_at")
        .iterator(chunk_size=CHUNK_SIZE)
        if pk in attempts
    }
    invalid = {pk for pk, entry in entries.items() if entry[3] is not None}
    answer = None
    if quiz_round.has_prediction:
        answer = _prediction_answer(quiz_round, attempts, invalid, slot_count)
    criteria = tie_criteria(quiz_round)
    persons = [
        PersonFact(
            pk,
            unit_id,
            is_exempt,
            draw_order,
            len(rows),
            _count(quiz_round, rows, answer, criteria),
        )
        for pk, (unit_id, is_exempt, draw_order, invalid_at) in entries.items()
        if invalid_at is None and (rows := attempts[pk])
    ]
    return RoundFacts(
        persons=persons,
        started_at=[row[7] for person in persons for row in attempts[person.entry_id]],
        prediction_answer=answer,
        invalid_person_count=len(invalid),
        slot_count=slot_count,
        max_centipoints=sum(points for _, points in totals),
    )


def _finished_attempts(quiz_round: Round) -> Iterator[_Row]:
    rows: Any = (
        Attempt.objects.filter(round=quiz_round, state=AttemptState.FINISHED)
        .order_by("pk")
        .values_list(
            "entry_id",
            "pk",
            "centipoints",
            "correct_count",
            "elapsed_ms",
            "prediction",
            "finished_at",
            "started_at",
        )
        .iterator(chunk_size=CHUNK_SIZE)
    )
    yield from rows


def _count(
    quiz_round: Round, rows: list[_Row], answer: int | None, criteria: list[Criterion]
) -> AttemptFact:
    facts = [
        AttemptFact(
            attempt_id=pk,
            centipoints=centipoints,
            correct_count=correct,
            elapsed_ms=elapsed_ms,
            prediction_distance=None if answer is None else prediction_distance(prediction, answer),
            finished_at=finished_at,
            entered_at=entered_at,
        )
        for _, pk, centipoints, correct, elapsed_ms, prediction, finished_at, entered_at in rows
    ]
    if len(facts) == 1:
        return facts[0]
    return counted_attempt(facts, AttemptRule(quiz_round.attempt_counting), criteria) or facts[0]


def _prediction_answer(
    quiz_round: Round, attempts: dict[int, list[_Row]], invalid: set[int], slot_count: int
) -> int:
    """What the predictions are compared with. A person has everything right when what counts of
    their attempts, by points alone, has."""
    kind = PredictionKind(quiz_round.prediction_target)

    def all_correct(entry_ids: Iterable[int]) -> int:
        if kind is not PredictionKind.ALL_CORRECT:
            return 0
        return sum(_has_all(quiz_round, attempts[pk], slot_count) for pk in entry_ids)

    valid = [pk for pk in attempts if pk not in invalid]
    counts = PredictionCounts(
        participants=len(valid),
        attempts=sum(len(attempts[pk]) for pk in valid),
        all_correct=all_correct(valid),
        invalid_participants=len(invalid),
        invalid_attempts=sum(len(attempts[pk]) for pk in invalid),
        invalid_all_correct=all_correct(invalid),
    )
    return prediction_target(kind, counts, counts_invalid=quiz_round.prediction_counts_invalid)


def _has_all(quiz_round: Round, rows: list[_Row], slot_count: int) -> bool:
    if quiz_round.attempt_counting == AttemptCounting.MEAN:
        return all(row[3] == slot_count for row in rows)
    by_points = [Criterion.POINTS, Criterion.CORRECT_COUNT]
    return _count(quiz_round, rows, None, by_points).correct_count == slot_count


def has_unscored(quiz_round: Round) -> bool:
    return quiz_round.attempts.filter(state=AttemptState.FINISHED, scored_at=None).exists()


def unmarked_essay_count(quiz_round: Round) -> int:
    """Essays of valid entries that wait for their points. Every attempt must have its score."""
    waiting = quiz_round.attempts.filter(
        state=AttemptState.FINISHED, unmarked_count__gt=0, entry__invalid_at=None
    )
    return waiting.aggregate(count=Sum("unmarked_count"))["count"] or 0


def max_centipoints(quiz_round: Round) -> int:
    """What a full paper of the round is worth."""
    cells = quiz_round.cells.values_list("question_count", "centipoints")
    return sum(count * centipoints for count, centipoints in cells)
