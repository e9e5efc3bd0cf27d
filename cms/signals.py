"""The frame of every page is cached; what changes it forgets the cache."""

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.context_processors import CACHE_KEY
from cms.models import SiteInfo


def _forget(**kwargs: Any) -> None:
    cache.delete(CACHE_KEY)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_forget, dispatch_uid="cms.forget_site_info")
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=SiteInfo, dispatch_uid="cms.forget_site_info")
