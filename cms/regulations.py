"""Instruments as the public site shows them: address, facets, page, comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from cms import listing, queries
from cms.cards import HEIGHT, WIDTH, Card
from cms.frame import read_frame
from cms.sharing import card_version
from core.addresses import absolute
from legal.comparing import ArticleText, compare_articles
from legal.models import Article, Instrument
from legal.presenting import force_of, present
from legal.queries import matching, published
from outreach.zalo.sharing import share_link
from quizzes.flag_queries import public_citing_count

_CACHE_KEY = "cms.regulations_address"
CACHE_SECONDS = 300
PAIRS_OFFERED = 10
_DESCRIPTION_CHARS = 200


def address_of(instrument: Instrument) -> str:
    """The path of its public page; while the site has no page for instruments, or for a draft, the
    page for those who read banks."""
    library = library_address() if instrument.live else ""
    if library:
        return f"{library}{instrument.slug}/"
    return reverse("quizzes:instrument", args=[instrument.pk])


def library_address() -> str:
    """The path of the library in the language spoken, "" where there is none; kept until a page
    changes (cms.signals)."""
    language = get_language() or settings.LANGUAGE_CODE
    key = f"{_CACHE_KEY}.{language}"
    kept: str | None = cache.get(key)
    if kept is None:
        index = queries.regulation_index(language)
        kept = (index.get_url() or "") if index else ""
        cache.set(key, kept, CACHE_SECONDS)
    return kept


def cache_keys() -> list[str]:
    return [f"{_CACHE_KEY}.{code}" for code, _name in settings.LANGUAGES]


def find_by_address(slug: str, *, day: date) -> Instrument | None:
    """The instrument of this address or, for an address typed in another spelling ("118-2025"), the
    only one that it can mean."""
    everything = published(day).select_related("replaced_by").prefetch_related("amended_by")
    exact = everything.filter(slug=slug.lower()).first()
    if exact is not None:
        return exact
    meant = list(matching(everything, slug)[:2])
    return meant[0] if len(meant) == 1 else None


def find_meant(text: str, *, day: date) -> Instrument | None:
    """The instrument that somebody typed, by address or by number; of several the newest."""
    if not text:
        return None
    everything = published(day)
    exact = everything.filter(Q(slug=text.lower()) | Q(number=text)).first()
    newest = F("issued_on").desc(nulls_last=True)
    return exact or matching(everything, text).order_by(newest, "number").first()


def facets(
    request: HttpRequest, counts: dict[str, list[tuple[Any, int]]]
) -> Sequence[listing.Facet]:
    """Kind, standing, issuer, year; a value that nothing has is no choice."""
    words: dict[str, dict[Any, Any]] = {
        "kind": dict(Instrument.Kind.choices),
        "standing": dict(Instrument.Status.choices),
    }
    asked = (
        ("kind", _("Loại văn bản"), _("Mọi loại")),
        ("standing", _("Tình trạng"), _("Mọi tình trạng")),
        ("issuer", _("Cơ quan ban hành"), _("Mọi cơ quan")),
        ("year", _("Năm"), _("Mọi năm")),
    )
    return [
        listing.facet(
            request,
            name,
            [(value, words.get(name, {}).get(value, value)) for value, _count in counts[name]],
            label=label,
            every=every,
            counts={str(value): count for value, count in counts[name]},
        )
        for name, label, every in asked
    ]


def page_facts(instrument: Instrument, request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """What the page of an instrument shows: its words, its life, how it is shared and found."""
    shown = present(instrument, at=at)
    return {
        **shown,
        "instrument": instrument,
        "question_count": public_citing_count(instrument, at),
        "comparable": _comparable(instrument, shown),
        "share": _sharing(instrument, shown["standing_label"], request),
        "structured_data": [structured_data(instrument, shown)],
    }


def _comparable(instrument: Instrument, shown: dict[str, Any]) -> dict[str, Any]:
    """``pairs`` {number, old, new} with what it replaced and with what replaced it, where both have
    the words of their articles; ``without_words``: the numbers of those that cannot be compared.
    An amending document is left out: its articles speak of others, not of the same things."""
    before, after = shown["replaces"], shown["replaced_by"]
    others = [*before, *([after] if after else [])]
    told = _with_words([instrument, *others]) if others else set()
    pairs = [
        {
            "number": other.number,
            "old": instrument.slug if other == after else other.slug,
            "new": other.slug if other == after else instrument.slug,
        }
        for other in others
        if {instrument.pk, other.pk} <= told
    ]
    held_back = [other.number for other in others if not {instrument.pk, other.pk} <= told]
    return {"pairs": pairs, "without_words": ", ".join(held_back)}


def _with_words(instruments: Sequence[Instrument]) -> set[int]:
    """Keys of those that have the words of an article, not only its name."""
    worded = Article.objects.exclude(text="").filter(instrument__in=instruments)
    return set(worded.values_list("instrument", flat=True))


def comparable_pairs(day: date) -> list[tuple[Instrument, Instrument]]:
    """(older, newer) of published instruments of which one replaced the other and both have the
    words of their articles; the newest first, PAIRS_OFFERED at most."""
    worded = Article.objects.exclude(text="").values("instrument")
    found = published(day).filter(
        replaced_by__live=True, pk__in=worded, replaced_by__in=worded.all()
    )
    newest = F("replaced_by__issued_on").desc(nulls_last=True)
    older = found.select_related("replaced_by").order_by(newest, "number")[:PAIRS_OFFERED]
    return [(one, one.replaced_by) for one in older if one.replaced_by]


def card_of(instrument: Instrument, request: HttpRequest) -> Card:
    """Without the standing: pictures are kept by others, and the law changes."""
    frame = read_frame(request)
    kind = f"{instrument.get_kind_display()} {instrument.number}"
    return Card(kind, instrument.title, frame.get("name", ""), frame.get("owner", ""))


def _public_url(instrument: Instrument) -> str:
    """One for the world: its text is Vietnamese whatever the labels around it speak."""
    with override(settings.LANGUAGE_CODE):
        return absolute(instrument.get_absolute_url())


def _sharing(instrument: Instrument, standing: str, request: HttpRequest) -> dict[str, Any]:
    """As cms.sharing.sharing gives it for a page."""
    url = _public_url(instrument)
    title = f"{instrument.get_kind_display()} {instrument.number}"
    description = f"{standing}. {instrument.title}"[:_DESCRIPTION_CHARS]
    version = card_version(card_of(instrument, request))
    return {
        "url": url,
        "title": title,
        "description": description,
        "image": absolute(reverse("cms:instrument_card", args=[instrument.pk, version])),
        "image_width": WIDTH,
        "image_height": HEIGHT,
        "zalo_url": share_link(url),
        "mail_query": {"subject": title, "body": f"{description}\n\n{url}"},
    }


def structured_data(instrument: Instrument, shown: dict[str, Any]) -> dict[str, Any]:
    """schema.org's Legislation; an empty value is left out when it is printed."""
    url = _public_url(instrument)
    force = force_of(shown["standing"])
    coverage = ""
    if instrument.effective_on:
        coverage = f"{instrument.effective_on:%Y-%m-%d}/{instrument.expires_on or '..'}"
    return {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": url,
        "url": url,
        "name": f"{instrument.get_kind_display()} {instrument.number}",
        "headline": instrument.title,
        "inLanguage": "vi",
        "legislationIdentifier": instrument.number,
        "legislationType": instrument.get_kind_display(),
        "legislationJurisdiction": {"@type": "Country", "name": "Việt Nam"},
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": instrument.issuer},
        "legislationDate": str(instrument.issued_on or ""),
        "temporalCoverage": coverage,
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
        "legislationChanges": [absolute(o.get_absolute_url()) for o in shown["amends"]],
        "dateModified": instrument.updated_at.isoformat(),
    }


def comparison(old_text: str, new_text: str, *, day: date) -> dict[str, Any]:
    """``old_text, new_text, problems`` and, when both are found, ``old, new, pairs``."""
    texts = (old_text, new_text)
    found = [find_meant(text, day=day) for text in texts]
    articles = [_articles_of(one) if one else [] for one in found]
    problems = [
        problem
        for text, one, words in zip(texts, found, articles, strict=True)
        if text and (problem := _problem(text, one, words))
    ]
    shown: dict[str, Any] = {"old_text": old_text, "new_text": new_text, "problems": problems}
    if all(found):
        shown |= {"old": found[0], "new": found[1]}
    if all(articles):
        pairs = compare_articles(*articles)
        shown |= {"pairs": pairs, "changed_count": sum(pair.is_changed for pair in pairs)}
    return shown


def _articles_of(instrument: Instrument) -> list[ArticleText]:
    return [ArticleText(a.number, a.heading, a.text) for a in instrument.articles.all()]


def _problem(text: str, found: Instrument | None, articles: list[ArticleText]) -> str:
    if found is None:
        return _("Không tìm thấy văn bản “%(text)s”. Hãy ghi số, ký hiệu, ví dụ 118/2025.") % {
            "text": text
        }
    if not articles:
        return _(
            "Văn bản %(number)s chưa nhập các điều nên chưa so sánh được. Hãy mở trang văn bản đó."
        ) % {"number": found.number}
    return ""
