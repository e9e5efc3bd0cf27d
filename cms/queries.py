"""What the public pages show. Every query names its order and what it leaves out."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Case, IntegerField, QuerySet, Value, When

from core import vietnamese
from legal.models import Instrument
from quizzes.enums import RoundState
from quizzes.models import Round

if TYPE_CHECKING:
    from cms.models import ArticleIndexPage, ArticlePage, RegulationIndexPage


def rounds_to_announce(at: datetime) -> list[Round]:
    """Rounds of public contests that are open, the one that closes first in front; if none is, the
    next three to open. ``is_open`` is set on each. Rounds in preparation are not announced."""
    ready = Round.objects.filter(
        contest__is_public=True, state=RoundState.READY, closes_at__gt=at
    ).select_related("contest")
    rounds = list(ready.filter(opens_at__lte=at).order_by("closes_at", "pk")[:3])
    if not rounds:
        rounds = list(ready.order_by("opens_at", "pk")[:3])
    for round_ in rounds:
        round_.is_open = round_.opens_at <= at  # type: ignore[attr-defined]
    return rounds


def latest_results() -> list[Round]:
    """The three rounds published last, of public contests."""
    return list(
        Round.objects.filter(contest__is_public=True, state=RoundState.PUBLISHED)
        .select_related("contest")
        .order_by("-published_at", "-pk")[:3]
    )


def _page_model(name: str) -> Any:
    return apps.get_model("cms", name)


def latest_articles(limit: int = 5) -> "list[ArticlePage]":
    """Published articles open to everyone, newest first."""
    pages = _page_model("ArticlePage").objects.live().public()
    return list(pages.select_related("cover").order_by("-published_on", "-pk")[:limit])


def article_index() -> "ArticleIndexPage | None":
    index: ArticleIndexPage | None = (
        _page_model("ArticleIndexPage").objects.live().public().order_by("path").first()
    )
    return index


def regulation_index() -> "RegulationIndexPage | None":
    index: RegulationIndexPage | None = (
        _page_model("RegulationIndexPage").objects.live().public().order_by("path").first()
    )
    return index


def latest_instruments(limit: int = 5) -> list[Instrument]:
    """Instruments in force, the newest first; those whose date is unknown are left out."""
    return list(
        Instrument.objects.filter(
            status__in=[Instrument.Status.IN_FORCE, Instrument.Status.AMENDED],
            issued_on__isnull=False,
        ).order_by("-issued_on", "number")[:limit]
    )


def instruments(text: str = "", *, status: str = "") -> QuerySet[Instrument]:
    """Instruments that hold every word of ``text`` (folded), those in force first, then newest."""
    found = Instrument.objects.select_related("replaced_by__replaced_by").prefetch_related(
        "amended_by"
    )
    for word in vietnamese.fold(text.replace("\0", " ")).split():
        found = found.filter(search_key__contains=word)
    if status:
        found = found.filter(status=status)
    dead_last = Case(
        When(status=Instrument.Status.EXPIRED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return found.annotate(is_dead=dead_last).order_by("is_dead", "-issued_on", "number")


def search_words(text: str) -> list[str]:
    """The folded words of a search, without the signs that full-text engines take for commands."""
    return re.findall(r"\w+", vietnamese.fold(text))


def articles_about(text: str) -> Any:
    """Published articles that hold every word of ``text``, best match first (a search result).

    Words are folded on both sides, so "dat dai" and "đất đai" find the same.
    """
    pages = _page_model("ArticlePage").objects.live().public()
    return pages.search(" ".join(search_words(text)), operator="and")
