"""The front page: find a procedure, see what is open now, what is new, what is in force."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms import front
from cms.frame import read_frame
from cms.models.base import PublicPage
from cms.panels import tabbed
from core.clock import read_clock


class HomePage(PublicPage):
    headline = models.CharField(
        _("tiêu đề lớn"),
        max_length=120,
        default="Bạn cần làm thủ tục gì?",
        help_text=_("Câu hỏi đứng trên ô tìm thủ tục."),
    )
    introduction = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    edit_handler = tabbed(
        content=[*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    )
    kind_label = ""
    max_count = 1
    subpage_types = [
        "cms.ArticleIndexPage",
        "cms.ReformModelIndexPage",
        "cms.RegulationIndexPage",
        "cms.ProcedureIndexPage",
        "cms.ContestIndexPage",
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("trang chủ")
        verbose_name_plural = _("trang chủ")

    def child_model(self, request: HttpRequest, slug: str) -> Any:
        label = read_frame(request, self.language).get("children", {}).get(slug)
        return apps.get_model(label) if label else None

    def share_description(self) -> str:
        return self.search_description or self.introduction

    def changes_next_at(self, at: datetime) -> datetime | None:
        """Of what was shown last: asked when the page has been drawn."""
        shown: dict[str, list[front.Shown]] = getattr(self, "_shown", {})
        found = front.front_changes_at([each for place in shown.values() for each in place], at)
        return min(filter(None, [found, super().changes_next_at(at)]), default=None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        at = read_clock()
        self._shown = front.read_front(request, at)
        context |= {
            "at": at,
            "front": self._shown,
            "procedures": front.place_of(request, "cms.procedureindexpage"),
        }
        return context
