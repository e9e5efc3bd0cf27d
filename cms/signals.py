"""The frame of every page and the pages themselves are kept; what changes them forgets that."""

from functools import partial
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from cms import frame, page_cache, regulations
from cms.models import ContestPage, ProcedurePage
from cms.procedure_versions import record_version
from core.clock import read_clock
from outreach.zalo.outbox import withdraw_pages

# Whose rows stand on public pages, besides pages and everything of cms itself.
SHOWN = frozenset(
    {
        "counter.closure",
        "counter.office",
        "counter.openinghours",
        "people.unit",
        "quizzes.award",
        "quizzes.contest",
        "quizzes.contestunit",
        "quizzes.resultrun",
        "quizzes.round",
        "wagtailcore.collectionviewrestriction",
        "wagtailcore.pageviewrestriction",
        "wagtailcore.site",
        "wagtaildocs.document",
        "wagtailimages.image",
        "wagtailredirects.redirect",
    }
)
# Apps all of whose rows may stand on public pages.
SHOWN_APPS = frozenset({"cms", "legal"})


def _forget(**kwargs: Any) -> None:
    """Now, and again when the change is committed: another request may read what was before."""
    _forget_keys(*frame.cache_keys(), *regulations.cache_keys())


def _forget_keys(*keys: str) -> None:
    cache.delete_many(keys)
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(partial(cache.delete_many, keys))
    page_cache.begin_generation()


def _forget_if_shown(sender: type[Model], **kwargs: Any) -> None:
    if sender not in _shown_models():
        return
    # Where pages are: an import of a hundred regulations moves no page.
    if issubclass(sender, (Page, PageViewRestriction, Site)):
        _forget()
    else:
        _forget_keys(*frame.cache_keys())


_known: set[type[Model]] = set()


def _shown_models() -> set[type[Model]]:
    if not _known:
        _known.update(
            model
            for model in apps.get_models()
            if model._meta.label_lower in SHOWN
            or model._meta.app_label in SHOWN_APPS
            or issubclass(model, Page)
        )
    return _known


def _count_version(instance: ProcedurePage, **kwargs: Any) -> None:
    record_version(instance, at=read_clock())


def _withdraw_from_zalo(instance: Page, **kwargs: Any) -> None:
    withdraw_pages([instance.pk], at=read_clock())


def _withdraw_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    below = Page.objects.descendant_of(instance.page, inclusive=True)
    withdraw_pages(below.values_list("pk", flat=True), at=read_clock())


def _keep_contest(source_obj: Page, target_obj: Page, **kwargs: Any) -> None:
    """A copy is of no contest; a translation is of the contest it was written for."""
    source, target = source_obj.specific, target_obj.specific
    if not isinstance(source, ContestPage) or not isinstance(target, ContestPage):
        return
    target.contest = source.contest
    target.save(clean=False)
    draft = target.get_latest_revision_as_object()
    draft.contest, draft.slug = source.contest, target.slug
    draft.save_revision(clean=False)


def connect() -> None:
    copy_for_translation_done.connect(_keep_contest, dispatch_uid="cms.keep_contest")
    page_unpublished.connect(_withdraw_from_zalo, dispatch_uid="cms.withdraw_from_zalo")
    post_save.connect(
        _withdraw_restricted, sender=PageViewRestriction, dispatch_uid="cms.withdraw_restricted"
    )
    page_published.connect(
        _count_version, sender=ProcedurePage, dispatch_uid="cms.count_procedure_version"
    )
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_forget, dispatch_uid="cms.forget_what_is_kept")
    for signal in (post_save, post_delete):
        signal.connect(_forget_if_shown, dispatch_uid="cms.forget_what_is_kept")
