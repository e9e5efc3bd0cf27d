"""News, reform models and procedures."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import ArticleBody
from cms.models.previewing import FramedPreviewMixin
from core import vietnamese

ARTICLES_PER_PAGE = 12


class ArticleKind(models.TextChoices):
    NEWS = "news", _("Tin tức")
    MODEL = "model", _("Mô hình cải cách")
    PROCEDURE = "procedure", _("Thủ tục hành chính")


class ArticleIndexPage(FramedPreviewMixin, Page):
    intro = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    subpage_types = ["cms.ArticlePage"]
    parent_page_types = ["cms.HomePage"]
    template = "cms/article_index_page.html"

    class Meta:
        verbose_name = _("chuyên mục bài viết")
        verbose_name_plural = _("chuyên mục bài viết")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        kind = request.GET.get("kind", "")
        articles = (
            ArticlePage.objects.child_of(self)
            .live()
            .public()
            .select_related("cover")
            .order_by("-published_on", "-pk")
        )
        if kind in ArticleKind.values:
            articles = articles.filter(kind=kind)
        context["articles"] = Paginator(articles, ARTICLES_PER_PAGE).get_page(
            request.GET.get("page")
        )
        context["tabs"] = [
            {"url": self.get_url(request), "label": _("Tất cả"), "current": kind == ""},
            *[
                {
                    "url": f"{self.get_url(request)}?kind={value}",
                    "label": label,
                    "current": kind == value,
                }
                for value, label in ArticleKind.choices
            ],
        ]
        return context


class ArticlePage(FramedPreviewMixin, Page):
    """Bài viết. The facts of a reform model are fields: its page must be honest about them."""

    kind = models.CharField(
        _("loại bài"), max_length=16, choices=ArticleKind, default=ArticleKind.NEWS
    )
    published_on = models.DateField(_("ngày đăng"), default=timezone.localdate)
    summary = models.CharField(_("tóm tắt"), max_length=320)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("ảnh đầu bài"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ArticleBody(), verbose_name=_("nội dung"), use_json_field=True)
    model_unit = models.CharField(_("nơi thực hiện"), max_length=200, blank=True)
    model_year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    # A body that no longer exists is never shown as if it did.
    unit_ended_on = models.DateField(
        _("ngày đơn vị kết thúc hoạt động"),
        null=True,
        blank=True,
        help_text=_("Cấp huyện kết thúc hoạt động ngày 01/07/2025."),
    )
    source_name = models.CharField(_("nguồn"), max_length=200, blank=True)
    source_url = models.URLField(_("địa chỉ nguồn"), blank=True)
    # Folded text for search: "dat dai" finds "đất đai".
    search_key = models.TextField(editable=False, blank=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("search_key"),
        index.FilterField("kind"),
        index.FilterField("published_on"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("published_on")]),
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("model_unit"), FieldPanel("model_year")]),
                FieldPanel("unit_ended_on"),
                FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
            ],
            heading=_("Mô hình và nguồn"),
        ),
    ]
    subpage_types: list[str] = []
    parent_page_types = ["cms.ArticleIndexPage"]
    template = "cms/article_page.html"

    class Meta:
        verbose_name = _("bài viết")
        verbose_name_plural = _("bài viết")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail validates a page whenever it saves it.
        self.title = vietnamese.nfc(self.title)  # type: ignore[has-type]
        self.summary = vietnamese.nfc(self.summary)
        self.search_key = vietnamese.fold(
            " ".join([self.title, self.summary, self.model_unit, *_texts(self.body)])
        )
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = [
            {"url": page.get_url(request), "label": page.title}
            for page in self.get_ancestors().filter(depth__gt=1).specific(defer=True)
        ]
        return context


def _texts(body: Any) -> list[str]:
    return [
        strip_tags(str(text))
        for block in body
        for text in block.block.get_searchable_content(block.value)
    ]
