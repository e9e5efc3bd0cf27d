"""Answers of feedback. They say nothing of who gave them: no account, address or time of day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counter.enums import CommentState, Factor
from counter.models.offices import Office
from people.models import User


def _score(factor: Factor) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(factor.label, null=True, blank=True)


class FeedbackAnswer(models.Model):
    """One citizen's scores, 1 (very dissatisfied) to 5; a factor left out is None."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="feedback")
    procedure_code = models.CharField(_("mã thủ tục"), max_length=40, blank=True)
    given_on = models.DateField(_("ngày"))
    access = _score(Factor.ACCESS)
    procedure = _score(Factor.PROCEDURE)
    staff = _score(Factor.STAFF)
    result = _score(Factor.RESULT)
    complaints = _score(Factor.COMPLAINTS)
    overall = models.PositiveSmallIntegerField(Factor.OVERALL.label)
    comment = models.TextField(_("ý kiến"), blank=True, max_length=2000)
    comment_state = models.CharField(max_length=10, choices=CommentState, default=CommentState.NEW)
    handled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=32, unique=True, editable=False)

    class Meta:
        verbose_name = _("ý kiến đánh giá")
        verbose_name_plural = _("ý kiến đánh giá")
        ordering = ["-given_on", "-id"]
        indexes = [models.Index(fields=["office", "given_on"], name="counter_feedback_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{factor}__isnull": True})
                | Q(**{f"{factor}__gte": 1, f"{factor}__lte": 5}),
                name=f"counter_score_{factor}",
            )
            for factor in Factor.values
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
