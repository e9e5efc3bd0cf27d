"""The sections of the front page: each reads its own data and is left out when it has none.

To add one, write a reader and put a FrontSection into SECTIONS. A reader gets the request and the
moment and returns what its template needs, or None when there is nothing to show now. It costs at
most two statements: the whole page has twelve. Addresses of index pages cost none (``place_of``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from cms import news_queries, queries
from cms.contest_listing import names_of, own_name_of
from cms.frame import read_frame
from counter.hours import VIETNAM, local_day
from counter.queries import offices_today
from quizzes.models import Round

OFFICES_SHOWN = 4
EVENTS_SHOWN = 8

Place = Literal["opening", "band", "main", "side"]


@dataclass(frozen=True, slots=True)
class FrontSection:
    """``place``: beside the search in the opening, the band under it, the wide or the narrow
    column; within a place the order of SECTIONS holds. ``changes_next_at`` gets what the reader
    returned and says when the section changes by the clock alone."""

    name: str
    place: Place
    template: str
    read: Callable[[HttpRequest, datetime], dict[str, Any] | None]
    changes_next_at: Callable[[dict[str, Any], datetime], datetime | None] | None = None


def place_of(request: HttpRequest, model: str) -> dict[str, str] | None:
    """{url, label} of the published page of a type below the front page ("cms.procedureindexpage"),
    or None while there is none. Costs no statement."""
    found: dict[str, str] | None = read_frame(request).get("places", {}).get(model)
    return found


def read_contest(request: HttpRequest, at: datetime) -> dict[str, Any] | None:
    """The round that is open, or the next ones to open."""
    shown = queries.rounds_to_announce(at)
    if not shown:
        return None
    return {"rounds": _called(shown), "round": shown[0], "other_rounds": shown[1:]}


def _called(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    """Each round with the names it has in the language spoken, as {round, name, contest}."""
    rounds = list(rounds)
    language = get_language() or settings.LANGUAGE_CODE
    contests = list({each.contest_id: each.contest for each in rounds}.values())
    if language == settings.LANGUAGE_CODE:
        names = {each.pk: own_name_of(each) for each in contests}
    else:
        names = names_of(contests, language)
    return [
        {
            "round": each,
            "name": names[each.contest_id].name_of(each),
            "contest": names[each.contest_id],
        }
        for each in rounds
    ]


def contest_changes_at(data: dict[str, Any], at: datetime) -> datetime | None:
    moments = [
        moment
        for round_ in [data["round"], *data["other_rounds"]]
        for moment in (round_.opens_at, round_.closes_at)
        if moment > at
    ]
    return min(moments, default=None)


def read_events(request: HttpRequest, at: datetime) -> dict[str, Any] | None:
    """What happens in people's lives, as the shortest way to a procedure: one statement."""
    place = place_of(request, "cms.procedureindexpage")
    language = get_language() or settings.LANGUAGE_CODE
    events = queries.events_with_procedures(language, EVENTS_SHOWN) if place else []
    return {"events": events, "place": place} if events else None


def read_news(request: HttpRequest, at: datetime) -> dict[str, Any] | None:
    return {
        "articles": news_queries.latest_articles(get_language() or settings.LANGUAGE_CODE),
        "place": place_of(request, "cms.articleindexpage"),
    }


def read_results(request: HttpRequest, at: datetime) -> dict[str, Any] | None:
    results = queries.latest_results()
    return {"results": _called(results)} if results else None


def read_regulations(request: HttpRequest, at: datetime) -> dict[str, Any] | None:
    return {
        "instruments": queries.latest_instruments(timezone.localdate(at)),
        "place": place_of(request, "cms.regulationindexpage"),
    }


def read_offices(request: HttpRequest, at: datetime) -> dict[str, Any] | None:
    """The first offices by name with today's state: three statements, none without an office."""
    if not read_frame(request).get("has_offices"):
        return None
    offices = offices_today(at, limit=OFFICES_SHOWN)
    return {"offices": offices} if offices else None


def offices_change_at(data: dict[str, Any], at: datetime) -> datetime | None:
    """When one of them opens or closes; midnight, since the words tell of today and tomorrow."""
    day_ends = datetime.combine(local_day(at) + timedelta(days=1), time(), tzinfo=VIETNAM)
    moments = [
        moment
        for today in data["offices"]
        for moment in (today.state.until, today.state.opens_at)
        if moment is not None and moment > at
    ]
    return min([day_ends, *moments])


SECTIONS: tuple[FrontSection, ...] = (
    FrontSection("events", "opening", "cms/front/events.html", read_events),
    FrontSection("contest", "band", "cms/front/contest.html", read_contest, contest_changes_at),
    FrontSection("news", "main", "cms/front/news.html", read_news),
    FrontSection("offices", "side", "cms/front/offices.html", read_offices, offices_change_at),
    FrontSection("results", "side", "cms/front/results.html", read_results),
    FrontSection("regulations", "side", "cms/front/regulations.html", read_regulations),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its data, for the template."""

    section: FrontSection
    data: dict[str, Any]

    @property
    def template(self) -> str:
        return self.section.template


def read_front(request: HttpRequest, at: datetime) -> dict[str, list[Shown]]:
    """Place → the sections that have something to show."""
    shown: dict[str, list[Shown]] = {}
    for section in SECTIONS:
        data = section.read(request, at)
        if data is not None:
            shown.setdefault(section.place, []).append(Shown(section, data))
    return shown


def front_changes_at(shown: Iterable[Shown], at: datetime) -> datetime | None:
    """The first moment at which one of the sections changes by the clock alone."""
    moments = [
        moment
        for each in shown
        if each.section.changes_next_at
        and (moment := each.section.changes_next_at(each.data, at)) is not None
    ]
    return min(moments, default=None)
