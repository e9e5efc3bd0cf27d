"""What is computed from the facts. A run is never edited: a change is another run."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.enums import TieCriterion, UnitTieCriterion, UnrankedReason
from quizzes.models.contest import ContestUnit, Entry, Round
from quizzes.models.play import Attempt


class ResultRun(models.Model):
    """One computation of a round's standings, with the reason for it. The newest one counts;
    older ones stay, so that before and after can be compared."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="result_runs")
    number = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()
    computed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("lý do tính lại"), max_length=300, blank=True)
    is_current = models.BooleanField(default=True)
    person_count = models.PositiveIntegerField(default=0)
    attempt_count = models.PositiveIntegerField(default=0)
    prediction_answer = models.BigIntegerField(null=True)
    # Of every row of the run: the same facts give the same digest and no second run.
    digest = models.CharField(max_length=64, blank=True)
    # How many acts that can change a result the log of the contest held when the facts were read:
    # the log only grows, so another count means that the run may be out of date.
    seen_act_count = models.PositiveIntegerField(default=0)
    # The statistics block of quizzes.statistics, as numbers ready to show and print.
    statistics = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("lần tính kết quả")
        verbose_name_plural = _("lần tính kết quả")
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="run_number_in_round"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(is_current=True), name="one_current_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"


class Standing(models.Model):
    """Xếp hạng of one person in one run, with the criterion that decided it.

    ``position`` is 1…n without gaps, so that a page of the board is an index range however long
    the board is; the equal share ``rank`` (1, 1, 3).
    """

    run = models.ForeignKey(ResultRun, on_delete=models.CASCADE, related_name="standings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="standings")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField(_("hạng"))
    is_shared = models.BooleanField(default=False)
    decided_by = models.CharField(max_length=24, choices=TieCriterion, blank=True)
    centipoints = models.IntegerField()
    correct_count = models.PositiveSmallIntegerField()
    elapsed_ms = models.PositiveIntegerField()
    prediction_distance = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("xếp hạng cá nhân")
        verbose_name_plural = _("xếp hạng cá nhân")
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "entry"], name="person_once_per_run"),
            models.UniqueConstraint(fields=["run", "position"], name="position_once_per_run"),
            models.CheckConstraint(
                condition=Q(rank__gte=1) & Q(rank__lte=F("position")), name="rank_within_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class UnitStanding(models.Model):
    """Xếp hạng of one unit inside its block in one run."""

    run = models.ForeignKey(ResultRun, on_delete=models.CASCADE, related_name="unit_standings")
    contest_unit = models.ForeignKey(ContestUnit, on_delete=models.PROTECT, related_name="+")
    block_name = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField(null=True)
    unranked_reason = models.CharField(max_length=24, choices=UnrankedReason, blank=True)
    decided_by = models.CharField(max_length=24, choices=UnitTieCriterion, blank=True)
    headcount = models.PositiveIntegerField()
    exempt_count = models.PositiveIntegerField()
    finished_count = models.PositiveIntegerField()
    attempt_count = models.PositiveIntegerField()
    participation_basis_points = models.PositiveIntegerField()
    is_over_headcount = models.BooleanField(default=False)
    mean_centipoints = models.IntegerField(null=True)

    class Meta:
        verbose_name = _("xếp hạng đơn vị")
        verbose_name_plural = _("xếp hạng đơn vị")
        ordering = ["run", "block_name", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "contest_unit"], name="unit_once_per_run"),
            models.CheckConstraint(
                condition=Q(rank__isnull=False, unranked_reason="")
                | (Q(rank__isnull=True) & ~Q(unranked_reason="")),
                name="unranked_unit_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_unit_id}"

    @property
    def expected_count(self) -> int:
        """Who had to take part: the denominator of the participation."""
        return max(0, self.headcount - self.exempt_count)


class Award(models.Model):
    """Giải thưởng: what a range of ranks earns in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(_("tên giải"), max_length=80)
    rank_from = models.PositiveIntegerField(_("từ hạng"))
    rank_to = models.PositiveIntegerField(_("đến hạng"))

    class Meta:
        verbose_name = _("giải thưởng")
        verbose_name_plural = _("giải thưởng")
        ordering = ["round", "rank_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rank_from__gte=1) & Q(rank_to__gte=F("rank_from")),
                name="award_ranks_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
