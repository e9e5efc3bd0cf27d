"""What every app shares: the audit log and background jobs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One act that someone may have to answer for. Written once, never changed."""

    at = models.DateTimeField(_("lúc"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người thực hiện"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    action = models.CharField(_("việc"), max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.BigIntegerField()
    contest_id = models.BigIntegerField(null=True, blank=True)
    summary = models.CharField(_("nội dung"), max_length=300)
    reason = models.TextField(_("lý do"), blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["contest_id", "-at"], name="audit_by_contest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.object_type}:{self.object_id}"


class Job(models.Model):
    """Work done in the background that someone watches: an import, a batch of certificates."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang chạy")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không thành công")
        INTERRUPTED = "interrupted", _("Bị gián đoạn")

    kind = models.CharField(max_length=64)
    # The Celery task that does it, to send it again; its argument is this row's key.
    task = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    parameters = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    # Renewed by the worker while it lives (core.jobs).
    heartbeat_at = models.DateTimeField(null=True)
    run_count = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    # Not a column: set by core.jobs.look_after for the page that shows the job.
    is_unattended = False

    class Meta:
        verbose_name = _("tác vụ nền")
        verbose_name_plural = _("tác vụ nền")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def may_be_resumed(self) -> bool:
        """Whether ``core.jobs.resume_job`` would take it, as far as ``look_after`` has seen."""
        stuck = self.state in {self.State.FAILED, self.State.INTERRUPTED} or self.is_unattended
        return bool(self.task) and stuck

    @property
    def percent(self) -> int:
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done_count * 100 // self.total_count) if self.total_count else 0
