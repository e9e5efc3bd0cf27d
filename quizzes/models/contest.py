"""The contest, its rounds and who is in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.enums import (
    AttemptCounting,
    Difficulty,
    NameDisplay,
    PaperSource,
    PredictionTarget,
    ResultVisibility,
    RoundState,
)
from quizzes.models.bank import Question, QuestionVersion, Topic


def default_tie_order() -> list[str]:
    return ["points", "elapsed_ms", "prediction_distance", "finished_at"]


class Contest(models.Model):
    """Cuộc thi. Everything that differs between two contests is a field here or on the round."""

    code = models.SlugField(_("mã"), max_length=48, unique=True)
    name = models.CharField(_("tên cuộc thi"), max_length=200)
    summary = models.CharField(_("giới thiệu ngắn"), max_length=300, blank=True)
    rules_text = models.TextField(_("thể lệ"), blank=True)
    # Printed at the head of every paper of the contest (Decree 30, Appendix I).
    superior_agency = models.CharField(_("cơ quan chủ quản"), max_length=160, blank=True)
    issuing_agency = models.CharField(_("cơ quan tổ chức"), max_length=160)
    place = models.CharField(_("địa danh"), max_length=80, default="Hà Nội")
    signer_title = models.CharField(_("chức vụ người ký"), max_length=120, default="TRƯỞNG BAN")
    signer_name = models.CharField(_("họ tên người ký"), max_length=120, blank=True)
    organisers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("Ban Tổ chức"), related_name="organised_contests"
    )
    # Who marks its essays; each holds the role Ban Giám khảo.
    jury = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Ban Giám khảo"),
        blank=True,
        related_name="judged_contests",
    )
    name_display = models.CharField(
        _("cách hiện tên khi công bố"),
        max_length=16,
        choices=NameDisplay,
        default=NameDisplay.NAME_AND_UNIT,
    )
    min_participation_basis_points = models.PositiveSmallIntegerField(
        _("tỷ lệ dự thi tối thiểu để xếp hạng đơn vị (phần vạn)"), default=7000
    )
    min_unit_headcount = models.PositiveSmallIntegerField(
        _("số người tối thiểu để xếp hạng đơn vị"), default=5
    )
    is_public = models.BooleanField(_("hiện trên trang tin"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cuộc thi")
        verbose_name_plural = _("cuộc thi")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_participation_basis_points__lte=10_000),
                name="participation_at_most_everyone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContestUnit(models.Model):
    """A unit's closed list in one contest: the denominator of its participation."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(_("đơn vị"), max_length=200)
    block_name = models.CharField(_("khối"), max_length=120, blank=True)
    headcount = models.PositiveIntegerField(_("số người trong danh sách"))
    exempt_count = models.PositiveIntegerField(_("số người được miễn"), default=0)

    class Meta:
        verbose_name = _("đơn vị dự thi")
        verbose_name_plural = _("đơn vị dự thi")
        ordering = ["block_name", "unit_name"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "unit"], name="unit_once_per_contest"),
            models.CheckConstraint(
                condition=Q(exempt_count__lte=F("headcount")), name="exempt_within_headcount"
            ),
        ]

    def __str__(self) -> str:
        return self.unit_name


class Round(models.Model):
    """Vòng thi: a window with rules."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("tên vòng thi"), max_length=160)
    state = models.CharField(max_length=12, choices=RoundState, default=RoundState.DRAFT)
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    duration_seconds = models.PositiveIntegerField(_("thời gian làm bài (giây)"))
    grace_seconds = models.PositiveSmallIntegerField(_("gia hạn kỹ thuật (giây)"), default=5)
    attempts_allowed = models.PositiveSmallIntegerField(
        _("số lượt thi"), null=True, blank=True, default=1, help_text=_("Để trống: không hạn chế.")
    )
    attempt_counting = models.CharField(
        _("lượt được tính"), max_length=8, choices=AttemptCounting, default=AttemptCounting.BEST
    )
    min_pause_seconds = models.PositiveIntegerField(_("nghỉ giữa hai lượt (giây)"), default=0)
    shuffle_questions = models.BooleanField(_("trộn câu hỏi"), default=True)
    shuffle_options = models.BooleanField(_("trộn phương án"), default=True)
    paper_source = models.CharField(
        _("đề thi"), max_length=12, choices=PaperSource, default=PaperSource.PER_ATTEMPT
    )
    paper_code_count = models.PositiveSmallIntegerField(
        _("số mã đề"), default=4, help_text=_("Chỉ dùng khi lập sẵn mã đề.")
    )
    # What a paper must be worth in all; empty: not checked.
    total_centipoints = models.PositiveIntegerField(
        _("điểm cả đề (phần trăm điểm)"), null=True, blank=True
    )
    tie_order = models.JSONField(_("thứ tự phân định"), default=default_tie_order)
    result_visibility = models.CharField(
        _("thí sinh xem kết quả"),
        max_length=16,
        choices=ResultVisibility,
        default=ResultVisibility.AT_PUBLICATION,
    )
    shows_answers = models.BooleanField(_("cho xem đáp án sau khi công bố"), default=True)
    has_prediction = models.BooleanField(_("có câu hỏi dự đoán"), default=False)
    prediction_target = models.CharField(
        _("dự đoán điều gì"),
        max_length=16,
        choices=PredictionTarget,
        default=PredictionTarget.PARTICIPANTS,
    )
    prediction_counts_invalid = models.BooleanField(
        _("tính cả bài không hợp lệ khi đối chiếu dự đoán"), default=False
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("vòng thi")
        verbose_name_plural = _("vòng thi")
        ordering = ["contest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="round_number_in_contest"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_it_opens",
                violation_error_message=_("Giờ đóng phải sau giờ mở."),
            ),
            models.CheckConstraint(
                condition=Q(duration_seconds__gte=30) & Q(duration_seconds__lte=86_400),
                name="round_duration_sensible",
                violation_error_message=_("Thời gian làm bài từ 30 giây đến 24 giờ."),
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gte=1),
                name="round_allows_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(grace_seconds__lte=30), name="round_grace_is_technical"
            ),
            models.CheckConstraint(
                condition=Q(paper_code_count__gte=1) & Q(paper_code_count__lte=50),
                name="round_has_some_paper_codes",
                violation_error_message=_("Số mã đề từ 1 đến 50."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_round_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BlueprintCell(models.Model):
    """One cell of the ma trận đề: how many questions of a topic and difficulty, at what points."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="cells")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    # Empty: any difficulty.
    difficulty = models.CharField(_("mức độ"), max_length=8, choices=Difficulty, blank=True)
    question_count = models.PositiveSmallIntegerField(_("số câu"))
    centipoints = models.PositiveIntegerField(_("điểm mỗi câu (phần trăm điểm)"), default=100)

    class Meta:
        verbose_name = _("ô ma trận đề")
        verbose_name_plural = _("ma trận đề")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "topic", "difficulty"], name="cell_once_per_round"
            ),
            models.CheckConstraint(
                condition=Q(question_count__gte=1) & Q(question_count__lte=200),
                name="cell_draws_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.difficulty}×{self.question_count}"


class RoundQuestion(models.Model):
    """The pool of a round, frozen when it is made ready: papers are drawn from nothing else."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pool")
    cell = models.ForeignKey(BlueprintCell, on_delete=models.PROTECT, related_name="pool")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="pools")
    # The constraints as they were when the pool was frozen; a group's number means nothing else.
    is_required = models.BooleanField(_("bắt buộc có"), default=False)
    apart_group = models.PositiveSmallIntegerField(_("nhóm không cùng đề"), null=True, blank=True)
    # A struck-out question gives its points to everyone (an accepted complaint).
    struck_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("câu hỏi của vòng thi")
        verbose_name_plural = _("câu hỏi của vòng thi")
        constraints = [
            models.UniqueConstraint(fields=["cell", "version"], name="version_once_per_cell"),
        ]
        indexes = [models.Index(fields=["round", "version"], name="pool_by_round")]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.version_id}"


class MustInclude(models.Model):
    """Câu bắt buộc: every paper of the round holds this question, in a place of its cell."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="must_includes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("câu bắt buộc")
        verbose_name_plural = _("câu bắt buộc")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question"], name="question_required_once_per_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.question_id}"


class SeparatedQuestion(models.Model):
    """A question of a group of which a paper holds at most one. A question is in one group of a
    round: so a paper can be drawn exactly (``quizzes.drawing.Constraints``)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="separated_questions")
    group = models.CharField(_("nhóm"), max_length=80)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("câu không ra cùng một đề")
        verbose_name_plural = _("câu không ra cùng một đề")
        ordering = ["group", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question"], name="question_in_one_group_per_round"
            ),
            models.CheckConstraint(condition=~Q(group=""), name="separated_group_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.question_id}"


class Entry(models.Model):
    """Thí sinh: a person in a contest, with the name and unit they had then."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entries"
    )
    contest_unit = models.ForeignKey(ContestUnit, on_delete=models.PROTECT, related_name="entries")
    full_name = models.CharField(_("họ và tên"), max_length=120)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=160)
    job_title = models.CharField(_("chức vụ"), max_length=160, blank=True)
    entered_at = models.DateTimeField(_("vào danh sách lúc"))
    is_exempt = models.BooleanField(_("được miễn"), default=False)
    exempt_reason = models.CharField(_("lý do miễn"), max_length=300, blank=True)
    extra_seconds = models.PositiveIntegerField(_("thời gian cộng thêm (giây)"), default=0)
    extra_reason = models.CharField(_("lý do cộng thời gian"), max_length=300, blank=True)
    invalid_at = models.DateTimeField(null=True, blank=True)
    invalid_reason = models.CharField(_("lý do không hợp lệ"), max_length=300, blank=True)
    # The lot drawn with a witness, when every other criterion is equal.
    draw_order = models.PositiveIntegerField(_("thứ tự bốc thăm"), null=True, blank=True)

    class Meta:
        verbose_name = _("thí sinh")
        verbose_name_plural = _("thí sinh")
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "user"], name="person_once_per_contest"),
            models.CheckConstraint(
                condition=Q(invalid_at__isnull=True, invalid_reason="")
                | (Q(invalid_at__isnull=False) & ~Q(invalid_reason="")),
                name="invalid_entry_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(extra_seconds=0) | ~Q(extra_reason=""),
                name="extra_time_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_exempt=False) | ~Q(exempt_reason=""),
                name="exemption_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["contest", "sort_key"], name="entry_by_name")]

    def __str__(self) -> str:
        return self.full_name
