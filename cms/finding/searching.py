"""One search over everything public, with the same answers on every database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, QuerySet, Value, When
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.backends import get_search_backend

from cms.finding.sources import INSTRUMENT
from cms.finding.words import corrections, dressed, excerpt, marked, query_words
from cms.models.search import SearchEntry, SearchWord
from legal.numbers import read_query
from legal.queries import matching, published

RESULTS_PER_PAGE = 10
MAX_EXACT = 5
MAX_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer: title and excerpt in pieces, marked where they answer."""

    entry: SearchEntry
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Promoted:
    """What editors put in front for these words (Wagtail's promoted results)."""

    title: str
    address: str
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    words: list[str]
    counts: dict[str, int]  # facet → how many
    page: Page[Any]
    hits: list[Hit]
    promoted: list[Promoted] = field(default_factory=list)
    exact: list[Hit] = field(default_factory=list)  # instruments whose number the text spells
    suggestions: list[str] = field(default_factory=list)

    @property
    def total_count(self) -> int:
        return sum(self.counts.values())


def search(
    text: str,
    *,
    facet: str = "",
    page: Any = 1,
    day: date,
    language: str = settings.LANGUAGE_CODE,
) -> Answer:
    """What holds every word of ``text``: the words together in the title first, then all of them in
    the title, what is past last, the newest first. ``facet``: only that kind of thing.

    A number of a regulation in any spelling puts that regulation in front. Without an answer there
    are suggestions: what was probably meant, and does have one.

    In Vietnamese: what is Vietnamese. In another ``language``: what is written in it, and after
    that what only Vietnamese has.
    """
    words = query_words(text)
    entries = _in_language(language)
    exact = _exact(entries, text, day=day)
    counts = _counts(entries, words, exact)
    chosen = entries.filter(facet=facet) if facet else entries
    others = chosen.exclude(pk__in=[entry.pk for entry in exact])
    paginator = _Known(
        _found(others, words, language),
        RESULTS_PER_PAGE,
        counts=counts,
        facet=facet,
        exact=len(exact),
    )
    shown = paginator.get_page(page)
    in_front = exact if shown.number == 1 and facet in {"", "regulation"} else []
    return Answer(
        words,
        counts,
        shown,
        [_hit(entry, words) for entry in shown],
        _promoted(words) if shown.number == 1 and not facet else [],
        [_hit(entry, words) for entry in in_front],
        _suggestions(entries, words, language) if words and not counts else [],
    )


def _in_language(language: str) -> QuerySet[SearchEntry]:
    if language == settings.LANGUAGE_CODE:
        return SearchEntry.objects.filter(language=language)
    return SearchEntry.objects.filter(Q(language=language) | Q(is_only=True))


class _Known(Paginator):
    """Counted already, by kind."""

    def __init__(
        self, items: Any, per_page: int, *, counts: dict[str, int], facet: str, exact: int
    ) -> None:
        super().__init__(items, per_page)
        found = counts.get(facet, 0) if facet else sum(counts.values())
        self.known_count = found - (exact if facet in {"", "regulation"} else 0)

    @property
    def count(self) -> int:
        return max(self.known_count, 0)


def _matching(entries: QuerySet[SearchEntry], words: list[str]) -> Any:
    return get_search_backend().search(
        " ".join(words), entries, operator="and", order_by_relevance=False
    )


def _found(entries: QuerySet[SearchEntry], words: list[str], language: str) -> Any:
    if not words:
        return SearchEntry.objects.none()
    return _matching(_ordered(entries, words, language), words).get_queryset()


def _ordered(
    entries: QuerySet[SearchEntry], words: list[str], language: str
) -> QuerySet[SearchEntry]:
    own = Case(When(language=language, then=Value(0)), default=Value(1))
    together = Q(title_words__contains=f" {' '.join(words)} ")
    every = Q()
    for word in words:
        every &= Q(title_words__contains=f" {word} ")
    place = Case(When(together, then=Value(0)), When(every, then=Value(1)), default=Value(2))
    return entries.defer("words", "title_words").order_by(
        own.asc(),
        place.asc(),
        F("is_past").asc(),
        F("shown_on").desc(nulls_last=True),
        F("pk").desc(),
    )


def _counts(
    entries: QuerySet[SearchEntry], words: list[str], exact: list[SearchEntry]
) -> dict[str, int]:
    if not words:
        return {}
    counts = dict(
        _matching(entries.exclude(pk__in=[one.pk for one in exact]), words).facet("facet")
    )
    if exact:
        counts["regulation"] = counts.get("regulation", 0) + len(exact)
    return counts


def _exact(entries: QuerySet[SearchEntry], text: str, *, day: date) -> list[SearchEntry]:
    if read_query(text) is None:
        return []
    spelled = list(matching(published(day), text).order_by("-issued_on", "pk")[: MAX_EXACT + 1])
    if not spelled or len(spelled) > MAX_EXACT:
        return []  # a number that many have says nothing yet
    ids = [instrument.pk for instrument in spelled]
    kept = {
        entry.source_id: entry for entry in entries.filter(source=INSTRUMENT, source_id__in=ids)
    }
    return [kept[pk] for pk in ids if pk in kept]


def _hit(entry: SearchEntry, words: list[str]) -> Hit:
    summary = entry.summary
    found = set(query_words(f"{entry.title} {summary}"))
    if not summary or not set(words) <= found:
        text = entry.text.removeprefix(summary).strip() or summary
        shown = excerpt(" ".join(text.split()), words)
    else:
        shown = excerpt(summary, words)
    return Hit(entry, marked(entry.title, words), marked(shown, words))


def _promoted(words: list[str]) -> list[Promoted]:
    if not words:
        return []
    promotions = SearchPromotion.objects.select_related("query", "page").order_by(
        "sort_order", "pk"
    )
    return [
        Promoted(one.title, one.link, one.description)
        for one in promotions.order_by("sort_order", "pk")
        if query_words(one.query.query_string) == words
        and (one.page is None or (one.page.live and not one.page.get_view_restrictions().exists()))
    ]


def _suggestions(entries: QuerySet[SearchEntry], words: list[str], language: str) -> list[str]:
    vocabulary = dict(
        SearchWord.objects.filter(entry_count__gt=0).values_list("word", "entry_count")
    )
    meant: list[str] = []
    for candidate in corrections(words, vocabulary):
        best = _found(entries, candidate, language)[:5]
        if texts := [f"{entry.title}\n{entry.text}" for entry in best]:
            shown = dressed(candidate, texts)
            # Words that never stand together were hardly meant together.
            if shown is not None and shown not in meant:
                meant.append(shown)
        if len(meant) == MAX_SUGGESTIONS:
            break
    return meant
