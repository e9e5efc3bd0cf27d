"""The front page: what is open now, what is new, what is in force."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms import queries
from cms.models.previewing import FramedPreviewMixin
from core.clock import read_clock


class HomePage(FramedPreviewMixin, Page):
    headline = models.CharField(
        _("tiêu đề lớn"),
        max_length=120,
        default="Cải cách hành chính, học và thi cùng một cửa",
        help_text=_("Hiện khi không có vòng thi nào đang mở hoặc sắp mở."),
    )
    introduction = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    max_count = 1
    subpage_types = ["cms.ArticleIndexPage", "cms.RegulationIndexPage"]
    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = _("trang chủ")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        at = read_clock()
        shown = queries.rounds_to_announce(at)
        context |= {
            "at": at,
            "round": shown[0] if shown else None,
            "other_rounds": shown[1:],
            "results": queries.latest_results(),
            "articles": queries.latest_articles(),
            "instruments": queries.latest_instruments(),
            "article_index": queries.article_index(),
            "regulation_index": queries.regulation_index(),
        }
        return context
