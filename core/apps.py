from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.immutability import forbid_update


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Nền tảng")

    def ready(self) -> None:
        post_migrate.connect(_protect_audit_log, sender=self)


def _protect_audit_log(using: str, **kwargs: Any) -> None:
    forbid_update(
        table="core_auditevent",
        columns=[
            "at",
            "actor_id",
            "action",
            "object_type",
            "object_id",
            "summary",
            "reason",
            "data",
        ],
        when="TRUE",
        name="audit_event_never_changes",
        using=using,
    )
