"""The register of certificates."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Register(models.Model):
    """The last number given in a year. Its row is what issuers queue at."""

    year = models.PositiveSmallIntegerField(_("năm"), primary_key=True)
    last_number = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        verbose_name = _("sổ cấp giấy chứng nhận")
        verbose_name_plural = _("sổ cấp giấy chứng nhận")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class Certificate(models.Model):
    """Giấy chứng nhận: numbered, verifiable by anyone, revocable. Its row is the register."""

    class Kind(models.TextChoices):
        PARTICIPATION = "participation", _("Chứng nhận hoàn thành")
        AWARD = "award", _("Chứng nhận đạt giải")

    round = models.ForeignKey(
        "quizzes.Round", on_delete=models.PROTECT, related_name="certificates"
    )
    entry = models.ForeignKey(
        "quizzes.Entry", on_delete=models.PROTECT, related_name="certificates"
    )
    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    register_year = models.PositiveSmallIntegerField(_("năm"))
    register_number = models.PositiveIntegerField(_("số"))
    # Random and unguessable; what the QR code leads to.
    code = models.CharField(_("mã xác minh"), max_length=32, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    unit_name = models.CharField(_("đơn vị"), max_length=200)
    achievement = models.CharField(_("thành tích"), max_length=300)
    # Printed with it: names of agencies, the occasion, place and signer as they were that day, the
    # fields of printing.certificates.Shared. A re-print is the same paper.
    wording = models.JSONField(default=dict)
    search_key = models.CharField(max_length=700, editable=False, default="")
    issued_on = models.DateField(_("ngày cấp"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(_("lý do thu hồi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("giấy chứng nhận")
        verbose_name_plural = _("giấy chứng nhận")
        ordering = ["register_year", "register_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["register_year", "register_number"], name="one_number_per_year"
            ),
            models.UniqueConstraint(
                fields=["round", "entry", "kind"],
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate_per_merit",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="revocation_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_number:02d}/{self.register_year}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def occasion(self) -> str:
        """Contest and round, as printed."""
        return str(self.wording.get("occasion", ""))
