"""One file of questions between its upload and the bank, and what applying it did."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.enums import ImportDecision, ImportOutcome
from quizzes.models.bank import Question, QuestionBank


def private_storage() -> Storage:
    return storages["private"]


class QuestionImport(models.Model):
    """Until it is applied an import is its uploader's alone: it holds keys that are not yet the
    bank's. File and rows go when it is applied, discarded, or forgotten for a week; then the
    report stays, and what is needed to undo it."""

    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    file = models.FileField(_("tệp"), storage=private_storage, upload_to="question-imports/")
    file_name = models.CharField(_("tên tệp"), max_length=200)
    # As asked for until it is read, as found afterwards; empty: told by the content.
    format = models.CharField(max_length=16, blank=True)
    # {"columns": {"0": "stem", …}, "header_row": 3}: what the author says about a table
    mapping = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)
    # sha256 → {"name": in the private storage, "type": media type}
    pictures = models.JSONField(default=dict)
    # Remarks about the file as a whole, as in quizzes.importing.storing.
    remarks = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Reading or applying in the background.
    job = models.ForeignKey("core.Job", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("lần nhập câu hỏi")
        verbose_name_plural = _("các lần nhập câu hỏi")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(read_at__isnull=False),
                name="import_is_read_before_applied",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False),
                name="import_is_applied_before_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedQuestion(models.Model):
    """A question of the file, as read and as its author has corrected it since.

    ``draft`` is what the file says, ``edited`` what its author says instead (null: nothing), both
    in the shape of ``quizzes.importing.storing``. ``parsed`` is what would be written, null while
    the question is refused.
    """

    upload = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    draft = models.JSONField()
    edited = models.JSONField(null=True)
    parsed = models.JSONField(null=True)
    stem_key = models.TextField()
    # Found in the file, and found by comparing with the bank.
    remarks = models.JSONField(default=list)
    bank_remarks = models.JSONField(default=list)
    outcome = models.CharField(max_length=16, choices=ImportOutcome)
    decision = models.CharField(max_length=16, choices=ImportDecision, default=ImportDecision.TAKE)
    has_problem = models.BooleanField(default=False)
    # The author's choice for this row; empty: as the file says.
    topic = models.CharField(_("chuyên đề"), max_length=160, blank=True)
    difficulty = models.CharField(_("mức độ"), max_length=8, blank=True)
    # The question of the bank with the same stem; one with nearly the same; a row nearly the same.
    known = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="+")
    twin = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="+")
    twin_position = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("câu hỏi trong tệp")
        verbose_name_plural = _("các câu hỏi trong tệp")
        ordering = ["upload", "position"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "position"], name="one_row_per_position"),
            models.CheckConstraint(
                condition=Q(outcome="refused", parsed__isnull=True)
                | (~Q(outcome="refused") & Q(parsed__isnull=False)),
                name="row_is_refused_or_parsed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}:{self.position}"


class ImportChange(models.Model):
    """What applying an import did to one question: enough to take it back.

    ``before`` is null for a new question, else how the question and its then current version were.
    ``after`` tells whether anything has changed since (quizzes.importing.undoing).
    """

    upload = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="changes")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(null=True)
    after = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("thay đổi do nhập câu hỏi")
        verbose_name_plural = _("các thay đổi do nhập câu hỏi")
        constraints = [
            models.UniqueConstraint(fields=["upload", "question"], name="one_change_per_question"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: #{self.question_id}"
