"""What a procedure's page is made of: its subject, its rows, and the versions people have read."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core import vietnamese
from core.languages import in_language
from legal.models import Instrument
from legal.queries import facts_of
from legal.standing import Standing, standing_on


class _Named(models.Model):
    """A short list kept by editors, in the order they give it."""

    name = models.CharField(_("tên"), max_length=120, unique=True)
    name_in_english = models.CharField(_("tên tiếng Anh"), max_length=120, blank=True)
    slug = models.SlugField(_("tên trong địa chỉ"), max_length=120, unique=True, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = vietnamese.nfc(self.name)
        self.slug = self.slug or slugify(vietnamese.fold(self.name))[:120]
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The name in the language spoken at the moment."""
        return in_language(self.name, self.name_in_english)


class ProcedureField(_Named):
    """Lĩnh vực: as the national list of procedures divides them."""

    class Meta(_Named.Meta):
        verbose_name = _("lĩnh vực thủ tục")
        verbose_name_plural = _("lĩnh vực thủ tục")


class LifeEvent(_Named):
    """Sự kiện trong đời: as people come to a counter."""

    class Meta(_Named.Meta):
        verbose_name = _("sự kiện trong đời")
        verbose_name_plural = _("sự kiện trong đời")


class ProcedureDocument(Orderable):
    """One paper of the file: what, how many, and when it is needed at all."""

    page = ParentalKey("cms.ProcedurePage", on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("giấy tờ"), max_length=300)
    originals_count = models.PositiveSmallIntegerField(_("số bản chính"), default=0)
    copies_count = models.PositiveSmallIntegerField(_("số bản sao"), default=0)
    form_file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("mẫu đơn, tờ khai"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    condition = models.CharField(
        _("khi nào cần"),
        max_length=300,
        blank=True,
        help_text=_("Để trống nếu ai cũng cần. Ví dụ: khi nộp thay người khác."),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("originals_count"), FieldPanel("copies_count")]),
        FieldPanel("condition"),
        FieldPanel("form_file"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("giấy tờ")
        verbose_name_plural = _("giấy tờ")

    def __str__(self) -> str:
        return self.name


class ProcedureStep(Orderable):
    page = ParentalKey("cms.ProcedurePage", on_delete=models.CASCADE, related_name="steps")
    text = models.TextField(_("việc làm"), max_length=1000)
    time = models.CharField(
        _("thời gian của bước"),
        max_length=120,
        blank=True,
        help_text=_("Ví dụ: 15 phút; 01 ngày làm việc."),
    )

    panels = [FieldPanel("text"), FieldPanel("time")]

    class Meta(Orderable.Meta):
        verbose_name = _("bước")
        verbose_name_plural = _("các bước")

    def __str__(self) -> str:
        return self.text[:80]


class ProcedureLegalBasis(Orderable):
    page = ParentalKey("cms.ProcedurePage", on_delete=models.CASCADE, related_name="legal_bases")
    instrument = models.ForeignKey(
        Instrument, verbose_name=_("văn bản"), on_delete=models.PROTECT, related_name="+"
    )
    article = models.CharField(
        _("điều, khoản"), max_length=120, blank=True, help_text=_("Ví dụ: Điều 13, khoản 1.")
    )

    panels = [FieldPanel("instrument"), FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("căn cứ pháp lý")
        verbose_name_plural = _("căn cứ pháp lý của thủ tục")

    def __str__(self) -> str:
        return f"{self.article} {self.instrument.number}".strip()

    @property
    def successor(self) -> Instrument | None:
        """What replaced the instrument, once it is published."""
        found = self.instrument.replaced_by
        return found if found is not None and found.live else None

    @property
    def is_expired(self) -> bool:
        """As the instrument's own page says today."""
        return standing_on(timezone.localdate(), facts_of(self.instrument)) == Standing.EXPIRED


class ProcedureVersion(models.Model):
    """What changed on the page of a procedure when it was last published with other facts.
    Written by cms.procedure_versions, read by everyone."""

    page = models.ForeignKey("cms.ProcedurePage", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    updated_on = models.DateField(_("cập nhật ngày"))
    note = models.CharField(_("đã đổi gì"), max_length=300, blank=True)
    # Names of the parts that differ from the version before (cms.procedure_versions.PARTS).
    changed_parts = models.JSONField(default=list)
    # Part → digest of what it said.
    digests = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("phiên bản thủ tục")
        verbose_name_plural = _("phiên bản thủ tục")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="procedure_versions_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="procedure_versions_start_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.number}"
