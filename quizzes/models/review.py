"""What people say about a question before it is used, and what was done with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.enums import QuestionAct
from quizzes.models.bank import Question, QuestionVersion


class QuestionComment(models.Model):
    """Nhận xét at a question, open until someone says that it is settled."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="comments")
    # The version that was read.
    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("nhận xét"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="question_comments"
    )
    created_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("nhận xét")
        verbose_name_plural = _("nhận xét")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_a_text"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["question"], condition=Q(resolved_at=None), name="open_comments"),
        ]

    def __str__(self) -> str:
        return f"#{self.question_id}: {self.pk}"


class QuestionEvent(models.Model):
    """One line of a question's history. Written once; a new version is its own line."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="events")
    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(_("việc"), max_length=16, choices=QuestionAct)
    # None: the server itself (an import by command, the demo).
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("việc đã làm với câu hỏi")
        verbose_name_plural = _("việc đã làm với câu hỏi")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"#{self.question_id} {self.act}"
