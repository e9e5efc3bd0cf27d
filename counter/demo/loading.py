"""Making the demo's counters through the product's own operations."""

import secrets
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from counter import attending, offices
from counter.booking import book_slot
from counter.demo.content import (
    CAPACITY,
    COMMENTS,
    EVENING,
    EVENING_SLOT_MINUTES,
    FEEDBACK_COUNT,
    FEEDBACK_DAYS,
    GIVEN,
    OFFICES,
    SATURDAY,
    SATURDAY_SLOT_MINUTES,
    SURNAMES,
    WORKING_DAY,
    DemoOffice,
)
from counter.enums import Factor, Mark
from counter.errors import AlreadyBooked, SlotFull
from counter.feedback import give_feedback
from counter.hours import local_day
from counter.models import Booking, Closure, Office, OpeningHours
from counter.queries import bookable_days
from people import roles
from people.models import Unit, User

_LAST_WEEKS = 8  # days back to which bookings of the demo reach
_BOOKED_SHARE = 0.55


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """Nothing where one of the offices is there already, or where the roster lacks their units."""
    units = {unit.name: unit for unit in Unit.objects.filter(name__in=[o.unit for o in OFFICES])}
    if Office.objects.filter(code__in=[o.code for o in OFFICES]).exists() or not units:
        return
    administrator, clerk = staff[roles.ADMINISTRATOR], staff[roles.COUNTER]
    made = []
    for facts in OFFICES:
        unit = units.get(facts.unit)
        if unit is not None:
            made.append((facts, _make_office(facts, unit, by=administrator, at=at)))
    clerk.unit = made[0][1].unit
    clerk.save(update_fields=["unit"])
    random = Random(2026)  # noqa: S311 - the demo is the same everywhere
    for number, (_facts, office) in enumerate(made):
        _book(office, random, first_phone=number * 300, by=clerk, at=at)
    _give_feedback(made, random, at=at)


def _make_office(facts: DemoOffice, unit: Unit, *, by: User, at: datetime) -> Office:
    then = at - timedelta(days=FEEDBACK_DAYS)
    office = offices.save_office(
        Office(
            unit=unit,
            code=facts.code,
            name=facts.name,
            address=facts.address,
            phone=facts.phone,
        ),
        by=by,
        at=then,
    )
    offices.replace_weekly_hours(office, dict.fromkeys(range(5), WORKING_DAY), by=by, at=then)
    extra = [(weekday, EVENING, EVENING_SLOT_MINUTES) for weekday in facts.evenings]
    if facts.saturday:
        extra.append((5, SATURDAY, SATURDAY_SLOT_MINUTES))
    for weekday, (starts, ends), minutes in extra:
        hours = OpeningHours(
            weekday=weekday, starts=starts, ends=ends, slot_minutes=minutes, capacity=CAPACITY
        )
        offices.add_extra_hours(office, hours, by=by, at=then)
    new_year = date(local_day(at).year + 1, 1, 1)
    closure = Closure(first_day=new_year, last_day=new_year, reason="Tết Dương lịch")
    offices.add_closure(office, closure, by=by, at=at)
    return office


def _book(office: Office, random: Random, *, first_phone: int, by: User, at: datetime) -> None:
    """From last week to the weeks ahead; those of the past have come, or not."""
    then = at - timedelta(days=_LAST_WEEKS)
    phone = first_phone
    for day in bookable_days(office, then):
        for slot in day.slots:
            for _place in range(slot.time.capacity):
                if random.random() > _BOOKED_SHARE:
                    continue
                phone += 1
                try:
                    booked = book_slot(
                        office,
                        starts_at=slot.time.starts_at,
                        name=f"{random.choice(SURNAMES)} {random.choice(GIVEN)}",
                        phone=f"0912345{phone:03}",
                        form_key=secrets.token_hex(16),
                        at=min(at, slot.time.starts_at - timedelta(hours=3)),
                    )
                except (SlotFull, AlreadyBooked):
                    continue
                if slot.time.ends_at < at:
                    _mark(booked.booking, random, by=by, at=slot.time.ends_at)


def _mark(booking: Booking, random: Random, *, by: User, at: datetime) -> None:
    office = booking.office
    if random.random() < 0.12:
        note = "Gọi không nghe máy"
        attending.mark_booking(office, booking.pk, mark=Mark.NO_SHOW, note=note, by=by, at=at)
        return
    attending.mark_booking(office, booking.pk, mark=Mark.ARRIVED, by=by, at=at)
    attending.mark_booking(office, booking.pk, mark=Mark.DONE, by=by, at=at)


def _give_feedback(made: list[tuple[DemoOffice, Office]], random: Random, *, at: datetime) -> None:
    """More at the first office; better from month to month; few say anything of complaints."""
    weights = [6, 3, 2][: len(made)]
    for _number in range(FEEDBACK_COUNT):
        facts, office = random.choices(made, weights)[0]
        days_ago = random.randrange(FEEDBACK_DAYS)
        mood = facts.mood - 0.5 * days_ago / FEEDBACK_DAYS
        scores: dict[Factor, int | None] = {}
        for factor in Factor:
            skipped = factor == Factor.COMPLAINTS and random.random() < 0.6
            score = max(1, min(5, round(random.gauss(mood, 0.8))))
            scores[factor] = None if skipped else score
        give_feedback(
            office=office,
            scores=scores,
            comment=random.choice(COMMENTS) if random.random() < 0.15 else "",
            form_key=secrets.token_hex(16),
            at=at - timedelta(days=days_ago),
        )
