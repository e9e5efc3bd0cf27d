"""How pages are decided about and handed round before they are public."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Collection, Page, Revision, TaskState


class _SecondPersonTask(AbstractGroupApprovalTask):
    """Decided by members of the groups, never by who asked for the decision or wrote what is
    decided about: superusers included."""

    class Meta:
        abstract = True

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        state = obj.current_workflow_task_state
        if state is None or user.pk in _written_by(state):
            return []
        actions: list[Any] = super().get_actions(obj, user)
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        own = Q(workflow_state__requested_by=user) | Q(revision__user=user)
        # By key: Wagtail joins the states of all tasks with "|", which keeps no subquery apart.
        others = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return states.filter(pk__in=others.exclude(own).values("pk"))


def _written_by(state: Any) -> set[int | None]:
    return {state.workflow_state.requested_by_id, state.revision.user_id}


class ReviewTask(_SecondPersonTask):
    """Duyệt nội dung."""

    class Meta:
        verbose_name = _("bước duyệt nội dung")
        verbose_name_plural = _("bước duyệt nội dung")

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("Người thuộc các nhóm đã chọn duyệt nội dung; người viết không tự duyệt bài của mình")
        )


class LegalCheckTask(_SecondPersonTask):
    """Kiểm tra pháp lý. A workflow with this step is the one for pages that speak of the law
    (cms.editors.reviewing)."""

    class Meta:
        verbose_name = _("bước kiểm tra pháp lý")
        verbose_name_plural = _("bước kiểm tra pháp lý")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Người thuộc các nhóm đã chọn đối chiếu bài với văn bản được viện dẫn"))


class DraftLink(models.Model):
    """A signed address under which people without an account read one draft."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    # None: the latest draft, whenever the link is opened.
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(_("gửi cho ai"), max_length=120, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("liên kết xem bản nháp")
        verbose_name_plural = _("liên kết xem bản nháp")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="cms_draft_link_expires_after_creation",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class UnitCollection(models.Model):
    """Kho của đơn vị: where the pictures and files of one unit lie."""

    unit = models.OneToOneField("people.Unit", on_delete=models.CASCADE, related_name="+")
    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("kho của đơn vị")
        verbose_name_plural = _("kho của các đơn vị")

    def __str__(self) -> str:
        return str(self.collection)
