"""How the questions of a round behaved: kept per result run, since a run is never edited."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.bank import QuestionVersion
from quizzes.models.results import ResultRun


class ItemAnalysis(models.Model):
    """The analysis of the questions of one run. ``summary`` as `quizzes.analysing` says;
    ``struck_out``: version ids that counted in no total when it was made, sorted."""

    run = models.OneToOneField(ResultRun, on_delete=models.CASCADE, related_name="item_analysis")
    computed_at = models.DateTimeField()
    struck_out = models.JSONField(default=list)
    summary = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("phân tích câu hỏi")
        verbose_name_plural = _("phân tích câu hỏi")

    def __str__(self) -> str:
        return f"{self.run_id}"


class ItemStatistic(models.Model):
    """One version in one run. ``flags``: codes of `quizzes.item_flags.Flag`; ``details``: counts by
    part and by group, as `quizzes.analysing` says."""

    analysis = models.ForeignKey(ItemAnalysis, on_delete=models.CASCADE, related_name="items")
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="item_statistics"
    )
    is_struck_out = models.BooleanField(default=False)
    shown_count = models.PositiveIntegerField(_("số người gặp"))
    answered_count = models.PositiveIntegerField(_("số người trả lời"))
    facility_basis_points = models.PositiveSmallIntegerField(_("độ khó"))
    discrimination_thousandths = models.SmallIntegerField(_("độ phân biệt"), null=True)
    median_seconds = models.PositiveIntegerField(_("thời gian (giây)"), null=True)
    flags = models.JSONField(default=list)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("số liệu của câu hỏi")
        verbose_name_plural = _("số liệu của câu hỏi")
        constraints = [
            models.UniqueConstraint(fields=["analysis", "version"], name="version_once_analysed"),
            models.CheckConstraint(
                condition=Q(answered_count__lte=F("shown_count")), name="answered_within_shown"
            ),
            models.CheckConstraint(
                condition=Q(facility_basis_points__lte=10_000), name="facility_at_most_all"
            ),
            models.CheckConstraint(
                condition=Q(discrimination_thousandths__isnull=True)
                | Q(discrimination_thousandths__range=(-1000, 1000)),
                name="discrimination_is_a_correlation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.analysis_id}/{self.version_id}"
