"""The library of legal instruments, and below it the page of each."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms import listing, queries, regulation_feed, regulations
from cms.models.base import PublicPage
from cms.panels import tabbed
from core.addresses import absolute
from core.clock import read_clock
from core.languages import language_of_path
from legal.queries import facet_counts, published

INSTRUMENTS_PER_PAGE = 20


class RegulationIndexPage(RoutablePageMixin, PublicPage):
    """Instruments are rows of legal/, not pages: whatever cites them, and the spreadsheet that
    brings them in, knows one row. Their pages are routes of this one."""

    intro = models.CharField(
        _("giới thiệu"), max_length=300, blank=True, help_text=_("Một, hai câu dưới tiêu đề trang.")
    )

    edit_handler = tabbed(content=[*Page.content_panels, FieldPanel("intro")])
    kind_label = _("Văn bản")
    search_facet = "regulation"
    max_count = 1
    subpage_types: list[str] = []
    parent_page_types = ["cms.HomePage"]
    template = "cms/regulation_index_page.html"

    class Meta:
        verbose_name = _("danh mục văn bản")
        verbose_name_plural = _("danh mục văn bản")

    def path_in_other_languages(self, rest: str) -> str:
        return rest  # instruments have one text, and a page in each language

    def share_description(self) -> str:
        return self.search_description or self.intro

    @path("")
    def list_instruments(self, request: HttpRequest) -> HttpResponse:
        day = timezone.localdate(read_clock())
        text = listing.text_asked(request)
        facets = regulations.facets(request, facet_counts(day))
        chosen = {facet.name: facet.value for facet in facets if facet.value}
        found = queries.instruments(text, day=day, **chosen)
        context = {
            "text": text,
            "facets": facets,
            "is_filtered": bool(text or chosen),
            "instruments": listing.paginate(request, found, per_page=INSTRUMENTS_PER_PAGE),
            "feed_url": f"{self.get_url(request)}feed/",
            "compare_url": f"{self.get_url(request)}compare/",
        }
        return self.render(request, context_overrides=context)

    # Atom came first, and whoever follows it knows it by this address.
    @path("feed/")
    def atom(self, request: HttpRequest) -> HttpResponse:
        return regulation_feed.answer(self, request, kind="atom", at=read_clock())

    @path("feed/rss/")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return regulation_feed.answer(self, request, kind="rss", at=read_clock())

    @path("compare/")
    def compare(self, request: HttpRequest) -> HttpResponse:
        day = timezone.localdate(read_clock())
        texts = [listing.text_asked(request, name) for name in ("old", "new")]
        context = {
            **regulations.comparison(*texts, day=day),
            "choices": regulations.comparable_pairs(day),
            "breadcrumbs": self._crumbs(request),
        }
        return self.render(
            request, template="cms/regulation_compare.html", context_overrides=context
        )

    @path("<slug:slug>/")
    def show_instrument(self, request: HttpRequest, slug: str) -> HttpResponse:
        at = read_clock()
        instrument = regulations.find_by_address(slug, day=timezone.localdate(at))
        if instrument is None:
            raise Http404
        if instrument.slug != slug:
            return redirect(f"{self.get_url(request)}{instrument.slug}/")
        context = {
            **regulations.page_facts(instrument, request, at=at),
            "breadcrumbs": self._crumbs(request),
            "compare_url": f"{self.get_url(request)}compare/",
        }
        return self.render(request, template="cms/regulation_page.html", context_overrides=context)

    def _crumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        own = {"url": self.get_url(request) or "/", "label": self.title}
        return [*self.get_breadcrumbs(request), own]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """With every instrument, once: its text is Vietnamese wherever it is shown."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        library = self.get_url(request) or ""
        if language_of_path(library) != settings.LANGUAGE_CODE:
            return urls
        day = timezone.localdate(read_clock())
        rows = published(day).order_by("pk").values_list("slug", "updated_at")
        return urls + [
            {"location": absolute(f"{library}{slug}/"), "lastmod": changed}
            for slug, changed in rows
        ]
