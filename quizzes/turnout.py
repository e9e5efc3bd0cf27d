"""Participation by unit while results are not out: counts only, never a name.

The figures of a contest are read once for everyone who watches. A unit too small to be told of
without telling of a person is held back, with what would give it away (core.suppression).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Q

from core.suppression import MIN_GROUP, shown_groups
from quizzes.enums import AttemptState, RoundState
from quizzes.models import Attempt, Contest, ContestUnit, Round

CACHE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class UnitTurnout:
    """Of a unit that is shown. ``listed_count`` leaves the exempt out."""

    unit_name: str
    block_name: str
    listed_count: int
    finished_count: int
    attempt_count: int

    @property
    def percent(self) -> int:
        """Rounded down, never over 100: a list that is too short is the organisers' to see."""
        return min(100, self.finished_count * 100 // self.listed_count) if self.listed_count else 0


@dataclass(frozen=True, slots=True)
class RoundTurnout:
    """Persons (``finished_count``, ``running_count``) and finished attempts are counted apart.
    ``held_count``: units that are not shown; None totals: too few people to tell anything."""

    name: str
    is_open: bool
    listed_count: int
    finished_count: int | None
    running_count: int | None
    attempt_count: int | None
    units: tuple[UnitTurnout, ...]
    held_count: int

    @property
    def percent(self) -> int:
        if not self.listed_count or not self.finished_count:
            return 0
        return min(100, self.finished_count * 100 // self.listed_count)


@dataclass(frozen=True, slots=True)
class Turnout:
    read_at: datetime
    rounds: tuple[RoundTurnout, ...]

    @property
    def is_live(self) -> bool:
        return any(item.is_open for item in self.rounds)


def turnout_of(contest: Contest, *, at: datetime) -> Turnout:
    """The figures, at most ``CACHE_SECONDS`` old; three statements when they are read anew."""
    key = f"contest-turnout-{contest.pk}"
    known = cache.get(key)
    if isinstance(known, Turnout):
        return known
    turnout = read_turnout(contest, at=at)
    cache.set(key, turnout, CACHE_SECONDS)
    return turnout


def read_turnout(contest: Contest, *, at: datetime) -> Turnout:
    """Rounds that have opened and are not published, in their order."""
    rounds = list(
        Round.objects.filter(
            contest=contest, state__in=[RoundState.READY, RoundState.CLOSED], opens_at__lte=at
        ).order_by("number")
    )
    if not rounds:
        return Turnout(at, ())
    units = list(ContestUnit.objects.filter(contest=contest).order_by("block_name", "unit_name"))
    counted = _count_by_round_and_unit(rounds)
    return Turnout(at, tuple(_round_turnout(item, units, counted[item.pk], at) for item in rounds))


# Persons who finished, persons at work, finished attempts.
type _Counts = tuple[int, int, int]


def _count_by_round_and_unit(rounds: Sequence[Round]) -> dict[int, dict[int, _Counts]]:
    """What is invalid or exempt is not counted, as in the results."""
    finished = Q(state=AttemptState.FINISHED)
    running = Q(state=AttemptState.IN_PROGRESS)
    rows = (
        Attempt.objects.filter(round__in=rounds, entry__invalid_at=None, entry__is_exempt=False)
        .values_list("round", "entry__contest_unit")
        .annotate(
            finished=Count("entry", distinct=True, filter=finished),
            running=Count("entry", distinct=True, filter=running),
            attempts=Count("pk", filter=finished),
        )
        .order_by()
    )
    counted: dict[int, dict[int, _Counts]] = defaultdict(dict)
    for round_id, unit_id, *counts in rows:
        counted[round_id][unit_id] = (counts[0], counts[1], counts[2])
    return counted


def _round_turnout(
    quiz_round: Round, units: Sequence[ContestUnit], counted: dict[int, _Counts], at: datetime
) -> RoundTurnout:
    listed = {unit.pk: unit.headcount - unit.exempt_count for unit in units}
    shown = shown_groups(listed)
    people = sum(listed.values())
    totals: tuple[int | None, ...] = tuple(map(sum, zip(*counted.values(), strict=True)))
    if people < MIN_GROUP:
        totals = (None, None, None)
    finished, running, attempts = totals or (0, 0, 0)
    return RoundTurnout(
        name=quiz_round.name,
        is_open=quiz_round.state == RoundState.READY and at < quiz_round.closes_at,
        listed_count=people,
        finished_count=finished,
        running_count=running,
        attempt_count=attempts,
        units=tuple(
            _unit_turnout(unit, listed[unit.pk], counted.get(unit.pk, (0, 0, 0)))
            for unit in units
            if unit.pk in shown
        ),
        held_count=sum(1 for unit in units if listed[unit.pk] and unit.pk not in shown),
    )


def _unit_turnout(unit: ContestUnit, listed_count: int, counts: _Counts) -> UnitTurnout:
    finished, _running, attempts = counts
    return UnitTurnout(unit.unit_name, unit.block_name, listed_count, finished, attempts)
