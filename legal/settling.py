"""What a date has decided is written down, so that whoever listens to the law hears of it.

Pages do not wait for this (``queries.with_standing``); questions and reports follow the stored
status and ``instrument_status_changed``.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from legal.models import Instrument
from legal.queries import with_standing
from legal.recording import keep_revision_current
from legal.signals import instrument_status_changed


def settle_statuses(*, at: datetime) -> int:
    """Write the standing of the day as the status of every published instrument where the two
    differ, and tell of it once. Returns how many. A repeat on the same day does nothing."""
    day = timezone.localdate(at)
    with transaction.atomic():
        live = Instrument.objects.select_for_update(of=("self",)).filter(live=True)
        changed = list(with_standing(live, day).exclude(standing=F("status")).order_by("pk"))
        for instrument in changed:
            instrument.status = instrument.standing
            # Not by save(): that would call the amendment newly entered, and questions written
            # since it took effect would be looked at again for nothing.
            Instrument.objects.filter(pk=instrument.pk).update(
                status=instrument.status, updated_at=at
            )
            keep_revision_current(instrument)
        if changed:
            instrument_status_changed.send(
                Instrument,
                instrument_ids={instrument.pk for instrument in changed},
                newly_amended=set(),
            )
    return len(changed)
