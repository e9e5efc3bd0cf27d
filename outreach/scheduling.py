"""Planning when a script is aired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from outreach import timetable
from outreach.enums import OutreachAct
from outreach.errors import AiringRefused
from outreach.models import Script, Slot
from people.models import Unit, User


@dataclass(frozen=True, slots=True)
class PlannedAiring:
    slot: Slot
    begins: datetime
    ends: datetime
    clashes: bool


@transaction.atomic
def plan_airings(
    script: Script,
    *,
    unit: Unit,
    starts_on: date,
    ends_on: date,
    weekdays: Sequence[int],
    times: Sequence[time],
    minutes: int,
    by: User,
    at: datetime,
) -> list[Slot]:
    """One slot for each time of day; returns those that were not there yet.

    Raises AiringRefused, and plans nothing, when one is there with another length.
    """
    slots = []
    for moment in times:
        slot, is_new = Slot.objects.get_or_create(
            unit=unit,
            script=script,
            at=moment,
            starts_on=starts_on,
            ends_on=ends_on,
            weekdays=timetable.weekday_bits(weekdays),
            defaults={"minutes": minutes, "created_by": by, "created_at": at},
        )
        if slot.minutes != minutes:
            raise AiringRefused(
                _(
                    "Bài này đã có trong lịch lúc %(time)s với %(minutes)d phút. Hãy bỏ lịch cũ "
                    "rồi thêm lại, hoặc giữ số phút cũ."
                )
                % {"time": f"{moment:%H:%M}", "minutes": slot.minutes}
            )
        if is_new:
            slots.append(slot)
    return slots


def planned_airings(unit: Unit, *, first: date, last: date) -> list[PlannedAiring]:
    """What the loudspeakers of one unit air on these days, in order. One statement."""
    slots = {
        slot.pk: slot
        for slot in Slot.objects.filter(
            unit=unit, starts_on__lte=last, ends_on__gte=first
        ).select_related("script")
    }
    return [
        PlannedAiring(slots[airing.key], airing.begins, airing.ends, airing.clashes)
        for airing in timetable.airings(
            (slot.rule for slot in slots.values()), first=first, last=last
        )
    ]


@transaction.atomic
def end_slot(slot: Slot, *, today: date, by: User, at: datetime) -> None:
    """No airing from today on; what was planned before stays as it was."""
    audit.record(
        OutreachAct.SLOT_ENDED,
        slot,
        by=by,
        at=at,
        summary=_("Bỏ khỏi lịch phát: %s") % slot.script.title,
        data={"unit": slot.unit_id, "starts_on": f"{slot.starts_on}", "ends_on": f"{slot.ends_on}"},
    )
    if slot.starts_on >= today:
        slot.delete()
    elif slot.ends_on >= today:
        try:
            with transaction.atomic():
                Slot.objects.filter(pk=slot.pk).update(ends_on=today - timedelta(days=1))
        except IntegrityError:  # another slot has the same airings up to yesterday already
            slot.delete()
