"""The search follows what editors do: published is found, taken back is not."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from cms.finding import indexing, sources
from cms.models.base import PublicPage
from cms.models.contests import ContestPage
from core.clock import read_clock
from counter.models import Office
from legal.models import Instrument
from legal.signals import instrument_status_changed
from quizzes.models import Contest


def follow_page(instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    if isinstance(page, ContestPage):
        _follow_contest_of(page)
    _follow(page)
    _follow_translations(page)


def _follow(page: Page) -> None:
    found = sources.read_page(page)
    if found is None:
        indexing.forget(sources.PAGE, page.pk)
    else:
        indexing.keep(found)


def _follow_translations(page: Page) -> None:
    """A page is found in a language that has no translation of it."""
    for other in page.get_translations().live().specific():
        _follow(other)


def _follow_contest_of(page: ContestPage) -> None:
    """A contest is found with the words of its page; one whose page is of another contest now is
    found without them."""
    if page.contest:
        follow_contest(page.contest)


def follow_branch(instance: Page, **kwargs: Any) -> None:
    """Its address changed, or who may see it; with it that of everything below."""
    for page in Page.objects.descendant_of(instance, inclusive=True).live().specific():
        follow_page(page)


def follow_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    follow_branch(instance.page)


def follow_new_page(instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A page that is put into the tree as a live one, which no signal of publication tells of."""
    if created and not raw and isinstance(instance, PublicPage) and instance.live:
        follow_page(instance)


def forget_page(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, ContestPage):
        _follow_contest_of(instance)
    if isinstance(instance, Page):
        indexing.forget(sources.PAGE, instance.pk)
        _follow_translations(instance)


def follow_instrument(instance: Any, **kwargs: Any) -> None:
    if not isinstance(instance, Instrument):
        return
    found = sources.read_instrument(instance, day=timezone.localdate(read_clock()))
    if found is None:
        indexing.forget(sources.INSTRUMENT, instance.pk)
    else:
        indexing.keep(found)


def follow_standing(instrument_ids: set[int], **kwargs: Any) -> None:
    for instrument in Instrument.objects.filter(pk__in=instrument_ids):
        follow_instrument(instrument)


def forget_instrument(instance: Instrument, **kwargs: Any) -> None:
    indexing.forget(sources.INSTRUMENT, instance.pk)


def follow_contest(instance: Contest, raw: bool = False, **kwargs: Any) -> None:
    found = None if raw else sources.read_contest(instance)
    if found is None:
        indexing.forget(sources.CONTEST, instance.pk)
    else:
        indexing.keep(found)
    if not raw:  # in other languages its pages are found (ContestPage.is_found_by_itself)
        for page in ContestPage.objects.filter(contest=instance):
            _follow(page)


def forget_contest(instance: Contest, **kwargs: Any) -> None:
    indexing.forget(sources.CONTEST, instance.pk)


def follow_office(instance: Office, raw: bool = False, **kwargs: Any) -> None:
    found = None if raw else sources.read_office(instance)
    if found is None:
        indexing.forget(sources.OFFICE, instance.pk)
    else:
        indexing.keep(found)


def forget_office(instance: Office, **kwargs: Any) -> None:
    indexing.forget(sources.OFFICE, instance.pk)


def connect() -> None:
    for signal, receiver, sender in (
        (page_published, follow_page, None),
        (page_unpublished, follow_page, None),
        (page_slug_changed, follow_branch, None),
        (post_page_move, follow_branch, None),
        (post_save, follow_restriction, PageViewRestriction),
        (post_delete, follow_restriction, PageViewRestriction),
        (post_save, follow_instrument, Instrument),
        (published, follow_instrument, Instrument),
        (unpublished, follow_instrument, Instrument),
        (instrument_status_changed, follow_standing, None),
        (pre_delete, forget_instrument, Instrument),
        (post_save, follow_contest, Contest),
        (pre_delete, forget_contest, Contest),
        (post_save, follow_office, Office),
        (pre_delete, forget_office, Office),
    ):
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"cms.finding.{receiver.__name__}.{sender}"
        )
    # Sent for the page's own type, so they cannot be asked for by sender.
    post_save.connect(follow_new_page, dispatch_uid="cms.finding.follow_new_page")
    # After: Wagtail takes the page back first, when its row still says that it is live.
    post_delete.connect(forget_page, dispatch_uid="cms.finding.forget_page")
