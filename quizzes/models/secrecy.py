"""What keeps a bank secret until its round is over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.bank import QuestionBank
from quizzes.models.contest import Round


class BankSeal(models.Model):
    """Niêm phong: until its end only the named people see the bank's questions and keys.

    It ends at ``until``, or when ``round`` is closed, whichever comes first; with neither (its
    round was deleted), when someone lifts it. An ended seal is kept.
    """

    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="seals")
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("người được xem"), related_name="+"
    )
    reason = models.CharField(_("lý do"), max_length=300)
    until = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    round = models.ForeignKey(
        Round,
        verbose_name=_("đến khi đóng vòng thi"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("niêm phong")
        verbose_name_plural = _("niêm phong")
        ordering = ["-sealed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank"],
                condition=Q(lifted_at__isnull=True),
                name="one_unlifted_seal_per_bank",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("sealed_at")),
                name="seal_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_id} {self.sealed_at:%Y-%m-%d}"
