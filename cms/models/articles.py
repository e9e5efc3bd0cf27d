"""News: the index with its sections, years and feeds, and the article."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    PageChooserPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms import feeds, listing, news_queries
from cms.blocks import ArticleBody, texts_of
from cms.editors.alternative_text import says_something
from cms.models.base import PublicPage
from cms.models.news import Author, NewsSection
from cms.panels import tabbed
from cms.translations import only_in_default_language
from core import vietnamese
from core.addresses import absolute

ARTICLES_PER_PAGE = 12
# Addresses of the index itself: no article may stand there.
RESERVED_SLUGS = frozenset({"feed", "sections", "years"})


class ArticleKind(models.TextChoices):
    NEWS = "news", _("Tin tức")
    MODEL = "model", _("Mô hình cải cách")
    PROCEDURE = "procedure", _("Thủ tục hành chính")


class ArticleIndexPage(RoutablePageMixin, PublicPage):
    intro = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    edit_handler = tabbed(content=[*Page.content_panels, FieldPanel("intro")])
    kind_label = _("Chuyên mục")
    search_facet = "news"
    subpage_types = ["cms.ArticlePage"]
    parent_page_types = ["cms.HomePage"]
    template = "cms/article_index_page.html"

    class Meta:
        verbose_name = _("chuyên mục bài viết")
        verbose_name_plural = _("chuyên mục bài viết")

    def share_description(self) -> str:
        return self.search_description or self.intro

    def path_in_other_languages(self, rest: str) -> str:
        return rest if rest.startswith("sections/") else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # Sections and years have addresses of their own.
        if request.path.startswith(self.get_url(request) or "/"):
            context["share"]["url"] = absolute(request.path)
        return context

    @path("")
    def all_articles(self, request: HttpRequest) -> HttpResponse:
        return self.render_list(request)

    @path("sections/<slug:slug>/")
    def one_section(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.render_list(request, section=self.section_or_404(slug))

    @path("years/<int:year>/")
    def one_year(self, request: HttpRequest, year: int) -> HttpResponse:
        return self.render_list(request, year=year)

    @path("feed/")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return feeds.answer(self, request, kind="rss")

    @path("feed/atom/")
    def atom(self, request: HttpRequest) -> HttpResponse:
        return feeds.answer(self, request, kind="atom")

    @path("sections/<slug:slug>/feed/")
    def section_rss(self, request: HttpRequest, slug: str) -> HttpResponse:
        return feeds.answer(self, request, kind="rss", section=self.section_or_404(slug))

    @path("sections/<slug:slug>/feed/atom/")
    def section_atom(self, request: HttpRequest, slug: str) -> HttpResponse:
        return feeds.answer(self, request, kind="atom", section=self.section_or_404(slug))

    def section_or_404(self, slug: str) -> NewsSection:
        found = NewsSection.objects.filter(slug=slug).first()
        if found is None:
            raise Http404
        return found

    def render_list(
        self, request: HttpRequest, *, section: NewsSection | None = None, year: int | None = None
    ) -> HttpResponse:
        """The articles of a section or a year; a year without articles is not there."""
        years = news_queries.years_of(self)
        if year is not None and year not in years:
            raise Http404
        found = news_queries.articles_below(self, section=section, year=year)
        extra = {
            "articles": listing.paginate(request, found, per_page=ARTICLES_PER_PAGE),
            "only_in_vietnamese": None
            if section or year
            else only_in_default_language(self, ArticlePage),
            "sections": news_queries.sections_with_articles(self),
            "section": section,
            # Sections have a name in both languages, and are described in Vietnamese.
            "section_lead": section.description
            if section and self.language == settings.LANGUAGE_CODE
            else "",
            "years": years,
            "year": year,
        }
        answer: HttpResponse = self.render(request, context_overrides=extra)
        return answer


class ArticleAuthor(Orderable):
    page = ParentalKey("cms.ArticlePage", on_delete=models.CASCADE, related_name="authorships")
    author = models.ForeignKey(
        Author, verbose_name=_("tác giả"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "author"], name="cms_author_once_per_article")
        ]


class RelatedPage(Orderable):
    page = ParentalKey("cms.ArticlePage", on_delete=models.CASCADE, related_name="related")
    target = models.ForeignKey(
        Page, verbose_name=_("trang"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("target")]


class ArticlePage(PublicPage):
    """Tin bài. The fields of reform models wait here until their articles become pages of that
    type; ``kind`` goes with them."""

    kind = models.CharField(
        _("loại bài"), max_length=16, choices=ArticleKind, default=ArticleKind.NEWS
    )
    section = models.ForeignKey(
        NewsSection,
        verbose_name=_("chuyên mục"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_on = models.DateField(_("ngày đăng"), default=timezone.localdate)
    summary = models.CharField(
        _("tóm tắt"),
        max_length=320,
        help_text=_("Hai, ba câu đứng đầu bài: việc gì, ở đâu, có lợi gì cho người đọc."),
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("ảnh đầu bài"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(
        _("ảnh cho thấy gì"),
        max_length=200,
        blank=True,
        help_text=_("Bắt buộc khi có ảnh: đọc cho người không nhìn thấy ảnh."),
    )
    cover_caption = models.CharField(_("chú thích ảnh"), max_length=200, blank=True)
    cover_credit = models.CharField(
        _("nguồn ảnh"), max_length=120, blank=True, help_text=_("Ví dụ: Nguyễn Thu Hà")
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
    source_name = models.CharField(
        _("nguồn"), max_length=200, blank=True, help_text=_("Khi bài viết theo báo hoặc báo cáo.")
    )
    source_url = models.URLField(_("địa chỉ nguồn"), blank=True)

    search_fields = [
        *PublicPage.search_fields,
        index.FilterField("kind"),
        index.FilterField("section"),
        index.FilterField("published_on"),
    ]
    edit_handler = tabbed(
        content=[
            *Page.content_panels,
            FieldRowPanel([FieldPanel("section"), FieldPanel("published_on")]),
            FieldPanel("summary"),
            MultiFieldPanel(
                [
                    FieldPanel("cover"),
                    FieldPanel("cover_alt"),
                    FieldRowPanel([FieldPanel("cover_caption"), FieldPanel("cover_credit")]),
                ],
                heading=_("Ảnh đầu bài"),
            ),
            FieldPanel("body"),
        ],
        signed=(
            _("Tác giả và nguồn"),
            [
                MultipleChooserPanel(
                    "authorships",
                    chooser_field_name="author",
                    heading=_("Tác giả"),
                    label=_("tác giả"),
                ),
                FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
                InlinePanel(
                    "related",
                    heading=_("Bài và trang liên quan"),
                    label=_("trang"),
                    max_num=4,
                    help_text=_("Để trống thì lấy ba bài mới nhất cùng chuyên mục."),
                ),
            ],
        ),
    )
    kind_label = _("Tin tức")
    search_facet = "news"
    subpage_types: list[str] = []
    parent_page_types = ["cms.ArticleIndexPage"]
    template = "cms/article_page.html"
    loaded_with = ("section", "cover", "share_image", "locale")

    class Meta:
        verbose_name = _("tin bài")
        verbose_name_plural = _("tin bài")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.summary = vietnamese.nfc(self.summary)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.cover_id and not says_something(self.cover_alt):
            raise ValidationError({"cover_alt": _("Hãy viết một câu nói ảnh đầu bài cho thấy gì.")})
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("Địa chỉ này dành cho trang danh mục; hãy chọn địa chỉ khác.")}
            )

    def searchable_texts(self) -> list[str]:
        return [self.title, self.summary, self.model_unit, *texts_of(self.body)]

    def get_lead_image(self) -> Any:
        return self.cover

    def share_description(self) -> str:
        return self.search_description or self.summary

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().structured_data(request) | {
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": self.published_on.isoformat(),
            "articleSection": self.section.label if self.section else "",
            "author": [
                {"@type": "Person", "name": author.name, "jobTitle": author.job_title}
                for author in self.get_authors()
            ],
        }

    def get_authors(self) -> list[Author]:
        """Who signs, in the editor's order; of a preview too, where nothing is saved."""
        if not hasattr(self, "_authors"):
            signed = self.authorships.select_related("author__unit")
            self._authors = [authorship.author for authorship in signed]
        return self._authors

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        news_queries.load_renditions(self)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["authors"] = self.get_authors()
        context["related"] = news_queries.related_to(self)
        return context
