"""What happens while a round is taken. Facts only: who chose what, and when the server knew."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.enums import AttemptState, FinishKind
from quizzes.models.contest import Entry, Round


class Paper(models.Model):
    """Đề thi: the questions and option orders that one attempt was given or, when it has a
    ``code`` (mã đề), that it shares with others.

    ``slots`` is a list of ``{"version": id, "centipoints": n, "options": ["c", "a", …]}``, in the
    order shown; every version is in the round's pool, whose rows protect it from deletion.
    One row a paper keeps the start of a round at a constant number of statements.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="papers")
    seed = models.BigIntegerField()
    slots = models.JSONField()
    code = models.CharField(_("mã đề"), max_length=8, blank=True, default="")
    # How many attempts were given a paper with a code: the least given is given next.
    given_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("đề thi")
        verbose_name_plural = _("đề thi")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code"],
                condition=~Q(code=""),
                name="paper_code_once_per_round",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attempt(models.Model):
    """Lượt thi: one sitting. The server alone sets its times."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="attempts")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("lượt"))
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.IN_PROGRESS)
    started_at = models.DateTimeField(_("bắt đầu lúc"))
    deadline_at = models.DateTimeField(_("hết giờ lúc"))
    # The deadline plus the round's technical grace: the guard of the one upsert reads no round.
    accepts_until = models.DateTimeField()
    extra_seconds = models.PositiveIntegerField(default=0)
    # Between a finish that an organiser took back and the reopening: not time spent on the paper.
    paused_ms = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    finish_kind = models.CharField(max_length=12, choices=FinishKind, blank=True)
    elapsed_ms = models.PositiveIntegerField(null=True, blank=True)
    prediction = models.BigIntegerField(_("dự đoán"), null=True, blank=True)
    centipoints = models.IntegerField(_("điểm (phần trăm điểm)"), null=True, blank=True)
    correct_count = models.PositiveSmallIntegerField(_("số câu đúng"), null=True, blank=True)
    answered_count = models.PositiveSmallIntegerField(null=True, blank=True)
    # Essays whose points people have yet to give: until then the points are not the result.
    unmarked_count = models.PositiveSmallIntegerField(default=0)
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lượt thi")
        verbose_name_plural = _("lượt thi")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entry", "number"], name="attempt_number_in_round"
            ),
            models.UniqueConstraint(
                fields=["round", "entry"],
                condition=Q(state="in_progress"),
                name="one_attempt_in_progress",
            ),
            models.CheckConstraint(
                condition=Q(state="in_progress", finished_at__isnull=True, finish_kind="")
                | (
                    Q(state="finished", finished_at__isnull=False, elapsed_ms__isnull=False)
                    & ~Q(finish_kind="")
                ),
                name="finished_attempt_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(accepts_until__gte=F("deadline_at"))
                & Q(deadline_at__gte=F("started_at")),
                name="attempt_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(prediction__isnull=True) | Q(prediction__gte=0),
                name="prediction_not_negative",
            ),
        ]
        indexes = [
            models.Index(
                fields=["accepts_until"],
                condition=Q(state="in_progress"),
                name="attempt_overdue",
            ),
            models.Index(fields=["round", "state"], name="attempt_by_round"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Response(models.Model):
    """Câu trả lời: the choice at one slot, with the server's receive time.

    ``sequence`` orders the choices of one person across tabs and devices (decision 0004); the
    latest wins. ``choice`` has the shape of the question's kind; ``[]`` is a choice taken back.
    """

    # the unique constraint below is its index
    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="responses", db_index=False
    )
    slot = models.PositiveSmallIntegerField()
    choice = models.JSONField()
    sequence = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("câu trả lời")
        verbose_name_plural = _("câu trả lời")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "slot"], name="one_response_per_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.slot}"


class EssayMark(models.Model):
    """The points that people gave to one essay. A change is in the audit log with its old value.

    It counts as long as the answer is the one it was given for: ``answer_sequence`` is that of the
    response (a paper may be reopened).
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="essay_marks")
    slot = models.PositiveSmallIntegerField()
    answer_sequence = models.BigIntegerField()
    centipoints = models.PositiveIntegerField(_("điểm (phần trăm điểm)"))
    max_centipoints = models.PositiveIntegerField()
    remark = models.CharField(_("nhận xét"), max_length=1000, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("điểm tự luận")
        verbose_name_plural = _("điểm tự luận")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "slot"], name="one_essay_mark_per_slot"),
            models.CheckConstraint(
                condition=Q(centipoints__lte=F("max_centipoints")),
                name="essay_mark_within_its_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.slot}"
