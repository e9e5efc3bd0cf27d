"""The papers that an analysis reads: the counted attempt of everyone in a run, marked as if no
question had been struck out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from quizzes.choice_parts import comparable
from quizzes.item_analysis import MAX_SECONDS, Answer
from quizzes.marking import prepared_slots
from quizzes.models import ResultRun
from quizzes.scoring import PreparedSlot

CHUNK_SIZE = 2000

# One row a person whatever the length of the paper: the database puts the answers together.
_ANSWERS = {
    "postgresql": "json_agg(json_build_array(response.slot, response.choice,"
    " floor(extract(epoch FROM response.received_at))))::text",
    "sqlite": "json_group_array(json_array(response.slot, json(response.choice),"
    " CAST(strftime('%%s', response.received_at) AS INTEGER)))",
}
_STARTED = {
    "postgresql": "floor(extract(epoch FROM attempt.started_at))::bigint",
    "sqlite": "CAST(strftime('%%s', attempt.started_at) AS INTEGER)",
}
# What people gave to the essay that is there now.
_GIVEN = {
    "postgresql": "json_agg(json_build_array(mark.slot, mark.centipoints))::text",
    "sqlite": "json_group_array(json_array(mark.slot, mark.centipoints))",
}
_PAPERS = """
SELECT standing.position, entry.contest_unit_id, entry.job_title, {started}, paper.slots, (
    SELECT {answers} FROM quizzes_response AS response WHERE response.attempt_id = attempt.id
), (
    SELECT {given} FROM quizzes_essaymark AS mark JOIN quizzes_response AS answer
        ON answer.attempt_id = mark.attempt_id AND answer.slot = mark.slot
        AND answer.sequence = mark.answer_sequence
    WHERE mark.attempt_id = attempt.id
)
FROM quizzes_standing AS standing
JOIN quizzes_entry AS entry ON entry.id = standing.entry_id
JOIN quizzes_attempt AS attempt ON attempt.id = COALESCE(standing.attempt_id, (
    SELECT last.id FROM quizzes_attempt AS last
    WHERE last.entry_id = entry.id AND last.round_id = %s AND last.state = 'finished'
    ORDER BY last.number DESC LIMIT 1
))
JOIN quizzes_paper AS paper ON paper.id = attempt.paper_id
WHERE standing.run_id = %s AND standing.position > %s AND standing.position <= %s
ORDER BY standing.position
"""


@dataclass(frozen=True, slots=True)
class PoolItem:
    """One version of the round's pool."""

    version_id: int
    question_id: int
    topic_id: int
    kind: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    is_struck_out: bool


@dataclass(frozen=True, slots=True)
class TakenPaper:
    contest_unit_id: int
    job_title: str
    answers: list[Answer]


def struck_out_ids(run: ResultRun) -> list[int]:
    pool = run.round.pool.filter(struck_out_at__isnull=False)
    return sorted(set(pool.values_list("version_id", flat=True)))


def read_pool(run: ResultRun) -> dict[int, PoolItem]:
    """version id → what marking and laying side by side need; one statement."""
    rows = run.round.pool.order_by("pk").values_list(
        "version_id",
        "version__question_id",
        "version__question__topic_id",
        "version__kind",
        "version__content",
        "version__key",
        "struck_out_at",
    )
    return {row[0]: PoolItem(*row[:6], row[6] is not None) for row in rows}


def read_papers(run: ResultRun, pool: Mapping[int, PoolItem]) -> Iterator[TakenPaper]:
    """In the order of the board, a chunk in memory at a time."""
    prepared: dict[tuple[int, int], PreparedSlot] = {}
    for first in range(0, run.person_count, CHUNK_SIZE):
        for _position, unit_id, job_title, started, slots, answers, by_hand in _chunk(run, first):
            points_given = {int(slot): int(points) for slot, points in _loaded(by_hand)}
            given = {int(slot): (choice, int(second)) for slot, choice, second in _loaded(answers)}
            seconds = seconds_spent(
                started,
                {slot: second for slot, (_, second) in given.items()},
                at_most=min(MAX_SECONDS, run.round.duration_seconds),
            )
            taken = []
            for place, slot in enumerate(json.loads(slots)):
                name = slot["version"], slot["centipoints"]
                if name not in prepared:
                    prepared[name] = prepared_slots(run.round, [slot], frozenset())[0]
                choice = given[place][0] if place in given else None
                by_marker = points_given.get(place)
                if prepared[name].needs_marker:
                    points, _, is_answered = prepared[name].mark_by_hand(choice, by_marker)
                    waits = bool(is_answered) and by_marker is None
                    compared = None  # everyone writes something else
                else:
                    points, _, is_answered = prepared[name].mark(choice)
                    waits = False
                    compared = comparable(choice)
                most = 0 if waits else name[1]  # of 0 points: nobody knows yet, so it is left out
                taken.append(
                    Answer(name[0], points, most, bool(is_answered), compared, seconds.get(place))
                )
            yield TakenPaper(unit_id, " ".join(job_title.split()), taken)


def seconds_spent(started: int, received: Mapping[int, int], *, at_most: int) -> dict[int, int]:
    """slot → seconds between the answer before it (or the start) and its own last save.

    An approximation: the server knows when an answer arrived, not when its question was read, and
    changing an answer moves its time. Answers that arrived in one second came together (a paper
    without JavaScript, a network that returned): they say nothing and are left out, as is a gap
    longer than `at_most`, in which the person was away.
    """
    together: dict[int, list[int]] = {}
    for slot, second in received.items():
        together.setdefault(second, []).append(slot)
    found: dict[int, int] = {}
    before = started
    for second in sorted(together):
        slots = together[second]
        if len(slots) == 1 and 0 < second - before <= at_most:
            found[slots[0]] = second - before
        before = second
    return found


def _chunk(run: ResultRun, first: int) -> Iterable[tuple[Any, ...]]:
    statement = _PAPERS.format(
        answers=_ANSWERS[connection.vendor],
        given=_GIVEN[connection.vendor],
        started=_STARTED[connection.vendor],
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [run.round_id, run.pk, first, first + CHUNK_SIZE])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _loaded(answers: str | None) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(answers) if answers else []
    return found
