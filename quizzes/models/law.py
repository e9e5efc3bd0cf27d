"""The law behind a question, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.enums import FlagResolution, FlagWhy
from quizzes.models.bank import Question, QuestionVersion


class LegalFlag(models.Model):
    """Cờ rà soát: the basis of a version may no longer hold. While one is open its question is
    not drawn; a confirmation holds for that version, that instrument and that reason alone."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="legal_flags")
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.CASCADE, related_name="legal_flags"
    )
    # Empty when only the question's own date has passed.
    instrument = models.ForeignKey(
        "legal.Instrument", null=True, on_delete=models.PROTECT, related_name="flags"
    )
    why = models.CharField(_("lý do"), max_length=12, choices=FlagWhy)
    # The instrument that replaces or amends, when it is known.
    cause = models.ForeignKey(
        "legal.Instrument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField(_("nêu lúc"))
    resolved_at = models.DateTimeField(null=True, blank=True)
    # Empty when the system found that the reason is gone.
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolution = models.CharField(max_length=12, choices=FlagResolution, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("câu hỏi cần rà soát")
        verbose_name_plural = _("câu hỏi cần rà soát")
        ordering = ["raised_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "instrument", "why"],
                condition=Q(resolved_at__isnull=True),
                name="one_open_flag_per_reason",
            ),
            models.UniqueConstraint(
                fields=["question", "why"],
                condition=Q(resolved_at__isnull=True, instrument__isnull=True),
                name="one_open_flag_without_instrument",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolution="")
                | (Q(resolved_at__isnull=False) & ~Q(resolution="")),
                name="resolved_flag_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(resolution="confirmed") | Q(resolved_by__isnull=False),
                name="confirmed_flag_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.question_id} {self.why}"
