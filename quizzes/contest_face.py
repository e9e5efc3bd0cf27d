"""What a contest shows to the public, read in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from quizzes.clock import round_phase
from quizzes.enums import RoundState
from quizzes.models import Award, Contest, ContestUnit, ResultRun, Round, Standing
from quizzes.queries import BoardRow, board_rows, public_contests, public_rounds
from quizzes.rule_facts import rules_of
from quizzes.rules_wording import RuleSection, word_rules
from quizzes.turnout import Turnout, turnout_of

# Of each published round; the whole board has pages of its own.
WINNERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RoundFace:
    """``phase``: upcoming, open, closed or published, as a visitor understands it."""

    round: Round
    phase: str


@dataclass(frozen=True, slots=True)
class RoundWinners:
    """The best of a published round, and how many took part."""

    round: Round
    run: ResultRun
    rows: list[BoardRow]


@dataclass(frozen=True, slots=True)
class ContestFace:
    contest: Contest
    rounds: list[RoundFace]
    blocks: list[tuple[str, list[ContestUnit]]]
    unit_count: int
    person_count: int
    rules: list[RuleSection]
    winners: list[RoundWinners]
    turnout: Turnout
    at: datetime

    @property
    def open_rounds(self) -> list[Round]:
        return [item.round for item in self.rounds if item.phase == "open"]

    @property
    def next_round(self) -> Round | None:
        upcoming = [item.round for item in self.rounds if item.phase == "upcoming"]
        return min(upcoming, key=lambda item: item.opens_at, default=None)

    @property
    def changes_at(self) -> datetime | None:
        """The next moment at which a round opens or closes by the clock."""
        return next_change([item.round for item in self.rounds], self.at)


def read_face(contest: Contest, *, at: datetime) -> ContestFace:
    """At most nine statements, whatever the number of rounds, units and people: rounds, awards,
    cells, units, runs, standings, and three for the turnout when it is not cached."""
    rounds = list(public_rounds(contest).prefetch_related("awards", "cells"))
    for item in rounds:
        item.contest = contest
    units = list(contest.units.order_by("block_name", "unit_name"))
    blocks = [
        (name, list(found)) for name, found in groupby(units, key=lambda unit: unit.block_name)
    ]
    person_count = sum(unit.headcount - unit.exempt_count for unit in units)
    facts = rules_of(
        contest,
        rounds,
        unit_count=len(units),
        person_count=person_count,
        has_blocks=any(unit.block_name for unit in units),
    )
    return ContestFace(
        contest=contest,
        rounds=[RoundFace(item, visible_phase(item, at)) for item in rounds],
        blocks=blocks,
        unit_count=len(units),
        person_count=person_count,
        rules=word_rules(facts),
        winners=_winners(contest, rounds),
        turnout=turnout_of(contest, at=at),
        at=at,
    )


def visible_phase(quiz_round: Round, at: datetime) -> str:
    """Where the round is for a visitor; closed by its organisers counts as closed."""
    if quiz_round.state in {RoundState.CLOSED, RoundState.PUBLISHED}:
        return quiz_round.state
    return round_phase(at, opens_at=quiz_round.opens_at, closes_at=quiz_round.closes_at).value


def next_change(rounds: Sequence[Round], at: datetime) -> datetime | None:
    moments = [
        moment
        for item in rounds
        if item.state == RoundState.READY
        for moment in (item.opens_at, item.closes_at)
        if moment > at
    ]
    return min(moments, default=None)


def contests_with_rounds() -> QuerySet[Contest]:
    """Public contests, newest first, with their public rounds as ``shown_rounds``."""
    shown = Round.objects.exclude(state=RoundState.DRAFT).order_by("number")
    return public_contests().prefetch_related(Prefetch("rounds", shown, to_attr="shown_rounds"))


def _winners(contest: Contest, rounds: Sequence[Round]) -> list[RoundWinners]:
    """Those with an award, ``WINNERS_SHOWN`` at most; where there are no awards, as many of the
    best. Two statements."""
    published = {item.pk: item for item in rounds if item.state == RoundState.PUBLISHED}
    if not published:
        return []
    runs = list(ResultRun.objects.filter(round__in=published, is_current=True))
    standings: dict[int, list[Standing]] = {run.pk: [] for run in runs}
    found = Standing.objects.filter(run__in=runs, position__lte=WINNERS_SHOWN)
    for standing in found.select_related("entry__contest_unit").order_by("position"):
        standings[standing.run_id].append(standing)
    winners = []
    for run in sorted(runs, key=lambda run: -published[run.round_id].number):
        quiz_round = published[run.round_id]
        awards: list[Award] = list(quiz_round.awards.all())
        rows = board_rows(standings[run.pk], contest, awards)
        winners.append(
            RoundWinners(quiz_round, run, [row for row in rows if row.award or not awards])
        )
    return winners
