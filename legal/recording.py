"""Keeping what the editor opens in step with what is written past the editor."""

from typing import Any

from legal.models import Instrument


def keep_revision_current(instrument: Instrument, *, by: Any = None) -> None:
    """After a file or a date changed a stored instrument: its editor shows the last revision, which
    would bring the old values back. A draft that waits to be published stays as its author left it;
    what it says of the status yields to the dates again (``legal.settling``)."""
    if instrument.latest_revision_id is None or instrument.has_unpublished_changes:
        return
    stored = Instrument.objects.get(pk=instrument.pk)
    stored.save_revision(user=by, clean=False).publish(user=by)
