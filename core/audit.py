"""Writing the audit log."""

from datetime import datetime
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _

from core.errors import ReasonMissing
from core.models import AuditEvent
from core.vietnamese import nfc

_LABELS: dict[str, Any] = {}


def register_acts(acts: type[TextChoices]) -> None:
    """Name the acts that an app records, from its ``ready``: the log's pages and filters ask."""
    _LABELS.update(zip(acts.values, (act.label for act in acts), strict=True))


def act_label(action: str) -> str:
    """The act in words; one that nobody has named, by its code."""
    return str(_LABELS.get(action, action))


def record(
    action: str,
    subject: Model,
    *,
    by: Model | None,
    at: datetime,
    summary: str,
    reason: str = "",
    contest_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event. Call it inside the transaction of the act, so that neither is alone.

    ``summary`` is one Vietnamese sentence for the organiser; ``data`` holds old and new values,
    never a question's key.
    """
    return AuditEvent.objects.create(
        at=at,
        actor_id=by.pk if by else None,
        action=action,
        object_type=subject._meta.label,
        object_id=subject.pk,
        contest_id=contest_id,
        summary=summary[:300],
        reason=reason,
        data=data or {},
    )


def required_reason(text: str) -> str:
    """On one line, without control characters, cut to what the log takes. Raises ReasonMissing."""
    reason = nfc(text)[:300]
    if not reason:
        raise ReasonMissing(_("Hãy ghi lý do."))
    return reason
