"""Administrative procedures: finding the right one, and what it asks for."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy, ngettext
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms import finding_procedures
from cms.models.base import PublicPage
from cms.models.forms import PublicPageForm
from cms.models.procedure_parts import LifeEvent, ProcedureField, ProcedureLegalBasis
from cms.panels import tabbed
from cms.translations import only_in_default_language
from core import vietnamese
from counter.models import Office

_ = gettext_lazy

# Of more offices the reader chooses on their own page.
MOST_OFFICES = 4


class ProcedureIndexPage(PublicPage):
    intro = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    edit_handler = tabbed(content=[*Page.content_panels, FieldPanel("intro")])
    kind_label = _("Thủ tục hành chính")
    search_facet = "procedure"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ProcedurePage"]
    template = "cms/procedures/index_page.html"

    class Meta:
        verbose_name = _("danh mục thủ tục")
        verbose_name_plural = _("danh mục thủ tục")

    def share_description(self) -> str:
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return (
            context
            | finding_procedures.listing_of(request, self)
            | {"only_in_vietnamese": only_in_default_language(self, ProcedurePage)}
        )


class ProcedurePageForm(PublicPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        # To publish; a draft waits for its code (Wagtail defers what is required). A translation
        # has that of the page it translates.
        if page.source_code:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Mã của trang gốc: %(code)s.") % {
                "code": page.source_code
            }
        else:
            self.fields["code"].required = True
        if page.pk and page.live and not page.has_unpublished_changes:
            # The note of the version that is out says nothing about the next one.
            self.initial["change_note"] = ""

    def clean_code(self) -> str | None:
        return vietnamese.nfc(self.cleaned_data.get("code") or "").upper() or None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            self._refuse_unpublished_law()
        return cleaned

    def _refuse_unpublished_law(self) -> None:
        rows = self.formsets.get("legal_bases")
        for row in rows.forms if rows is not None and rows.is_valid() else ():
            instrument = row.cleaned_data.get("instrument")
            if instrument and not instrument.live and not row.cleaned_data.get("DELETE"):
                text = gettext(
                    "Căn cứ pháp lý: văn bản %(number)s còn là bản nháp. Hãy đăng văn bản đó trước "
                    "hoặc bỏ dòng này."
                )
                self.add_error(None, text % {"number": instrument.number})


class ProcedurePage(PublicPage):
    """Thủ tục hành chính. One page for one code of the national list, whatever the level of
    government that handles it."""

    class Level(models.TextChoices):
        COMMUNE = "commune", _("Cấp xã")
        PROVINCE = "province", _("Cấp tỉnh")
        MINISTRY = "ministry", _("Cấp bộ")
        OTHER = "other", _("Cơ quan khác")

    class Online(models.TextChoices):
        FULL = "full", _("Trực tuyến toàn trình")
        PART = "part", _("Trực tuyến một phần")
        NONE = "none", _("Chưa làm trực tuyến")

    # Null, not "": a copy of a page has no code until it is given one.
    code = models.CharField(
        _("mã thủ tục"),
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        validators=[
            RegexValidator(
                r"^\d{1,2}\.\d{6}(\.[0-9A-Z]{2,4})*\Z",
                _("Ghi mã như trên Cổng Dịch vụ công quốc gia, ví dụ 1.001193."),
            )
        ],
        error_messages={"unique": _("Đã có trang của thủ tục mang mã này. Hãy sửa trang đó.")},
        help_text=_("Mã trên Cơ sở dữ liệu quốc gia về thủ tục hành chính, ví dụ 1.001193."),
    )
    everyday_name = models.CharField(
        _("tên thường gọi"),
        max_length=80,
        blank=True,
        help_text=_("Ngắn, như người dân nói; in trên áp phích. Ví dụ: Làm giấy khai sinh."),
    )
    synonyms = models.TextField(
        _("từ người dân hay tìm"),
        blank=True,
        help_text=_(
            "Mỗi dòng một cách nói; không cần ghi bản không dấu. Ví dụ: giấy khai sinh; làm khai "
            "sinh cho con; gks."
        ),
    )
    summary = models.CharField(_("tóm tắt"), max_length=320)
    field = models.ForeignKey(
        ProcedureField, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(
        _("cấp giải quyết"), max_length=12, choices=Level, default=Level.COMMUNE
    )
    authority = models.CharField(
        _("cơ quan giải quyết"), max_length=200, help_text=_("Ví dụ: Ủy ban nhân dân phường, xã.")
    )
    life_events = ParentalManyToManyField(
        LifeEvent, verbose_name=_("sự kiện trong đời"), blank=True, related_name="pages"
    )
    who_may_file = models.TextField(_("ai được làm"), max_length=2000)
    where_to_file = models.TextField(
        _("nộp ở đâu"), max_length=1000, help_text=_("Nơi tiếp nhận, giờ nhận, cách nộp.")
    )
    time_limit_days = models.PositiveSmallIntegerField(
        _("thời hạn (ngày làm việc)"),
        null=True,
        blank=True,
        help_text=_("Ghi 0 nếu giải quyết ngay trong ngày. Để trống nếu chỉ ghi bằng lời."),
    )
    time_limit_note = models.CharField(_("ghi chú về thời hạn"), max_length=300, blank=True)
    fee_amount_vnd = models.PositiveIntegerField(
        _("phí, lệ phí (đồng)"),
        null=True,
        blank=True,
        help_text=_("Ghi 0 nếu không thu. Để trống nếu mức thu ghi bằng lời."),
    )
    fee_text = models.CharField(
        _("mức thu ghi bằng lời"),
        max_length=160,
        blank=True,
        help_text=_("Ví dụ: theo nghị quyết của HĐND thành phố."),
    )
    fee_note = models.CharField(
        _("ghi chú về phí"), max_length=300, blank=True, help_text=_("Ai được miễn, giảm.")
    )
    result = models.CharField(_("kết quả nhận được"), max_length=300)
    online_level = models.CharField(
        _("mức độ trực tuyến"), max_length=8, choices=Online, default=Online.NONE
    )
    portal_url = models.URLField(
        _("địa chỉ trên Cổng Dịch vụ công"),
        blank=True,
        max_length=500,
        validators=[
            URLValidator(
                schemes=["https"], message=_("Địa chỉ phải bắt đầu bằng https://. Hãy chép lại.")
            )
        ],
    )
    is_demo = models.BooleanField(
        _("dữ liệu minh họa"),
        default=False,
        help_text=_("Trang sẽ ghi rõ là minh họa, chưa dùng để nộp hồ sơ."),
    )
    change_note = models.CharField(
        _("lần này đổi gì"),
        max_length=300,
        blank=True,
        help_text=_(
            "Một câu cho người dân, ví dụ: bỏ bản sao sổ hộ khẩu. Hiện ở mục “Các lần cập nhật”."
        ),
    )
    # Folded: names and everyday words, one a line (cms.procedure_ranking).
    name_key = models.TextField(editable=False, blank=True)

    search_fields = [
        *PublicPage.search_fields,
        index.FilterField("field"),
        index.FilterField("level"),
    ]
    base_form_class = ProcedurePageForm
    exclude_fields_in_copy = ["code", "change_note"]
    edit_handler = tabbed(
        content=[
            *Page.content_panels,
            FieldPanel("summary"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("field")]),
            FieldRowPanel([FieldPanel("level"), FieldPanel("authority")]),
            MultiFieldPanel(
                [
                    FieldPanel("everyday_name"),
                    FieldPanel("synonyms"),
                    FieldPanel("life_events", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Để người dân tìm thấy"),
            ),
            FieldPanel("who_may_file"),
            FieldPanel("where_to_file"),
            FieldPanel("change_note"),
            FieldPanel("is_demo"),
        ],
        file=(
            _("Hồ sơ và các bước"),
            [
                InlinePanel("documents", heading=_("Giấy tờ cần có"), label=_("Giấy tờ")),
                InlinePanel("steps", heading=_("Các bước"), label=_("Bước")),
            ],
        ),
        terms=(
            _("Thời gian, phí, kết quả"),
            [
                MultiFieldPanel(
                    [FieldPanel("time_limit_days"), FieldPanel("time_limit_note")],
                    heading=_("Thời hạn"),
                ),
                MultiFieldPanel(
                    [FieldPanel("fee_amount_vnd"), FieldPanel("fee_text"), FieldPanel("fee_note")],
                    heading=_("Phí, lệ phí"),
                ),
                FieldPanel("result"),
                MultiFieldPanel(
                    [FieldPanel("online_level"), FieldPanel("portal_url")],
                    heading=_("Nộp trực tuyến"),
                ),
            ],
        ),
        law=(
            _("Căn cứ pháp lý"),
            [
                HelpPanel(template="cms/procedures/_editor_law.html"),
                InlinePanel("legal_bases", heading=_("Căn cứ pháp lý"), label=_("Căn cứ")),
            ],
        ),
    )
    kind_label = _("Thủ tục hành chính")
    search_facet = "procedure"
    parent_page_types = ["cms.ProcedureIndexPage"]
    subpage_types: list[str] = []
    template = "cms/procedures/procedure_page.html"

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.code or None
        names = [self.title, self.everyday_name, *self.synonyms.replace(";", "\n").splitlines()]
        self.name_key = "\n".join(key for name in names if (key := vietnamese.fold(name)))
        super().full_clean(*args, **kwargs)

    def searchable_texts(self) -> list[str]:
        return [
            self.title,
            self.national_code,
            self.everyday_name,
            self.synonyms,
            self.summary,
            self.field.label if self.field_id else "",
            self.authority,
            self.result,
            *(document.name for document in self.documents.all()),
        ]

    def share_description(self) -> str:
        return self.search_description or self.summary

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().structured_data(request) | {
            "@type": "GovernmentService",
            "name": self.title,
            "alternateName": self.everyday_name,
            "identifier": self.national_code,
            "serviceType": self.field.label if self.field_id else "",
            "provider": {"@type": "GovernmentOrganization", "name": self.authority},
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["versions"] = list(self.versions.all()) if self.pk else []
        offices = list(Office.objects.filter(is_active=True).order_by("name", "pk"))
        context["offices_count"] = len(offices)
        context["offices"] = offices if len(offices) <= MOST_OFFICES else []
        return context

    @cached_property
    def source_code(self) -> str:
        """The code of the page that this one translates; a code stands on one page only."""
        if self.code or not self.pk:
            return ""
        twins = ProcedurePage.objects.filter(translation_key=self.translation_key)
        found = twins.exclude(code=None).values_list("code", flat=True).first()
        return found or ""

    @property
    def national_code(self) -> str:
        return self.code or self.source_code

    @property
    def short_name(self) -> str:
        return self.everyday_name or self.title

    @property
    def time_label(self) -> str:
        if self.time_limit_days is None:
            return self.time_limit_note or gettext("Theo quy định")
        if self.time_limit_days == 0:
            return gettext("Ngay trong ngày làm việc")
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", self.time_limit_days) % {
            "n": self.time_limit_days
        }

    @property
    def fee_label(self) -> str:
        if self.fee_amount_vnd is None:
            return self.fee_text or gettext("Theo quy định")
        if self.fee_amount_vnd == 0:
            return gettext("Không thu")
        amount = gettext("%(amount)s đồng") % {
            "amount": vietnamese.format_number(self.fee_amount_vnd)
        }
        return f"{amount} {self.fee_text}".strip()

    @cached_property
    def bases(self) -> list[ProcedureLegalBasis]:
        """The legal bases that the public may see, of a draft of the page too: an instrument that
        is a draft is nobody's business yet."""
        bases = self.legal_bases.all().prefetch_related(
            "instrument__replaced_by", "instrument__amended_by"
        )
        return [basis for basis in bases if basis.instrument.live]

    @property
    def expired_bases(self) -> list[ProcedureLegalBasis]:
        return [basis for basis in self.bases if basis.is_expired]
