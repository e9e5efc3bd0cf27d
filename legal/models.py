"""The law that content and questions cite."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import vietnamese
from legal.signals import instrument_status_changed

# What says whether an instrument is still law.
_STANDING = ("status", "effective_on", "expires_on", "replaced_by_id")


class Instrument(models.Model):
    """Văn bản: a legal document, its status and what came after it."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("Còn hiệu lực")
        AMENDED = "amended", _("Còn hiệu lực, đã được sửa đổi")
        EXPIRED = "expired", _("Hết hiệu lực")
        TO_CHECK = "to_check", _("Cần kiểm tra")

    class Certainty(models.TextChoices):
        SEEN = "seen", _("Đã đối chiếu bản lưu")
        MEMORY = "memory", _("Chưa đối chiếu")
        UNCERTAIN = "uncertain", _("Chưa chắc chắn")

    number = models.CharField(_("số, ký hiệu"), max_length=64, unique=True)
    title = models.TextField(_("tên văn bản"))
    search_key = models.TextField(editable=False)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=160)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    expires_on = models.DateField(_("ngày hết hiệu lực"), null=True, blank=True)
    status = models.CharField(
        _("tình trạng"), max_length=16, choices=Status, default=Status.TO_CHECK
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("được thay thế bởi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )
    amends = models.ManyToManyField(
        "self", verbose_name=_("sửa đổi"), symmetrical=False, blank=True, related_name="amended_by"
    )
    summary = models.TextField(_("tóm tắt"), blank=True)
    certainty = models.CharField(
        _("mức độ kiểm chứng"), max_length=16, choices=Certainty, default=Certainty.MEMORY
    )

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-issued_on", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="instrument_does_not_replace_itself",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="instrument_expires_after_it_takes_effect",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tells ``instrument_status_changed`` when a stored instrument's standing changes."""
        self.number = vietnamese.nfc(self.number)
        self.search_key = vietnamese.fold(f"{self.number} {self.title} {self.issuer}")
        with transaction.atomic():
            before = Instrument.objects.filter(pk=self.pk).values(*_STANDING).first()
            super().save(*args, **kwargs)
            if before is not None and before != {name: getattr(self, name) for name in _STANDING}:
                is_amended = self.status == self.Status.AMENDED != before["status"]
                instrument_status_changed.send(
                    Instrument,
                    instrument_ids={self.pk},
                    newly_amended={self.pk} if is_amended else set(),
                )

    @property
    def is_in_force(self) -> bool:
        return self.status in {self.Status.IN_FORCE, self.Status.AMENDED}
