"""Văn bản: a legal document, its status and what came after it."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from core import vietnamese
from core.clock import read_clock
from core.previewing import FramedPreviewMixin
from legal import kinds
from legal.numbers import slug_of, split_number
from legal.signals import instrument_status_changed
from legal.standing import IN_FORCE

# What says whether an instrument is still law.
_STANDING = ("status", "effective_on", "expires_on", "replaced_by_id", "live")


class Instrument(
    FramedPreviewMixin, PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel
):
    """``status`` is what an editor entered or a date has settled (legal.settling); what is shown on
    a day is ``queries.with_standing``. One that is not ``live`` is a draft: nobody outside sees it
    and it changes the standing of no other."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("Còn hiệu lực")
        AMENDED = "amended", _("Còn hiệu lực, đã được sửa đổi")
        NOT_YET = "not_yet", _("Chưa có hiệu lực")
        EXPIRED = "expired", _("Hết hiệu lực")
        TO_CHECK = "to_check", _("Cần kiểm tra")

    class Certainty(models.TextChoices):
        SEEN = "seen", _("Đã đối chiếu bản lưu")
        MEMORY = "memory", _("Chưa đối chiếu")
        UNCERTAIN = "uncertain", _("Chưa chắc chắn")

    class Kind(models.TextChoices):
        LAW = kinds.Kind.LAW.value, _("Luật")
        ORDINANCE = kinds.Kind.ORDINANCE.value, _("Pháp lệnh")
        RESOLUTION = kinds.Kind.RESOLUTION.value, _("Nghị quyết")
        DECREE = kinds.Kind.DECREE.value, _("Nghị định")
        DECISION = kinds.Kind.DECISION.value, _("Quyết định")
        CIRCULAR = kinds.Kind.CIRCULAR.value, _("Thông tư")
        JOINT_CIRCULAR = kinds.Kind.JOINT_CIRCULAR.value, _("Thông tư liên tịch")
        DIRECTIVE = kinds.Kind.DIRECTIVE.value, _("Chỉ thị")
        CONSOLIDATED = kinds.Kind.CONSOLIDATED.value, _("Văn bản hợp nhất")
        PLAN = kinds.Kind.PLAN.value, _("Kế hoạch")
        OTHER = kinds.Kind.OTHER.value, _("Văn bản khác")

    number = models.CharField(
        _("số, ký hiệu"), max_length=64, unique=True, help_text=_("Ví dụ: 118/2025/NĐ-CP")
    )
    kind = models.CharField(
        _("loại văn bản"),
        max_length=16,
        choices=Kind,
        blank=True,
        help_text=_("Để trống thì loại được lấy từ số, ký hiệu và tên."),
    )
    title = models.TextField(_("tên văn bản"))
    # Of the number: the address, and what a search by number compares.
    slug = models.SlugField(max_length=80, unique=True, editable=False, default="")
    number_part = models.CharField(max_length=12, editable=False, db_index=True, default="")
    year_part = models.PositiveSmallIntegerField(null=True, editable=False)
    symbol_part = models.CharField(max_length=64, editable=False, default="")
    search_key = models.TextField(editable=False)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=160)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    expires_on = models.DateField(
        _("ngày hết hiệu lực"),
        null=True,
        blank=True,
        help_text=_("Ngày đầu tiên văn bản không còn hiệu lực."),
    )
    status = models.CharField(
        _("tình trạng"),
        max_length=16,
        choices=Status,
        default=Status.TO_CHECK,
        help_text=_(
            "Khi đến ngày có hiệu lực, ngày hết hiệu lực hoặc ngày văn bản thay thế, sửa đổi có "
            "hiệu lực, tình trạng tự đổi."
        ),
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("được thay thế bởi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    amends = ParentalManyToManyField(
        "self", verbose_name=_("sửa đổi"), symmetrical=False, blank=True, related_name="amended_by"
    )
    summary = models.TextField(
        _("tóm tắt"), blank=True, help_text=_("Do Ban biên tập viết, không phải lời của văn bản.")
    )
    note = models.TextField(
        _("ghi chú nội bộ"),
        blank=True,
        help_text=_("Chỉ người làm nội dung đọc được, không bao giờ hiện trên trang."),
    )
    certainty = models.CharField(
        _("mức độ kiểm chứng"), max_length=16, choices=Certainty, default=Certainty.MEMORY
    )
    updated_at = models.DateTimeField(_("cập nhật lúc"), auto_now=True)

    search_fields = [index.SearchField("search_key"), index.AutocompleteField("search_key")]

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-issued_on", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="instrument_does_not_replace_itself",
                violation_error_message=_("Văn bản không thể được thay thế bởi chính nó."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="instrument_expires_after_it_takes_effect",
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        super().clean()
        self.normalise()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tells ``instrument_status_changed`` when a stored instrument's standing changes."""
        self.normalise()
        written = kwargs.get("update_fields")
        # A draft is kept by writing two fields of an object that holds the draft's values.
        if written is not None and not set(written) & {*_STANDING, "replaced_by"}:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            before = Instrument.objects.filter(pk=self.pk).values(*_STANDING).first()
            super().save(*args, **kwargs)
            if before is not None and before != {name: getattr(self, name) for name in _STANDING}:
                self._tell_of_change(before)

    def _tell_of_change(self, before: dict[str, Any]) -> None:
        newly_amended = set()
        if self.status == self.Status.AMENDED != before["status"]:
            newly_amended.add(self.pk)
        if self.live and not before["live"]:
            newly_amended |= {amended.pk for amended in self.amends.all()}
        instrument_status_changed.send(
            Instrument, instrument_ids={self.pk}, newly_amended=newly_amended
        )

    def normalise(self) -> None:
        """What follows from the number and the title. Bulk writers call it too."""
        self.number = vietnamese.nfc(self.number)
        self.title = vietnamese.nfc(self.title)
        self.issuer = vietnamese.nfc(self.issuer)
        self.kind = self.kind or kinds.derive_kind(self.number, self.title).value
        parts = split_number(self.number)
        self.number_part = parts.number[:12]
        self.year_part = parts.year
        self.symbol_part = parts.symbol[:64]
        self.slug = self._free_slug(slug_of(self.number)[:70] or "van-ban")
        words = f"{self.number} {self.get_kind_display()} {self.title} {self.issuer}"
        self.search_key = vietnamese.fold(words)

    def _free_slug(self, wanted: str) -> str:
        """ "66.7/2025" and "66-7/2025" would have one address: the later one gets a number."""
        if self.slug == wanted:
            return wanted
        others = Instrument.objects.exclude(pk=self.pk).filter(slug__startswith=wanted)
        taken = set(others.values_list("slug", flat=True))
        if wanted not in taken:
            return wanted
        return next(
            slug for n in range(2, len(taken) + 3) if (slug := f"{wanted}-{n}") not in taken
        )

    @property
    def is_in_force(self) -> bool:
        return self.status in IN_FORCE

    def get_absolute_url(self) -> str:
        """Where the site shows it: settings.ABSOLUTE_URL_OVERRIDES, by whoever owns the pages."""
        return ""

    @property
    def standing_label(self) -> str:
        """Of one that ``queries.with_standing`` has read."""
        return str(self.Status(self.standing).label)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "legal/instrument_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from legal.presenting import present

        # The preview is an edge: nothing hands it the time.
        shown = present(self, at=read_clock())
        return {**super().get_preview_context(request, mode_name), "instrument": self, **shown}
