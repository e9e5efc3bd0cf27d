"""Reads that more than one caller needs, with their order and what they leave out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, override

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core.models import AuditEvent
from core.vietnamese import fold
from people.models import User
from people.rules import is_administrator, is_jury, is_organiser
from quizzes.enums import AttemptState, NameDisplay, RoundState
from quizzes.models import (
    Attempt,
    Award,
    Contest,
    ContestUnit,
    Entry,
    EssayMark,
    ResultRun,
    Round,
    Standing,
    UnitStanding,
)
from quizzes.results import award_for, current_run

BOARD_PAGE_SIZE = 50
SEARCH_LIMIT = 50


def organised_contests(user: Any) -> QuerySet[Contest]:
    """Newest first, with ``round_count`` and ``entry_count``."""
    found = Contest.objects.all()
    if not is_administrator(user):
        found = found.filter(organisers=user)
    return found.annotate(
        round_count=Count("rounds", distinct=True), entry_count=Count("entries", distinct=True)
    ).order_by("-created_at")


def public_contests() -> QuerySet[Contest]:
    """Those shown on the site, newest first, their rounds without drafts at ``public_rounds``."""
    return Contest.objects.filter(is_public=True).order_by("-created_at")


def public_rounds(contest: Contest) -> QuerySet[Round]:
    """In their order; a round being prepared is nobody's business yet."""
    return contest.rounds.exclude(state=RoundState.DRAFT).order_by("number")


def contest_entries(contest: Contest, *, words: str = "", kind: str = "") -> QuerySet[Entry]:
    """By name. ``kind``: "" all, "invalid", "exempt" or "extra"."""
    conditions = {
        "invalid": Q(invalid_at__isnull=False),
        "exempt": Q(is_exempt=True),
        "extra": Q(extra_seconds__gt=0),
    }
    found = contest.entries.select_related("contest_unit").filter(conditions.get(kind, Q()))
    if words:
        found = found.filter(
            Q(search_key__contains=fold(words)) | Q(user__staff_code__iexact=words.strip())
        )
    return found.order_by("sort_key", "pk")


def contest_log(
    contest: Contest, *, action: str = "", actor_id: int | None = None, words: str = ""
) -> QuerySet[AuditEvent]:
    """The newest act first."""
    found = AuditEvent.objects.filter(contest_id=contest.pk).select_related("actor")
    if action:
        found = found.filter(action=action)
    if actor_id:
        found = found.filter(actor_id=actor_id)
    if words:
        found = found.filter(Q(summary__icontains=words) | Q(reason__icontains=words))
    return found.order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the public board: nothing personal beyond name and unit."""

    standing: Standing
    name: str
    unit_name: str
    award: Award | None
    is_me: bool = False


class BoardPaginator(Paginator):
    """Pages of a board by ranges of ``position``, an index range: the last page of 100,000 costs
    what the first of 1,000 does. The count is the run's, no statement."""

    def __init__(self, run: ResultRun) -> None:
        super().__init__(standings_of(run), BOARD_PAGE_SIZE)
        self.run = run

    @property
    def count(self) -> int:
        return self.run.person_count

    @override
    def page(self, number: int | str) -> Page[Standing]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = standings_of(self.run).filter(
            position__gt=first, position__lte=first + self.per_page
        )
        return Page(list(rows), number, self)


class UnitBoardPaginator(Paginator):
    """The people of one unit, in the order of the board."""

    def __init__(self, run: ResultRun, unit: ContestUnit) -> None:
        super().__init__(standings_of(run).filter(entry__contest_unit=unit), BOARD_PAGE_SIZE)


def standings_of(run: ResultRun) -> QuerySet[Standing]:
    return run.standings.select_related("entry__contest_unit").order_by("position")


def search_board(run: ResultRun, words: str, *, by_name: bool) -> list[Standing]:
    """The first matches by unit, marks and case left aside; at most ``SEARCH_LIMIT``.

    ``by_name``: by name too; False where names are shown as initials, or a search would tell them.
    """
    folded = fold(words)
    if not folded:
        return []
    unit_ids = [
        pk
        for pk, name in run.round.contest.units.values_list("pk", "unit_name")
        if folded in fold(name)
    ]
    wanted = Q(entry__contest_unit__in=unit_ids)
    if by_name:
        wanted |= Q(entry__search_key__contains=folded)
    return list(standings_of(run).filter(wanted)[:SEARCH_LIMIT])


def standing_of(run: ResultRun, user: Any) -> Standing | None:
    """The signed-in person's own place."""
    if not user.is_authenticated:
        return None
    return standings_of(run).filter(entry__user=user.pk).first()


def board_rows(
    standings: Sequence[Standing], contest: Contest, awards: Sequence[Award], user: Any = None
) -> list[BoardRow]:
    me = user.pk if user is not None and user.is_authenticated else None
    return [
        BoardRow(
            standing=standing,
            name=shown_name(standing.entry, contest.name_display),
            unit_name=standing.entry.contest_unit.unit_name,
            award=award_for(awards, standing.rank),
            is_me=me is not None and standing.entry.user_id == me,
        )
        for standing in standings
    ]


def shown_name(entry: Entry, display: str) -> str:
    """ "Nguyễn Thị Ước", or "N. T. Ư." where the contest shows initials only."""
    if display == NameDisplay.INITIALS:
        return " ".join(f"{word[0].upper()}." for word in entry.full_name.split())
    return entry.full_name


def unit_board(run: ResultRun) -> dict[str, list[UnitStanding]]:
    """Block name → its units, best first."""
    blocks: dict[str, list[UnitStanding]] = {}
    rows = run.unit_standings.select_related("contest_unit").order_by("block_name", "position")
    for row in rows:
        blocks.setdefault(row.block_name, []).append(row)
    return blocks


def published_run(quiz_round: Round) -> ResultRun | None:
    return current_run(quiz_round) if quiz_round.state == RoundState.PUBLISHED else None


def rounds_to_mark(user: User) -> list[Round]:
    """The closed rounds with answered essays in which the person may mark, oldest first, each with
    ``waiting_count`` and ``marked_count``; one statement. Says the same as
    ``rules.can_mark_essays``."""
    mine = Q(pk__in=())
    if is_administrator(user):
        mine = Q(pk__isnull=False)
    if is_organiser(user):
        mine |= Q(contest__organisers=user)
    if is_jury(user):
        mine |= Q(contest__jury=user)
    marked = EssayMark.objects.filter(attempt__round=OuterRef("pk")).order_by()
    attempts = Attempt.objects.filter(
        round=OuterRef("pk"), state=AttemptState.FINISHED, entry__invalid_at=None
    ).order_by()
    return list(
        Round.objects.filter(mine, state=RoundState.CLOSED)
        .annotate(
            waiting_count=Coalesce(
                Subquery(attempts.values("round").annotate(n=Sum("unmarked_count")).values("n")),
                0,
            ),
            marked_count=Coalesce(
                Subquery(marked.values("attempt__round").annotate(n=Count("pk")).values("n")), 0
            ),
        )
        .filter(Q(waiting_count__gt=0) | Q(marked_count__gt=0))
        .select_related("contest")
        .distinct()
        .order_by("closes_at", "pk")
    )
