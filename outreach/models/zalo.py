"""The Official Account and its outbox."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User


class ZaloAccount(models.Model):
    """One row. Posting is off until it holds a refresh token; secrets are kept encrypted
    (outreach.zalo.secrets)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("tên Official Account"), max_length=120, blank=True)
    app_id = models.CharField(_("mã ứng dụng (App ID)"), max_length=40, blank=True)
    app_secret = models.TextField(blank=True)
    access_token = models.TextField(blank=True)
    refresh_token = models.TextField(blank=True)
    access_expires_at = models.DateTimeField(null=True, blank=True)
    # A refresh token works once: whoever renews says so first.
    renewing_since = models.DateTimeField(null=True, blank=True)
    connected_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    connected_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("Zalo Official Account")
        verbose_name_plural = _("Zalo Official Account")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_zalo_account")]

    def __str__(self) -> str:
        return self.name or "Zalo OA"

    @property
    def is_on(self) -> bool:
        return bool(self.app_id and self.app_secret and self.refresh_token)


class ZaloPost(models.Model):
    """One article on its way to the Official Account."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ gửi")
        SENDING = "sending", _("Đang gửi")
        ACCEPTED = "accepted", _("Zalo đã nhận, đang xử lý")
        POSTED = "posted", _("Đã có trên Official Account")
        UNKNOWN = "unknown", _("Chưa rõ kết quả")
        FAILED = "failed", _("Không gửi được")
        CANCELLED = "cancelled", _("Đã hủy")

    # From where a person may send again, and cancel.
    RETRIABLE = (State.FAILED, State.UNKNOWN)
    CANCELLABLE = (State.WAITING, State.FAILED, State.UNKNOWN)

    page_id = models.BigIntegerField()
    page_url = models.URLField(_("đường dẫn bài"), max_length=500)
    title = models.CharField(_("tiêu đề"), max_length=150)
    author = models.CharField(_("tác giả"), max_length=50)
    description = models.CharField(_("mô tả"), max_length=300)
    cover_url = models.URLField(_("ảnh bìa"), max_length=500)
    paragraphs = models.JSONField()
    # Hidden articles wait on the Official Account for a person to show them.
    is_shown = models.BooleanField(_("hiện ngay trên Official Account"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    # None: no timer moves it, a person does.
    next_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=500, blank=True)
    article_id = models.CharField(max_length=100, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bài gửi Zalo")
        verbose_name_plural = _("bài gửi Zalo")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["page_id"],
                condition=~Q(state__in=["failed", "cancelled"]),
                name="page_goes_to_zalo_once",
            )
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="zalo_outbox")]

    def __str__(self) -> str:
        return self.title

    @property
    def may_retry(self) -> bool:
        return self.state in self.RETRIABLE

    @property
    def may_cancel(self) -> bool:
        return self.state in self.CANCELLABLE


class ZaloAttempt(models.Model):
    """One request that may create the article. Written, and committed, before it is sent."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Đã bắt đầu, chưa rõ kết quả")
        ACCEPTED = "accepted", _("Zalo đã nhận")
        REFUSED = "refused", _("Zalo từ chối")
        NOT_SENT = "not_sent", _("Chưa đến được Zalo")
        UNKNOWN = "unknown", _("Chưa rõ kết quả")

    post = models.ForeignKey(ZaloPost, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    code = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("lần gửi Zalo")
        verbose_name_plural = _("các lần gửi Zalo")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_zalo_attempt_per_number"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(outcome="open"), name="one_open_zalo_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} · {self.number} {self.outcome}"
