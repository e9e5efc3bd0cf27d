from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.immutability import forbid_update


class OutreachConfig(AppConfig):
    name = "outreach"
    verbose_name = _("Truyền thông")

    def ready(self) -> None:
        post_migrate.connect(_keep_the_record, sender=self)
        from core.audit import register_acts
        from outreach.enums import OutreachAct

        register_acts(OutreachAct)


def _keep_the_record(sender: Any, using: str, **kwargs: Any) -> None:
    """What was read on a given day, and that it was, stay as they were written down."""
    forbid_update(
        table="outreach_scriptversion",
        columns=["script_id", "number", "source_text", "reading_text", "corrections"],
        when="TRUE",
        name="script_version_stays",
        using=using,
    )
    forbid_update(
        table="outreach_broadcast",
        columns=[
            "unit_id",
            "version_id",
            "title",
            "topic_id",
            "aired_at",
            "minutes",
            "place",
            "announcer",
            "recorded_by_id",
            "recorded_at",
            "replaces_id",
            "is_struck_out",
        ],
        when="TRUE",
        name="broadcast_stays",
        using=using,
    )
