"""The result of a round: facts → ``quizzes.scoring`` and ``quizzes.ranking`` → rows.

A result is never edited. A struck-out question, an invalid entry, a corrected headcount is another
computation; the earlier run stays, so that before and after can be compared. The same facts give
the same rows and no second run.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record
from core.bulk import insert_rows
from core.errors import Conflict
from core.models import AuditEvent
from people.models import User
from quizzes import result_facts, rules
from quizzes.enums import AttemptState, ContestAct, RoundState
from quizzes.models import (
    Attempt,
    Award,
    ContestUnit,
    Entry,
    ResultRun,
    Round,
    Standing,
    UnitStanding,
)
from quizzes.ranking import (
    RankedUnit,
    RankFact,
    UnitFact,
    rank,
    rank_units,
)
from quizzes.result_facts import PersonFact, RoundFacts, score_attempts
from quizzes.result_statistics import statistics_block

__all__ = [
    "PersonResult",
    "award_for",
    "compute_results",
    "current_run",
    "is_stale",
    "results_of",
    "score_attempts",
]

# Acts after which a computed result may no longer follow from the facts.
RESULT_CHANGING_ACTS = (
    ContestAct.CONTEST_SAVED,
    ContestAct.ROSTER_TAKEN,
    ContestAct.HEADCOUNT_SET,
    ContestAct.MARKED_INVALID,
    ContestAct.RESTORED,
    ContestAct.EXEMPTED,
    ContestAct.EXEMPTION_ENDED,
    ContestAct.LOT_DRAWN,
    ContestAct.ATTEMPT_REOPENED,
    ContestAct.ESSAY_MARKED,
    ContestAct.STRUCK_OUT,
    ContestAct.STRIKE_UNDONE,
)


def current_run(quiz_round: Round) -> ResultRun | None:
    return quiz_round.result_runs.filter(is_current=True).first()


def is_stale(quiz_round: Round, run: ResultRun) -> bool:
    """Whether something happened since the run that may change it."""
    return run.seen_act_count != _act_count(quiz_round) or result_facts.has_unscored(quiz_round)


def _act_count(quiz_round: Round) -> int:
    return AuditEvent.objects.filter(
        contest_id=quiz_round.contest_id, action__in=RESULT_CHANGING_ACTS
    ).count()


def compute_results(
    quiz_round: Round, *, by: User | None, at: datetime, reason: str = ""
) -> ResultRun:
    """Score every finished attempt, rank persons and units, and make the new run the current one.

    Returns the current run unchanged when the facts give the same rows. Two calls at once end
    with one of them finding nothing to change. Raises Conflict for a round that is still open and
    when a question was struck out, or a paper handed in, while it was computing.
    """
    struck_out = score_attempts(quiz_round, at=at)
    with transaction.atomic():
        quiz_round = (
            Round.objects.select_for_update(of=("self",))
            .select_related("contest")
            .get(pk=quiz_round.pk)
        )
        if quiz_round.state not in {RoundState.CLOSED, RoundState.PUBLISHED}:
            raise Conflict(_("Vòng thi chưa đóng nên chưa tính kết quả được."))
        seen = _act_count(quiz_round)
        if result_facts.struck_out_versions(quiz_round) != struck_out or result_facts.has_unscored(
            quiz_round
        ):
            raise Conflict(_("Có thay đổi trong lúc tính kết quả. Hãy bấm tính lại."))
        computed = _compute(quiz_round)
        before = current_run(quiz_round)
        if before is not None and before.digest == computed.digest:
            ResultRun.objects.filter(pk=before.pk).update(seen_act_count=seen)
            before.seen_act_count = seen
            return before
        run = _write(quiz_round, computed, before, by=by, at=at, reason=reason, seen=seen)
        record(
            ContestAct.RESULTS_COMPUTED,
            quiz_round,
            by=by,
            at=at,
            contest_id=quiz_round.contest_id,
            summary=f"{quiz_round.name}: tính kết quả lần {run.number}, {run.person_count} người",
            reason=reason,
            data={"run": run.number, "attempts": run.attempt_count},
        )
    return run


@dataclass(frozen=True, slots=True)
class _Computed:
    """The rows of a run before they have a run."""

    facts: RoundFacts
    standings: list[tuple[object, ...]]
    unit_standings: list[tuple[object, ...]]
    statistics: dict[str, object]
    digest: str


_STANDING_FIELDS = (
    "entry_id",
    "attempt_id",
    "position",
    "rank",
    "is_shared",
    "decided_by",
    "centipoints",
    "correct_count",
    "elapsed_ms",
    "prediction_distance",
)
_UNIT_STANDING_FIELDS = (
    "contest_unit_id",
    "block_name",
    "position",
    "rank",
    "unranked_reason",
    "decided_by",
    "headcount",
    "exempt_count",
    "finished_count",
    "attempt_count",
    "participation_basis_points",
    "is_over_headcount",
    "mean_centipoints",
)


def _compute(quiz_round: Round) -> _Computed:
    facts = result_facts.read_facts(quiz_round)
    units = _unit_facts(list(quiz_round.contest.units.order_by("pk")), facts.persons)
    listed = quiz_round.contest.entries.filter(invalid_at=None).count()
    standings = _standings(quiz_round, facts)
    unit_standings = _unit_standings(quiz_round, units)
    statistics = statistics_block(facts, units, listed)
    digest = hashlib.sha256()
    for row in (*standings, *unit_standings):
        digest.update(repr(row).encode())
    digest.update(json.dumps([facts.prediction_answer, statistics], sort_keys=True).encode())
    return _Computed(facts, standings, unit_standings, statistics, digest.hexdigest())


def _standings(quiz_round: Round, facts: RoundFacts) -> list[tuple[object, ...]]:
    persons = {person.entry_id: person for person in facts.persons}
    rank_facts = [
        RankFact(
            entry_id=person.entry_id,
            centipoints=person.counted.centipoints,
            correct_count=person.counted.correct_count,
            elapsed_ms=person.counted.elapsed_ms,
            prediction_distance=person.counted.prediction_distance,
            finished_at=person.counted.finished_at,
            entered_at=person.counted.entered_at,
            draw_order=person.draw_order,
        )
        for person in facts.persons
    ]
    rows: list[tuple[object, ...]] = []
    for ranked in rank(rank_facts, result_facts.tie_criteria(quiz_round)):
        counted = persons[ranked.entry_id].counted
        rows.append(
            (
                ranked.entry_id,
                counted.attempt_id,
                ranked.position,
                ranked.rank,
                ranked.shared,
                ranked.decided_by.value if ranked.decided_by else "",
                counted.centipoints,
                counted.correct_count,
                counted.elapsed_ms,
                counted.prediction_distance,
            )
        )
    return rows


def _unit_facts(units: Sequence[ContestUnit], persons: Sequence[PersonFact]) -> list[UnitFact]:
    """A unit's figures leave its exempt people out, above and below the line of the fraction."""
    finished: Counter[int] = Counter()
    attempts: Counter[int] = Counter()
    points: Counter[int] = Counter()
    for person in persons:
        if not person.is_exempt:
            finished[person.contest_unit_id] += 1
            attempts[person.contest_unit_id] += person.attempt_count
            points[person.contest_unit_id] += person.counted.centipoints
    return [
        UnitFact(
            unit_id=unit.pk,
            block=unit.block_name,
            headcount=unit.headcount,
            exempt_count=unit.exempt_count,
            finished_count=finished[unit.pk],
            attempt_count=attempts[unit.pk],
            total_centipoints=points[unit.pk],
        )
        for unit in units
    ]


def _unit_standings(quiz_round: Round, units: Sequence[UnitFact]) -> list[tuple[object, ...]]:
    ranked = rank_units(
        units,
        min_participation_basis_points=quiz_round.contest.min_participation_basis_points,
        min_headcount=quiz_round.contest.min_unit_headcount,
    )
    facts = {unit.unit_id: unit for unit in units}
    positions: Counter[str] = Counter()
    rows = []
    for unit in ranked:
        positions[unit.block] += 1
        rows.append(_unit_row(unit, facts[unit.unit_id], positions[unit.block]))
    return rows


def _unit_row(unit: RankedUnit, fact: UnitFact, position: int) -> tuple[object, ...]:
    return (
        unit.unit_id,
        unit.block,
        position,
        unit.rank,
        unit.reason.value if unit.reason else "",
        unit.decided_by.value if unit.decided_by else "",
        fact.headcount,
        fact.exempt_count,
        fact.finished_count,
        fact.attempt_count,
        unit.participation_basis_points,
        unit.over_headcount,
        unit.mean_centipoints if fact.finished_count else None,
    )


def _write(
    quiz_round: Round,
    computed: _Computed,
    before: ResultRun | None,
    *,
    by: User | None,
    at: datetime,
    reason: str,
    seen: int,
) -> ResultRun:
    quiz_round.result_runs.filter(is_current=True).update(is_current=False)
    run = ResultRun.objects.create(
        round=quiz_round,
        number=before.number + 1 if before else 1,
        computed_at=at,
        computed_by=by,
        reason=reason,
        person_count=len(computed.facts.persons),
        attempt_count=sum(person.attempt_count for person in computed.facts.persons),
        prediction_answer=computed.facts.prediction_answer,
        statistics=computed.statistics,
        digest=computed.digest,
        seen_act_count=seen,
    )
    insert_rows(
        Standing, ("run_id", *_STANDING_FIELDS), ((run.pk, *row) for row in computed.standings)
    )
    insert_rows(
        UnitStanding,
        ("run_id", *_UNIT_STANDING_FIELDS),
        ((run.pk, *row) for row in computed.unit_standings),
    )
    return run


def award_for(awards: Sequence[Award], rank: int) -> Award | None:
    """The award that a rank earns, None when it earns nothing."""
    return next((award for award in awards if award.rank_from <= rank <= award.rank_to), None)


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person in one round, as far as they may see it now. ``standing`` and ``award`` only once
    published; ``is_shown`` says whether points may be shown at all."""

    round: Round
    attempts: list[Attempt]
    is_shown: bool
    standing: Standing | None
    award: Award | None


def results_of(entry: Entry, *, at: datetime) -> list[PersonResult]:
    """The rounds in which the person has a finished attempt, in their order; four statements."""
    rounds = list(
        Round.objects.filter(
            contest=entry.contest_id,
            attempts__entry=entry,
            attempts__state=AttemptState.FINISHED,
        )
        .distinct()
        .prefetch_related("awards")
        .order_by("number")
    )
    attempts: dict[int, list[Attempt]] = {}
    for attempt in entry.attempts.filter(state=AttemptState.FINISHED).order_by("number"):
        attempts.setdefault(attempt.round_id, []).append(attempt)
    standings = {
        standing.run.round_id: standing
        for standing in entry.standings.filter(
            run__is_current=True, run__round__state=RoundState.PUBLISHED
        ).select_related("run")
    }
    return [
        PersonResult(
            round=quiz_round,
            attempts=attempts.get(quiz_round.pk, []),
            is_shown=rules.is_result_shown(quiz_round, at),
            standing=(standing := standings.get(quiz_round.pk)),
            award=award_for(list(quiz_round.awards.all()), standing.rank) if standing else None,
        )
        for quiz_round in rounds
    ]
