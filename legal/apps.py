from typing import Any

from django.apps import AppConfig
from django.db.models.signals import m2m_changed
from django.utils.translation import gettext_lazy as _


class LegalConfig(AppConfig):
    name = "legal"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        from legal.models import Instrument

        m2m_changed.connect(_tell_of_amendments, sender=Instrument.amends.through)


def _tell_of_amendments(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """``amends`` is set after the instrument is saved, by a form or by hand."""
    from legal.signals import instrument_status_changed

    if action not in {"post_add", "post_remove"} or not pk_set:
        return
    amended = {instance.pk} if reverse else pk_set
    instrument_status_changed.send(
        type(instance),
        instrument_ids=amended,
        newly_amended=amended if action == "post_add" else set(),
    )
