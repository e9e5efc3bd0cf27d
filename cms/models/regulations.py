"""The list of legal instruments."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms import queries
from cms.models.previewing import FramedPreviewMixin
from legal.models import Instrument

INSTRUMENTS_PER_PAGE = 20


class RegulationIndexPage(FramedPreviewMixin, Page):
    intro = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    max_count = 1
    subpage_types: list[str] = []
    parent_page_types = ["cms.HomePage"]
    template = "cms/regulation_index_page.html"

    class Meta:
        verbose_name = _("danh mục văn bản")
        verbose_name_plural = _("danh mục văn bản")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        text = request.GET.get("q", "")[:120]
        status = request.GET.get("status", "")
        if status not in Instrument.Status.values:
            status = ""
        found = queries.instruments(text, status=status)
        context |= {
            "text": text,
            "status": status,
            "statuses": Instrument.Status.choices,
            "instruments": Paginator(found, INSTRUMENTS_PER_PAGE).get_page(request.GET.get("page")),
        }
        return context
