"""The contests of the site for its list: those that go on, and the archive by year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cms.visibility import open_to_all
from quizzes.contest_face import contests_with_rounds, next_change, visible_phase
from quizzes.models import Contest, Round

if TYPE_CHECKING:
    from cms.models import ContestPage

# A visitor asks first for what is open, then for what comes, then for what has just been.
_PHASES = ("open", "upcoming", "closed", "published")


@dataclass(frozen=True, slots=True)
class ListedContest:
    """``round``: the one that tells where the contest is, None while none is announced."""

    contest: Contest
    named: "NamedContest"
    round: Round | None
    phase: str
    year: int
    is_past: bool

    @property
    def round_name(self) -> str:
        return self.named.name_of(self.round) if self.round else ""


@dataclass(frozen=True, slots=True)
class NamedContest:
    """What a contest is called in a language, and where that is written; its own Vietnamese name
    and address where the language has no page of it. ``language``: of these words."""

    title: str
    summary: str
    url: str
    language: str

    def name_of(self, round_: Round) -> str:
        """Names of rounds are Vietnamese; elsewhere a round is called by its number."""
        if self.language == settings.LANGUAGE_CODE:
            return round_.name
        return gettext("Vòng %(number)s") % {"number": round_.number}


def listed_contests(at: datetime, language: str) -> list[ListedContest]:
    """Public contests, newest first; three statements. One whose rounds are all over is past."""
    contests = list(contests_with_rounds())
    named = names_of(contests, language)
    return [_listed(contest, named[contest.pk], at) for contest in contests]


def names_of(contests: Sequence[Contest], language: str) -> dict[int, NamedContest]:
    """Key of the contest → its name; one statement."""
    pages: dict[int, Any] = {page.contest_id: page for page in pages_of(contests, language)}
    return {contest.pk: _named(contest, pages.get(contest.pk), language) for contest in contests}


def own_name_of(contest: Contest) -> NamedContest:
    """As the contest itself says it, in Vietnamese."""
    own = reverse("quizzes:contest", args=[contest.code])
    return NamedContest(contest.name, contest.summary, own, settings.LANGUAGE_CODE)


def _named(contest: Contest, page: Any, language: str) -> NamedContest:
    own = own_name_of(contest)
    if page is None:
        return own
    if language == settings.LANGUAGE_CODE:
        return replace(own, summary=page.summary or own.summary)
    return NamedContest(page.title, page.summary, page.get_url() or own.url, language)


def pages_of(
    contests: Sequence[Contest], language: str = settings.LANGUAGE_CODE
) -> "list[ContestPage]":
    """The editors' pages of these contests in the language, open to everyone."""
    pages = apps.get_model("cms", "ContestPage").objects.filter(contest__in=contests)
    return list(open_to_all(pages.filter(locale__language_code=language)).order_by("path"))


def list_changes_at(items: Sequence[ListedContest], at: datetime) -> datetime | None:
    rounds = [each for item in items for each in _shown_rounds(item.contest)]
    return next_change(rounds, at)


def _shown_rounds(contest: Contest) -> list[Round]:
    shown: list[Round] = contest.shown_rounds  # type: ignore[attr-defined]
    return shown


def _listed(contest: Contest, named: NamedContest, at: datetime) -> ListedContest:
    rounds = _shown_rounds(contest)
    phases = [(visible_phase(item, at), item) for item in rounds]
    # Among rounds that are over the last one counts, among the others the first.
    phase, shown = min(
        phases,
        key=lambda pair: (_PHASES.index(pair[0]), _turn(*pair)),
        default=("", None),
    )
    is_past = bool(rounds) and phase == "published"
    ended_at = max((item.closes_at for item in rounds), default=contest.created_at)
    return ListedContest(contest, named, shown, phase, timezone.localdate(ended_at).year, is_past)


def _turn(phase: str, item: Round) -> int:
    return item.number if phase in {"open", "upcoming"} else -item.number
