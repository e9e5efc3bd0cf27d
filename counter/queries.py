"""Named selections of offices, slots and bookings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Prefetch, Q, QuerySet

from core.vietnamese import fold
from counter.enums import BookingState
from counter.hours import OpenState, SlotTime, local_day, slots_on, state_at
from counter.models import Booking, Closure, CounterSettings, Office, OpeningHours, Slot
from counter.words import state_words
from people.rules import is_administrator

# How far ahead citizens may book, today included.
BOOKING_DAYS: Final = 21


@dataclass(frozen=True, slots=True)
class OfficeToday:
    office: Office
    state: OpenState
    words: str

    @property
    def is_open(self) -> bool:
        return self.state.until is not None


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A bookable time and how many places it still has."""

    time: SlotTime
    free_count: int

    @property
    def key(self) -> str:
        """As the address of the booking form names it, in Vietnamese wall-clock time."""
        return f"{self.time.starts_at:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True, slots=True)
class SlotDay:
    day: date
    slots: tuple[FreeSlot, ...]

    @property
    def free_count(self) -> int:
        return sum(slot.free_count for slot in self.slots)


@dataclass(frozen=True, slots=True)
class DayList:
    """The bookings of one day by slot. Cancelled ones are counted only."""

    day: date
    bookings: tuple[Booking, ...]
    cancelled_count: int


def offices_with_hours(*, from_day: date) -> QuerySet[Office]:
    """Offices of the site by name, with what ``Office.facts`` needs from this day on.

    Three statements for any number: offices, hours, closures.
    """
    return Office.objects.filter(is_active=True).prefetch_related(
        Prefetch(
            "hours",
            OpeningHours.objects.filter(Q(on_date__isnull=True) | Q(on_date__gte=from_day)),
        ),
        Prefetch("closures", Closure.objects.filter(last_day__gte=from_day)),
    )


def offices_today(at: datetime, *, limit: int | None = None) -> list[OfficeToday]:
    """Today's state of every office of the site (of the first ``limit`` by name); open ones first.

    Three statements whatever their number; none of them when there is no office but the first.
    """
    offices = offices_with_hours(from_day=local_day(at))[:limit]
    return in_order_of_state(today_of(office, at) for office in offices)


def in_order_of_state(items: Iterable[OfficeToday]) -> list[OfficeToday]:
    return sorted(items, key=lambda item: not item.is_open)


def today_of(office: Office, at: datetime) -> OfficeToday:
    state = state_at(office.facts, at)
    return OfficeToday(office, state, state_words(state, at))


def matching(offices: QuerySet[Office], words: str) -> QuerySet[Office]:
    """Those whose name or address holds every word, marks aside."""
    for word in fold(words).split():
        offices = offices.filter(search_key__contains=word)
    return offices


def bookable_days(office: Office, at: datetime) -> list[SlotDay]:
    """The days with extra hours, from now to BOOKING_DAYS ahead; full slots stay in, so that people
    see that they exist. One statement besides the office's facts."""
    today = local_day(at)
    facts = office.facts
    days = [today + timedelta(days=days) for days in range(BOOKING_DAYS)]
    taken = dict(
        Slot.objects.filter(office=office, starts_at__gte=at).values_list(
            "starts_at", "taken_count"
        )
    )
    found = []
    for day in days:
        slots = tuple(
            FreeSlot(slot, max(0, slot.capacity - taken.get(slot.starts_at, 0)))
            for slot in slots_on(facts, day)
            if slot.starts_at > at
        )
        if slots:
            found.append(SlotDay(day, slots))
    return found


def bookable_slot(office: Office, starts_at: datetime, at: datetime) -> SlotTime | None:
    """The slot that begins then, if it may be booked now."""
    day = local_day(starts_at)
    if not at < starts_at or (day - local_day(at)).days >= BOOKING_DAYS:
        return None
    return next((slot for slot in slots_on(office.facts, day) if slot.starts_at == starts_at), None)


def offices_served_by(user: Any) -> QuerySet[Office]:
    """Of a person who may serve (counter.rules): all for an administrator, else the own unit's."""
    offices = Office.objects.select_related("unit")
    if is_administrator(user):
        return offices
    return offices.filter(unit=user.unit_id, unit__isnull=False)


def day_list(office: Office, day: date) -> DayList:
    """By slot, then in the order of booking; one statement."""
    found = list(
        Booking.objects.filter(office=office, on_date=day)
        .select_related("slot")
        .order_by("slot__starts_at", "pk")
    )
    kept = tuple(item for item in found if item.state != BookingState.CANCELLED)
    return DayList(day, kept, len(found) - len(kept))


def booked_days(office: Office, *, from_day: date) -> list[tuple[date, int]]:
    """The days from this one on that have bookings, with their number."""
    counted = (
        Booking.objects.filter(office=office, on_date__gte=from_day)
        .exclude(state=BookingState.CANCELLED)
        .values_list("on_date")
        .annotate(count=Count("pk"))
        .order_by("on_date")
    )
    return list(counted)


def count_waiting(office: Office, *, first: date, last: date) -> int:
    """Citizens who still mean to come between these days."""
    return Booking.objects.filter(
        office=office, on_date__range=(first, last), state=BookingState.BOOKED
    ).count()


def retention_days() -> int:
    kept = CounterSettings.objects.values_list("retention_days", flat=True).first()
    return CounterSettings().retention_days if kept is None else kept
