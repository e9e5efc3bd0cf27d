"""What search engines are told: every public page, and which pages say the same in other
languages."""

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import Any

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from cms.translations import alternates
from cms.visibility import open_to_all
from core.addresses import absolute


class PagesInLanguages(Sitemap):
    def items(self) -> Any:
        roots = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        below = reduce(or_, [Page.objects.descendant_of_q(root, inclusive=True) for root in roots])
        pages = Page.objects.filter(below).live().public().order_by("path")
        return pages.defer_streamfields().specific()

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super().get_urls(*args, **kwargs)
        told = self._alternates()
        return [url | {"alternates": told.get(url["location"], [])} for url in urls]

    def _alternates(self) -> dict[str, list[dict[str, str]]]:
        """Address → the page in each of its languages; one statement."""
        paths: dict[Any, list[str]] = defaultdict(list)
        for page in open_to_all(Page.objects.filter(depth__gt=1)).order_by("path"):
            if path := page.get_url(self.request):
                paths[page.translation_key].append(path)
        told = {}
        for found in paths.values():
            every = [
                {"lang_code": one["language"], "location": one["url"]} for one in alternates(found)
            ]
            told.update({absolute(path): every for path in found})
        return told
