"""Question banks. A question is an identity; its content is in versions."""

from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import vietnamese
from quizzes.enums import Difficulty, MediaType, QuestionState, question_kinds


class QuestionBank(models.Model):
    """Ngân hàng câu hỏi. Its keys are for its owners, reviewers, readers and administrators."""

    code = models.SlugField(_("mã"), max_length=32, unique=True)
    name = models.CharField(_("tên ngân hàng"), max_length=160)
    description = models.TextField(_("mô tả"), blank=True)
    owners = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("người phụ trách"), related_name="owned_banks"
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người được xem"),
        blank=True,
        related_name="readable_banks",
    )
    # Owners review what another of them wrote; these people review without writing.
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người duyệt"),
        blank=True,
        related_name="reviewed_banks",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ngân hàng câu hỏi")
        verbose_name_plural = _("ngân hàng câu hỏi")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """Chuyên đề of a bank; its name is unique in the bank after folding."""

    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="topics")
    name = models.CharField(_("tên chuyên đề"), max_length=160)
    search_key = models.CharField(max_length=160, editable=False)

    class Meta:
        verbose_name = _("chuyên đề")
        verbose_name_plural = _("chuyên đề")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "search_key"], name="one_topic_per_name"),
            models.CheckConstraint(condition=~Q(search_key=""), name="topic_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = vietnamese.nfc(self.name)
        self.search_key = vietnamese.fold(self.name)
        super().save(*args, **kwargs)


class Question(models.Model):
    """Câu hỏi: what stays the same while its content is revised."""

    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="questions")
    topic = models.ForeignKey(
        Topic, verbose_name=_("chuyên đề"), on_delete=models.PROTECT, related_name="questions"
    )
    difficulty = models.CharField(
        _("mức độ"), max_length=8, choices=Difficulty, default=Difficulty.EASY
    )
    state = models.CharField(
        _("tình trạng"), max_length=16, choices=QuestionState, default=QuestionState.DRAFT
    )
    current_version = models.OneToOneField(
        "QuestionVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Counts the changes of content, topic and difficulty: who saves names the one they saw, so that
    # nobody overwrites or approves what they have not read.
    revision = models.PositiveIntegerField(default=0, editable=False)
    # Of the current version's stem: finds the same question in another file.
    stem_key = models.TextField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("câu hỏi")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["bank", "state", "topic", "difficulty"], name="question_by_blueprint"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def private_storage() -> Storage:
    return storages["private"]


class QuestionFile(models.Model):
    """Hình hoặc video of a bank: under no URL, served by views that check who asks.

    The content of a version names it by its id, in "pictures" or "media". It is never changed: a
    paper that was drawn shows it.
    """

    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(_("tệp"), storage=private_storage, upload_to="question-files/")
    name = models.CharField(_("tên tệp"), max_length=160, blank=True)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(_("loại tệp"), max_length=32, choices=MediaType)
    width = models.PositiveIntegerField(null=True, blank=True)  # pixels; of pictures
    height = models.PositiveIntegerField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField(_("dung lượng"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hình, video của ngân hàng")
        verbose_name_plural = _("hình, video của ngân hàng")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["bank", "sha256"], name="one_file_per_content"),
            models.CheckConstraint(
                condition=Q(media_type__startswith="video/")
                | Q(width__gte=1, height__gte=1, media_type__startswith="image/"),
                name="picture_has_its_size",
            ),
            models.CheckConstraint(condition=Q(size_bytes__gte=1), name="file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")


class QuestionVersion(models.Model):
    """Phiên bản: what a contestant sees (``content``) and what only the bank knows (``key``).

    ``content`` and ``key`` have the shapes of the kind's module in ``quizzes.kinds``. Once
    ``drawn_at`` is set, a database trigger refuses any change (quizzes.apps).
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("phiên bản"), default=1)
    kind = models.CharField(
        _("loại câu hỏi"), max_length=24, choices=question_kinds, default="single_choice"
    )
    stem = models.TextField(_("nội dung câu hỏi"))
    content = models.JSONField(_("phương án"))
    key = models.JSONField(_("đáp án"))
    explanation = models.TextField(_("giải thích"), blank=True)
    instrument = models.ForeignKey(
        "legal.Instrument",
        verbose_name=_("văn bản căn cứ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="question_versions",
    )
    # As the author wrote it: "khoản 6 Điều 13 Nghị định số 30/2020/NĐ-CP".
    legal_basis = models.CharField(_("căn cứ pháp lý"), max_length=300, blank=True)
    article = models.CharField(_("điều, khoản"), max_length=120, blank=True)
    # The last day on which the answer holds. Empty: as long as the instrument is law.
    valid_until = models.DateField(_("đúng đến hết ngày"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    # The last change in place, before the version was drawn: its author may not approve it either.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True)
    drawn_at = models.DateTimeField(_("đã dùng từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("phiên bản câu hỏi")
        verbose_name_plural = _("phiên bản câu hỏi")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=~Q(stem=""), name="version_has_a_stem"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | Q(drawn_at__gte=F("created_at")),
                name="version_drawn_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.question_id}.{self.number}"
