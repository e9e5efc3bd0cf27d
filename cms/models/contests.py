"""Contests: the list with its archive, and the page that editors write around a contest's facts.

The addresses are those of the contests themselves (/contests/, /contests/<code>/), so that each
contest has one, with an editor's page and without (cms.views.contests).
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from cms import contest_listing, listing
from cms.blocks import ArticleBody, texts_of
from cms.choosers import ContestChooserWidget
from cms.models.base import PublicPage
from cms.models.forms import PublicPageForm
from cms.panels import tabbed
from cms.sharing import public_url
from cms.visibility import open_to_all
from core import vietnamese
from core.addresses import absolute
from core.clock import read_clock
from core.languages import language_of_path
from quizzes.contest_face import ContestFace, read_face
from quizzes.models import Contest
from quizzes.queries import public_contests

INDEX_SLUG = "contests"
PAST_PER_PAGE = 20


class ContestIndexPage(PublicPage):
    intro = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    edit_handler = tabbed(content=[*Page.content_panels, FieldPanel("intro")])
    kind_label = _("Cuộc thi")
    search_facet = "contest"
    max_count = 1
    subpage_types = ["cms.ContestPage"]
    parent_page_types = ["cms.HomePage"]
    template = "cms/contest_index_page.html"

    class Meta:
        verbose_name = _("danh mục cuộc thi")
        verbose_name_plural = _("danh mục cuộc thi")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # One address for each contest, whoever draws its page.
        self.slug = INDEX_SLUG
        super().full_clean(*args, **kwargs)

    def share_description(self) -> str:
        return self.search_description or self.intro

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """With every public contest, those without an editor's page too."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        if language_of_path(self.get_url(request) or "/") != settings.LANGUAGE_CODE:
            return urls
        rows = public_contests().values_list("code", "created_at")
        return urls + [
            {"location": absolute(reverse("quizzes:contest", args=[code])), "lastmod": made}
            for code, made in rows
        ]

    def changes_next_at(self, at: datetime) -> datetime | None:
        """Of what was shown last: asked when the page has been drawn."""
        return contest_listing.list_changes_at(getattr(self, "_listed", []), at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        self._listed = contest_listing.listed_contests(read_clock(), self.language)
        past = [item for item in self._listed if item.is_past]
        years = sorted({item.year for item in past}, reverse=True)
        chosen = listing.facet(
            request,
            "year",
            [(str(year), str(year)) for year in years],
            label=_("Năm"),
            every=_("Tất cả các năm"),
        )
        if chosen.value:
            past = [item for item in past if str(item.year) == chosen.value]
        past.sort(key=lambda item: -item.year)
        context |= {
            "current": [item for item in self._listed if not item.is_past],
            "past": listing.paginate(request, past, per_page=PAST_PER_PAGE),
            "years": chosen,
        }
        return context


class ContestDocument(Orderable):
    page = ParentalKey("cms.ContestPage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("tệp"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Ví dụ: kế hoạch, quyết định thành lập Ban Tổ chức, thể lệ đã ký."),
    )

    panels = [FieldPanel("document")]


class ContestPageForm(PublicPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # To publish; a draft waits for its contest (Wagtail defers what is required).
        self.fields["contest"].required = True


class ContestPage(PublicPage):
    """What editors say of a contest. Rounds, rules, figures and results are the contest's own and
    read when the page is drawn; nothing of them is kept here."""

    # Null: a copy of a page is of no contest until one is chosen.
    contest = models.ForeignKey(
        Contest,
        verbose_name=_("cuộc thi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Lịch, thể lệ, tình hình dự thi và kết quả lấy từ cuộc thi này. Chỉ chọn được cuộc thi "
            "mà Ban Tổ chức đã cho hiện trên trang tin."
        ),
    )
    summary = models.CharField(
        _("tóm tắt"),
        max_length=320,
        blank=True,
        help_text=_("Hai, ba câu đứng đầu trang. Để trống thì lấy giới thiệu ngắn của cuộc thi."),
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("ảnh đầu trang"),
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
    cover_credit = models.CharField(
        _("nguồn ảnh"), max_length=120, blank=True, help_text=_("Ví dụ: Nguyễn Thu Hà")
    )
    body = StreamField(ArticleBody(), verbose_name=_("nội dung"), blank=True, use_json_field=True)
    practice_page = models.ForeignKey(
        Page,
        verbose_name=_("trang ôn thi"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Bài hướng dẫn hoặc tài liệu ôn thi đã đăng trên trang này."),
    )

    edit_handler = tabbed(
        content=[
            *Page.content_panels,
            FieldPanel("contest", widget=ContestChooserWidget),
            FieldPanel("summary"),
            MultiFieldPanel(
                [
                    FieldPanel("cover"),
                    FieldRowPanel([FieldPanel("cover_alt"), FieldPanel("cover_credit")]),
                ],
                heading=_("Ảnh đầu trang"),
            ),
            FieldPanel("body"),
        ],
        attached=(
            _("Tài liệu và ôn thi"),
            [
                MultipleChooserPanel(
                    "documents",
                    chooser_field_name="document",
                    heading=_("Tài liệu"),
                    label=_("tệp"),
                ),
                FieldPanel("practice_page"),
            ],
        ),
    )
    base_form_class = ContestPageForm
    kind_label = _("Cuộc thi")
    search_facet = "contest"
    exclude_fields_in_copy = ["contest"]
    subpage_types: list[str] = []
    parent_page_types = ["cms.ContestIndexPage"]
    template = "cms/contest_page.html"
    loaded_with = ("contest", "cover", "share_image", "locale")

    class Meta:
        verbose_name = _("trang cuộc thi")
        verbose_name_plural = _("trang cuộc thi")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.contest:
            self.slug = self.contest.code
        if self.contest and self._twins().exists():
            # Before the pages' own check, which would speak of an address nobody typed.
            raise ValidationError(
                {
                    "contest": _(
                        "Cuộc thi này đã có trang. Hãy sửa trang đó, hoặc chọn cuộc thi khác."
                    )
                }
            )
        self.summary = vietnamese.nfc(self.summary)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.cover_id and not self.cover_alt.strip():
            raise ValidationError(
                {"cover_alt": _("Hãy viết một câu nói ảnh đầu trang cho thấy gì.")}
            )

    def _twins(self) -> Any:
        return ContestPage.objects.filter(
            contest_id=self.contest_id, locale_id=self.locale_id, alias_of=None
        ).exclude(pk=self.pk)

    @property
    def is_found_by_itself(self) -> bool:  # type: ignore[override]
        """A Vietnamese page is not: the contest is found, with the words of its page
        (cms.finding.sources)."""
        is_shown = self.contest is not None and self.contest.is_public
        return is_shown and self.language != settings.LANGUAGE_CODE

    def searchable_texts(self) -> list[str]:
        return [self.title, self.get_summary(), *texts_of(self.body)]

    def get_summary(self) -> str:
        return self.summary or (self.contest.summary if self.contest else "")

    def get_lead_image(self) -> Any:
        return self.cover

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The list tells of every contest; of their pages in other languages, these do."""
        if language_of_path(self.get_url(request) or "/") == settings.LANGUAGE_CODE:
            return []
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        return urls if self.contest and self.contest.is_public else []

    def share_description(self) -> str:
        return self.search_description or self.get_summary()

    def changes_next_at(self, at: datetime) -> datetime | None:
        """Of what was shown last: asked when the page has been drawn."""
        face: ContestFace | None = getattr(self, "_face", None)
        return face.changes_at if face else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A contest that is hidden, again or still, has no page here (cms.views.contests)."""
        if self.contest is None or not self.contest.is_public:
            raise Http404
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        return answer

    def get_face(self) -> ContestFace | None:
        if not hasattr(self, "_face"):
            self._face = read_face(self.contest, at=read_clock()) if self.contest else None
        return self._face

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        practice = Page.objects.filter(pk=self.practice_page_id) if self.practice_page_id else None
        documents = self.documents.select_related("document")
        context |= {
            "face": self.get_face(),
            "contest": self.contest,
            "documents": [item.document for item in documents],
            "practice": open_to_all(practice).first() if practice is not None else None,
        }
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """An Event with one event inside for each round (schema.org/Event)."""
        data = super().structured_data(request)
        face = self.get_face()
        if face is None or not face.rounds:
            return data
        rounds = [item.round for item in face.rounds]
        place = {"@type": "VirtualLocation", "url": public_url(self, request)}
        shared = {
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "eventStatus": "https://schema.org/EventScheduled",
            "location": place,
        }
        organiser = {"@type": "GovernmentOrganization", "name": face.contest.issuing_agency}
        return (
            data
            | shared
            | {
                "@type": "Event",
                "name": face.contest.name,
                "startDate": min(item.opens_at for item in rounds).isoformat(),
                "endDate": max(item.closes_at for item in rounds).isoformat(),
                "organizer": organiser,
                "subEvent": [
                    shared
                    | {
                        "@type": "Event",
                        "name": f"{face.contest.name}: {item.name}",
                        "startDate": item.opens_at.isoformat(),
                        "endDate": item.closes_at.isoformat(),
                        "organizer": organiser,
                        "url": absolute(f"{self.get_url(request) or '/'}#rounds"),
                    }
                    for item in rounds
                ],
            }
        )
