"""Pointers to something else on the site, shown as it is now."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from cms import queries
from cms.choosers import ContestChooserBlock
from cms.visibility import open_to_all
from core.clock import read_clock


class ContestTeaserBlock(blocks.StructBlock):
    contest = ContestChooserBlock(label=_("Cuộc thi"))

    class Meta:
        icon = "date"
        label = _("Giới thiệu cuộc thi")
        template = "cms/blocks/contest_teaser.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        contest = value["contest"]
        # A contest that is hidden again is told of nowhere.
        if contest and contest.is_public:
            context["contest"] = contest
            context["round"] = queries.round_to_announce(contest, read_clock())
        return context


class PageTeaserBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(
        label=_("Trang"),
        help_text=_("Một thủ tục, mô hình, văn bản hoặc bài viết khác trên trang này."),
    )
    reason = blocks.CharBlock(
        label=_("Vì sao nên xem"),
        required=False,
        max_length=160,
        help_text=_("Để trống thì lấy phần mô tả của trang được giới thiệu."),
    )

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Giới thiệu trang")
        template = "cms/blocks/page_teaser.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = value["page"]
        shown = page and open_to_all(Page.objects.filter(pk=page.pk)).specific().first()
        if shown:
            describe = getattr(shown, "share_description", None)
            context["target"] = shown
            context["text"] = value["reason"] or (describe() if describe else "")
            context["kind"] = getattr(shown, "kind_label", "")
        return context
