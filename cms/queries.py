"""What the public pages show. Every query names its order and what it leaves out."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When

from cms.visibility import open_to_all
from legal.models import Instrument
from legal.queries import in_force, library
from quizzes.enums import RoundState
from quizzes.models import Contest, Round

if TYPE_CHECKING:
    from cms.models import LifeEvent, RegulationIndexPage


def rounds_to_announce(at: datetime) -> list[Round]:
    """Rounds of public contests that are open, the one that closes first in front; if none is, the
    next three to open. ``is_open`` is set on each. Rounds in preparation are not announced."""
    is_open = Q(opens_at__lte=at)
    ready = (
        Round.objects.filter(contest__is_public=True, state=RoundState.READY, closes_at__gt=at)
        .select_related("contest")
        .annotate(
            waits=Case(When(is_open, then=Value(0)), default=Value(1)),
            turn=Case(When(is_open, then=F("closes_at")), default=F("opens_at")),
        )
        .order_by("waits", "turn", "pk")
    )
    rounds = list(ready[:3])
    for round_ in rounds:
        round_.is_open = round_.opens_at <= at  # type: ignore[attr-defined]
    # Who has a round to take is not told of later ones.
    return [each for each in rounds if each.waits == rounds[0].waits]


def round_to_announce(contest: Contest, at: datetime) -> Round | None:
    """The round of a contest that is open and closes first, else the next to open, else none.
    ``is_open`` is set on it."""
    ready = contest.rounds.filter(state=RoundState.READY, closes_at__gt=at)
    found: Round | None = ready.order_by("opens_at", "closes_at", "pk").first()
    if found:
        found.is_open = found.opens_at <= at  # type: ignore[attr-defined]
    return found


def latest_results() -> list[Round]:
    """The three rounds published last, of public contests."""
    return list(
        Round.objects.filter(contest__is_public=True, state=RoundState.PUBLISHED)
        .select_related("contest")
        .order_by("-published_at", "-pk")[:3]
    )


def events_with_procedures(language: str, limit: int) -> "list[LifeEvent]":
    """Life events that a published procedure of that language belongs to, in the editors' order."""
    pages = _page_model("ProcedurePage").objects.filter(locale__language_code=language)
    shown = open_to_all(pages)
    events = apps.get_model("cms", "LifeEvent").objects
    return list(events.filter(pages__in=shown).distinct().order_by("order", "name")[:limit])


def _page_model(name: str) -> Any:
    return apps.get_model("cms", name)


def regulation_index(language: str) -> "RegulationIndexPage | None":
    """In that language if there is one, else in the other."""
    own = Case(When(locale__language_code=language, then=Value(0)), default=Value(1))
    pages = open_to_all(_page_model("RegulationIndexPage").objects.all())
    index: RegulationIndexPage | None = pages.order_by(own, "path").first()
    return index


def latest_instruments(day: date, limit: int = 5) -> list[Instrument]:
    """Instruments that are law on that day, the newest first; those whose date is unknown are left
    out."""
    return list(in_force(day).filter(issued_on__isnull=False)[:limit])


def instruments(text: str, *, day: date, **chosen: Any) -> QuerySet[Instrument]:
    """Published instruments whose number the text spells, else those that hold every word of it;
    those in force first, then newest. ``chosen``: kind, issuer, standing, year."""
    return (
        library(day, text=text, **chosen)
        .select_related("replaced_by__replaced_by")
        .prefetch_related(Prefetch("amended_by", Instrument.objects.filter(live=True)))
    )
