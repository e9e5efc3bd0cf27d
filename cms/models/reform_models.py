"""Mô hình, sáng kiến cải cách hành chính: one page each, and their catalogue."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import ArticleBody, texts_of
from cms.measuring import Measure, Measures, measures_of
from cms.models.base import PublicPage
from cms.models.reform_choices import ModelStatus, ReformField
from cms.panels import tabbed
from cms.partial_dates import DatePrecision, iso, rounded, said
from cms.reform_panels import reform_model_panels
from cms.translations import only_in_default_language
from core import vietnamese
from core.addresses import absolute
from core.clock import read_clock
from people.models import Unit

# The address of the comparison: no model may stand there.
COMPARE = "compare"
PART = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Documents(StreamBlock):
    document = DocumentChooserBlock(label=_("Tài liệu"))

    class Meta:
        max_num = 20


class ReformModelIndexPage(RoutablePageMixin, PublicPage):
    """The catalogue: filters in the address, and two models side by side at ``compare/``."""

    intro = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    edit_handler = tabbed(content=[*Page.content_panels, FieldPanel("intro")])
    kind_label = _("Danh mục mô hình")
    search_facet = "model"
    subpage_types = ["cms.ReformModelPage"]
    parent_page_types = ["cms.HomePage"]
    template = "cms/reform_model_index_page.html"

    class Meta:
        verbose_name = _("danh mục mô hình cải cách")
        verbose_name_plural = _("danh mục mô hình cải cách")

    def share_description(self) -> str:
        return str(self.search_description or self.intro)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.model_catalogue import read_catalogue

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "catalogue": read_catalogue(self, request),
            "only_in_vietnamese": only_in_default_language(self, ReformModelPage),
        }

    @path(f"{COMPARE}/", name="compare")
    def compare(self, request: HttpRequest) -> HttpResponse:
        from cms.model_comparing import compare_models

        own = {"url": self.get_url(request), "label": self.title}
        context = {
            "comparison": compare_models(self, request),
            "breadcrumbs": [*self.get_breadcrumbs(request), own],
            # Printed at the foot: the address of these two, not of the catalogue.
            "share": {"url": absolute(request.get_full_path())},
        }
        response: HttpResponse = self.render(
            request, context_overrides=context, template="cms/reform_model_compare.html"
        )
        return response


class ReformModelPage(PublicPage):
    """One model. Its facts are fields: the page must be honest about who, since when and on whose
    word; what the source does not say stays empty and is not shown."""

    summary = models.CharField(
        _("tóm tắt"), max_length=320, help_text=_("Một, hai câu: ai làm gì, người dân được gì.")
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
    unit_name = models.CharField(
        _("đơn vị khởi xướng"),
        max_length=200,
        help_text=_("Tên như khi thực hiện mô hình, kể cả khi đơn vị nay không còn."),
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("đơn vị trong danh mục"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Chọn khi đơn vị khởi xướng đang có trong cây đơn vị của hệ thống."),
    )
    places = models.CharField(
        _("nơi thực hiện"),
        max_length=200,
        blank=True,
        help_text=_("Ví dụ: phường Thượng Cát, phường Cổ Nhuế 2."),
    )
    # A body that no longer exists is never shown as if it did.
    unit_ended_on = models.DateField(
        _("ngày đơn vị kết thúc hoạt động"),
        null=True,
        blank=True,
        help_text=_("Cấp huyện kết thúc hoạt động ngày 01/07/2025."),
    )
    unit_ended_note = models.CharField(
        _("ghi chú về đơn vị"),
        max_length=300,
        blank=True,
        help_text=_("Hiện ngay dưới tên đơn vị khi có ngày kết thúc. Để trống thì dùng câu chung."),
    )
    launched_on = models.DateField(
        _("bắt đầu"),
        null=True,
        blank=True,
        help_text=_("Chỉ biết tháng hoặc năm thì ghi ngày bất kỳ trong đó và chọn ở ô bên."),
    )
    launch_precision = models.CharField(
        _("mức chính xác"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    status = models.CharField(
        _("tình trạng"), max_length=12, choices=ModelStatus, default=ModelStatus.APPLIED
    )
    field = models.CharField(
        _("lĩnh vực"), max_length=16, choices=ReformField, default=ReformField.PROCEDURES
    )
    problem = RichTextField(
        _("vấn đề"), features=PART, blank=True, help_text=_("Điều gì đang vướng, vướng với ai.")
    )
    way = RichTextField(_("cách làm"), features=PART, blank=True)
    result = RichTextField(
        _("kết quả"),
        features=PART,
        blank=True,
        help_text=_("Chỉ ghi kết quả có nguồn. Số liệu theo thời gian ghi ở thẻ Số liệu."),
    )
    adopting = RichTextField(
        _("nếu muốn áp dụng"),
        features=PART,
        blank=True,
        help_text=_("Điều đơn vị khác cần chuẩn bị."),
    )
    body = StreamField(
        ArticleBody(), verbose_name=_("nội dung thêm"), blank=True, use_json_field=True
    )
    measures = StreamField(Measures(), verbose_name=_("chỉ tiêu"), blank=True, use_json_field=True)
    documents = StreamField(
        Documents(), verbose_name=_("tài liệu"), blank=True, use_json_field=True
    )
    contact_office = models.CharField(
        _("nơi liên hệ"),
        max_length=160,
        blank=True,
        help_text=_("Tên bộ phận hoặc cơ quan, không ghi tên người."),
    )
    contact_phone = models.CharField(
        _("điện thoại cơ quan"),
        max_length=40,
        blank=True,
        help_text=_("Số của cơ quan, không ghi số riêng của cán bộ."),
    )
    source_name = models.CharField(_("nguồn"), max_length=200, blank=True)
    source_url = models.URLField(_("địa chỉ nguồn"), blank=True)
    source_on = models.DateField(_("ngày của nguồn"), null=True, blank=True)
    source_precision = models.CharField(
        _("mức chính xác"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    search_fields = [
        *PublicPage.search_fields,
        index.FilterField("field"),
        index.FilterField("status"),
        index.FilterField("launched_on"),
    ]
    edit_handler = reform_model_panels()
    kind_label = _("Mô hình cải cách")
    search_facet = "model"
    subpage_types: list[str] = []
    parent_page_types = ["cms.ReformModelIndexPage"]
    template = "cms/reform_model_page.html"

    class Meta:
        verbose_name = _("mô hình cải cách")
        verbose_name_plural = _("mô hình cải cách")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # A draft may lack what publishing asks for.
        for name in ("summary", "unit_name", "places"):
            setattr(self, name, vietnamese.nfc(getattr(self, name) or ""))
        self.launched_on = rounded(self.launched_on, self.launch_precision)
        self.source_on = rounded(self.source_on, self.source_precision)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.cover_id and not self.cover_alt.strip():
            raise ValidationError({"cover_alt": _("Hãy viết một câu nói ảnh đầu bài cho thấy gì.")})
        if self.slug == COMPARE:
            raise ValidationError(
                {"slug": _("Địa chỉ này dành cho trang so sánh; hãy chọn địa chỉ khác.")}
            )

    def searchable_texts(self) -> list[str]:
        parts = [self.problem, self.way, self.result, self.adopting]
        return [
            self.title,
            self.summary,
            self.unit_name,
            self.places,
            str(self.get_field_display()),
            *[strip_tags(part.replace("<", " <")) for part in parts],
            *texts_of(self.body),
            *[measure.name for measure in self.measured],
        ]

    def get_lead_image(self) -> Any:
        return self.cover

    def share_description(self) -> str:
        return str(self.search_description or self.summary)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        source = {
            "@type": "CreativeWork",
            "name": self.source_name,
            "url": self.source_url,
            "datePublished": iso(self.source_on, self.source_precision),
        }
        return {
            **super().structured_data(request),
            "@type": "Article",
            "headline": self.title,
            "articleSection": str(self.get_field_display()),
            "sourceOrganization": {"@type": "GovernmentOrganization", "name": self.unit_name},
            "isBasedOn": source if self.source_name else None,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.replication.spread import spread_of

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        on = timezone.localdate(read_clock())
        measures = self.measured
        return context | {
            "measures": measures,
            "spread": spread_of(self, measures, on=on),
            "has_ended_unit": self.unit_has_ended(on),
            "catalogue_url": context["breadcrumbs"][-1]["url"] if context["breadcrumbs"] else "",
        }

    @property
    def measured(self) -> list[Measure]:
        return measures_of(self.measures)

    def measure(self, key: str) -> Measure | None:
        return next((measure for measure in self.measured if measure.key == key), None)

    @cached_property
    def ended_on(self) -> date | None:
        """When the unit ended: what the editor wrote, else what the tree of units says."""
        return self.unit_ended_on or (self.unit.valid_to if self.unit else None)

    def unit_has_ended(self, on: date) -> bool:
        return self.ended_on is not None and self.ended_on <= on

    @property
    def launched(self) -> str:
        return said(self.launched_on, self.launch_precision)

    @property
    def launched_iso(self) -> str:
        return iso(self.launched_on, self.launch_precision)

    @property
    def sourced(self) -> str:
        return said(self.source_on, self.source_precision)
