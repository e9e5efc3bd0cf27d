"""Which rounds and units a head or an organiser looks after, and who has not taken part there."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.models import User
from people.rules import is_administrator, is_organiser, is_unit_head
from quizzes.enums import AttemptState, RoundState
from quizzes.models import Attempt, ContestUnit, Entry, Round


@dataclass(frozen=True, slots=True)
class UnitParticipation:
    """Persons of one unit in one round, as contest-rules.md counts them: ``expected_count`` is
    the closed list minus the exempt; invalid entries have not taken part."""

    contest_unit_id: int
    unit_id: int
    name: str
    expected_count: int
    finished_count: int

    @property
    def missing_count(self) -> int:
        return max(0, self.expected_count - self.finished_count)


@dataclass(frozen=True, slots=True)
class Absentee:
    """Someone who has not finished an attempt; ``is_in_progress``: is taking the round now."""

    full_name: str
    job_title: str
    is_in_progress: bool


def overseen_rounds(user: User, *, at: datetime) -> QuerySet[Round]:
    """Rounds that have opened, of contests the person organises or that the person's unit (or one
    below it) takes part in as its head; the latest first."""
    seen = Q(pk__in=[])
    if is_administrator(user):
        seen = Q()
    else:
        if is_organiser(user):
            seen |= Q(contest__organisers=user.pk)
        if is_unit_head(user) and user.unit is not None:
            seen |= Q(contest__units__unit__path__startswith=user.unit.path)
    return (
        Round.objects.filter(seen, opens_at__lte=at)
        .exclude(state=RoundState.DRAFT)
        .select_related("contest")
        .order_by("-opens_at", "-pk")
        .distinct()
    )


def participation(
    quiz_round: Round, *, head: User | None = None, contest_unit_id: int | None = None
) -> list[UnitParticipation]:
    """One statement. ``head``: only the unit of this person and those below it;
    ``contest_unit_id``: only this unit of the contest. Ordered by block and name."""
    units = ContestUnit.objects.filter(contest=quiz_round.contest_id)
    if head is not None:
        if head.unit is None:
            return []
        units = units.filter(unit__path__startswith=head.unit.path)
    if contest_unit_id is not None:
        units = units.filter(pk=contest_unit_id)
    counted = units.annotate(
        finished_count=Count(
            "entries",
            filter=Q(
                entries__invalid_at__isnull=True,
                entries__is_exempt=False,
                entries__attempts__round=quiz_round,
                entries__attempts__state=AttemptState.FINISHED,
            ),
            distinct=True,
        )
    )
    return [
        UnitParticipation(
            unit.pk,
            unit.unit_id,
            unit.unit_name,
            unit.headcount - unit.exempt_count,
            unit.finished_count,
        )
        for unit in counted.order_by("block_name", "unit_name", "pk")
    ]


def absentees(quiz_round: Round, *, unit_id: int) -> list[Absentee]:
    """The people of this very unit (none below it) who are expected and have not finished; by
    name; one statement. The unit is the one they had when the contest's list was closed."""
    attempts = Attempt.objects.filter(round=quiz_round, entry=OuterRef("pk"))
    entries = (
        Entry.objects.filter(
            contest=quiz_round.contest_id,
            contest_unit__unit=unit_id,
            is_exempt=False,
            invalid_at__isnull=True,
        )
        .exclude(Exists(attempts.filter(state=AttemptState.FINISHED)))
        .annotate(is_in_progress=Exists(attempts))
        .order_by("sort_key", "pk")
    )
    return [
        Absentee(full_name, job_title, is_in_progress)
        for full_name, job_title, is_in_progress in entries.values_list(
            "full_name", "job_title", "is_in_progress"
        )
    ]
