"""What is public, and by which words it is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from cms.contest_listing import pages_of
from cms.models.base import PublicPage
from cms.visibility import open_to_all
from counter.models import Office
from legal.models import Instrument
from legal.queries import published
from legal.standing import Standing
from quizzes.models import Contest

_OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PAGE, INSTRUMENT, CONTEST, OFFICE = "page", "instrument", "contest", "office"


@dataclass(frozen=True, slots=True)
class Found:
    """One public thing as the search keeps it. ``also_named``: a name that counts as its title, as
    that of a decree beside its number; ``texts``: what else it can be found by."""

    source: str
    source_id: int
    facet: str
    address: str
    kind_label: str
    title: str
    also_named: str = ""
    summary: str = ""
    texts: tuple[str, ...] = ()
    shown_on: date | None = None
    is_past: bool = False
    language: str = settings.LANGUAGE_CODE
    # Whether it is found where the reader's language is another: it has no translation there.
    is_only: bool = True


def read_page(page: Page) -> Found | None:
    """None for a page that not everyone may see, or of a type that is not of the public site."""
    if not isinstance(page, PublicPage) or not page.live or page.get_view_restrictions().exists():
        return None
    if not page.is_found_by_itself:
        return None
    address = page.get_url()
    if not address:
        return None
    with translation.override(page.locale.language_code):
        label = str(page.kind_label)
    moment = page.first_published_at
    return Found(
        PAGE,
        page.pk,
        page.search_facet,
        address,
        label,
        page.title,
        summary=page.share_description(),
        texts=tuple(page.searchable_texts()),
        shown_on=getattr(page, "published_on", None)
        or (timezone.localdate(moment) if moment else None),
        language=page.locale.language_code,
        is_only=not open_to_all(page.get_translations()).exists(),
    )


def read_instrument(instrument: Instrument, *, day: date) -> Found | None:
    shown = published(day).filter(pk=instrument.pk).first()
    if shown is None:
        return None
    articles = [f"{article.heading} {article.text}" for article in shown.articles.all()]
    with translation.override(settings.LANGUAGE_CODE):
        kind = shown.get_kind_display()
    return Found(
        INSTRUMENT,
        shown.pk,
        "regulation",
        shown.get_absolute_url(),
        kind,
        f"{kind} {shown.number}",
        also_named=shown.title,
        summary=shown.title,
        texts=(shown.summary, *articles, shown.issuer),
        shown_on=shown.issued_on,
        is_past=shown.standing == Standing.EXPIRED,
    )


def read_contest(contest: Contest) -> Found | None:
    if not contest.is_public:
        return None
    page = next(iter(pages_of([contest])), None)
    with translation.override(settings.LANGUAGE_CODE):
        label = str(contest._meta.verbose_name).capitalize()
    return Found(
        CONTEST,
        contest.pk,
        "contest",
        reverse("quizzes:contest", args=[contest.code]),
        label,
        contest.name,
        also_named=page.title if page else "",
        summary=page.share_description() if page else contest.summary,
        texts=(
            contest.issuing_agency,
            contest.summary,
            *(page.searchable_texts() if page else ()),
        ),
        shown_on=timezone.localdate(contest.created_at),
        is_only=not any(pages_of([contest], code) for code in _OTHERS),
    )


def read_office(office: Office) -> Found | None:
    if not office.is_active:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        label = str(office._meta.verbose_name)
    return Found(
        OFFICE,
        office.pk,
        "office",
        reverse("counter:office", args=[office.code]),
        label[0].upper() + label[1:],
        office.name,
        summary=office.address,
        texts=(office.address, office.unit.name),
    )


def everything(*, day: date) -> Iterator[Found]:
    pages = Page.objects.live().public().filter(depth__gt=1).specific()
    readers: tuple[tuple[Any, Any], ...] = (
        (pages, read_page),
        (
            Instrument.objects.filter(live=True),
            lambda instrument: read_instrument(instrument, day=day),
        ),
        (Contest.objects.filter(is_public=True), read_contest),
        (Office.objects.filter(is_active=True).select_related("unit"), read_office),
    )
    for things, read in readers:
        for thing in things.iterator(chunk_size=200):
            if found := read(thing):
                yield found
