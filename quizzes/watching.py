"""What an organiser watches while a round runs. Reads only.

The figures of a round are read once for everyone who watches: polled every few seconds by several
organisers, they would otherwise cost as much as the contest itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMinute

from core.vietnamese import fold
from quizzes.enums import AttemptState
from quizzes.models import Attempt, Round

CACHE_SECONDS = 4
CHART_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Persons. ``finished_count`` have a finished attempt and none under way."""

    listed_count: int
    in_progress_count: int
    finished_count: int

    @property
    def not_started_count(self) -> int:
        return max(0, self.listed_count - self.in_progress_count - self.finished_count)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProgress(Turnout):
    """Of one unit."""

    contest_unit_id: int
    unit_name: str
    block_name: str

    @property
    def percent(self) -> int:
        """Finished, of those listed, rounded down."""
        return self.finished_count * 100 // self.listed_count if self.listed_count else 0


@dataclass(frozen=True, slots=True)
class Minute:
    """What happened in the minute that begins ``at``."""

    at: datetime
    started_count: int
    finished_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Turnout):
    """Persons and attempts are counted apart: one person may have several attempts."""

    read_at: datetime
    units: list[UnitProgress]
    minutes: list[Minute]
    attempt_count: int

    @property
    def peak(self) -> int:
        """The highest bar of the chart, at least 1."""
        counts = [max(item.started_count, item.finished_count) for item in self.minutes]
        return max([1, *counts])


def round_progress(quiz_round: Round, *, at: datetime) -> Progress:
    """The figures, at most ``CACHE_SECONDS`` old; five statements when they are read anew."""
    key = f"round-progress-{quiz_round.pk}"
    known = cache.get(key)
    if isinstance(known, Progress):
        return known
    progress = read_progress(quiz_round, at=at)
    cache.set(key, progress, CACHE_SECONDS)
    return progress


def read_progress(quiz_round: Round, *, at: datetime) -> Progress:
    units = _units(quiz_round)
    return Progress(
        read_at=at,
        units=units,
        minutes=_minutes(quiz_round, at),
        attempt_count=quiz_round.attempts.count(),
        listed_count=sum(unit.listed_count for unit in units),
        in_progress_count=sum(unit.in_progress_count for unit in units),
        finished_count=sum(unit.finished_count for unit in units),
    )


def _units(quiz_round: Round) -> list[UnitProgress]:
    """By block and name. Invalid and exempt entries are nobody's to wait for."""
    counted = Q(entries__invalid_at=None, entries__is_exempt=False)
    listed = dict(
        quiz_round.contest.units.annotate(listed=Count("entries", filter=counted)).values_list(
            "pk", "listed"
        )
    )
    running = Q(state=AttemptState.IN_PROGRESS)
    taken = {
        row["entry__contest_unit"]: row
        for row in quiz_round.attempts.filter(entry__invalid_at=None, entry__is_exempt=False)
        .values("entry__contest_unit")
        .annotate(
            persons=Count("entry", distinct=True),
            running=Count("entry", distinct=True, filter=running),
        )
        .order_by()
    }
    units = []
    for unit in quiz_round.contest.units.order_by("block_name", "unit_name"):
        row = taken.get(unit.pk, {"persons": 0, "running": 0})
        units.append(
            UnitProgress(
                contest_unit_id=unit.pk,
                unit_name=unit.unit_name,
                block_name=unit.block_name,
                listed_count=listed[unit.pk],
                in_progress_count=row["running"],
                finished_count=row["persons"] - row["running"],
            )
        )
    return units


def _minutes(quiz_round: Round, at: datetime) -> list[Minute]:
    """The last hour of the round up to ``at``, without gaps."""
    last = min(at, quiz_round.closed_at or at).replace(second=0, microsecond=0)
    first = max(last - timedelta(minutes=CHART_MINUTES - 1), _minute(quiz_round.opens_at))
    if first > last:
        return []
    started = _per_minute(quiz_round, "started_at", first)
    finished = _per_minute(quiz_round, "finished_at", first)
    count = int((last - first).total_seconds() // 60) + 1
    moments = [first + timedelta(minutes=index) for index in range(count)]
    return [Minute(moment, started.get(moment, 0), finished.get(moment, 0)) for moment in moments]


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _per_minute(quiz_round: Round, field: str, since: datetime) -> dict[datetime, int]:
    rows = (
        quiz_round.attempts.filter(**{f"{field}__gte": since})
        .annotate(minute=TruncMinute(field))
        .values("minute")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {row["minute"]: row["count"] for row in rows}


def watched_attempts(quiz_round: Round, *, words: str = "", kind: str = "") -> QuerySet[Attempt]:
    """The newest first. ``kind``: "" all, "running", "finished" or "invalid"; ``words`` are looked
    for in the name, marks and case left aside."""
    conditions = {
        "running": Q(state=AttemptState.IN_PROGRESS),
        "finished": Q(state=AttemptState.FINISHED),
        "invalid": Q(entry__invalid_at__isnull=False),
    }
    found = quiz_round.attempts.filter(conditions.get(kind, Q())).select_related(
        "entry__contest_unit"
    )
    if words:
        found = found.filter(entry__search_key__contains=fold(words))
    return found.order_by("-pk")
