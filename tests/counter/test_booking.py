from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from counter.booking import book_slot, cancel_booking, find_booking
from counter.enums import BookingState
from counter.erasing import erase_old_bookings
from counter.errors import (
    AlreadyBooked,
    BookingNotFound,
    CannotCancel,
    FormUsed,
    SlotFull,
    SlotGone,
)
from counter.models import Booking, Closure, Slot
from counter.offices import set_retention
from counter.tasks import erase_old_bookings as erase_task
from people import roles
from tests.counter.factories import (
    FIVE,
    MONDAY,
    NOON,
    add_evening,
    book,
    make_office,
    moment,
)
from tests.people.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = make_office()
    add_evening(office)
    return office


def test_a_citizen_books_and_finds_the_booking_by_number_and_code(office):
    booked = book(office)
    assert len(booked.code) == 8
    assert booked.code not in {booked.booking.code_hash, booked.booking.form_key}
    assert find_booking("0912345001", booked.code) == booked.booking
    assert find_booking("0912345001", f" {booked.code[:4]}-{booked.code[4:].lower()}") == (
        booked.booking
    )
    assert booked.booking.on_date == MONDAY


@pytest.mark.parametrize(("phone", "change"), [("0912345002", ""), ("0912345001", "2")])
def test_another_number_or_code_finds_nothing(office, phone: str, change: str):
    code = book(office).code
    with pytest.raises(BookingNotFound):
        find_booking(phone, code + change)


def test_a_code_outlives_the_change_of_the_secret(office):
    code = book(office).code
    with (
        override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=["test-" + "0123456789" * 6]),
    ):
        assert find_booking("0912345001", code)


def test_the_same_form_sent_again_is_the_same_booking(office):
    first, again = (book(office, form_key="one form") for _time in range(2))
    assert first.code == again.code
    assert Booking.objects.get() == again.booking
    assert Slot.objects.get().taken_count == 1


def test_the_same_form_for_something_else_is_refused(office):
    book(office, form_key="one form")
    with pytest.raises(FormUsed):
        book(office, form_key="one form", phone="0912345002")


def test_a_number_books_once_a_day_and_office(office):
    book(office)
    with pytest.raises(AlreadyBooked):
        book(office, starts_at=moment(17, 30))
    assert Slot.objects.get(starts_at=FIVE).taken_count == 1
    assert not Slot.objects.filter(starts_at=moment(17, 30)).exists()
    book(office, starts_at=moment(17, day=MONDAY + timedelta(7)))
    other = make_office()
    add_evening(other)
    book(other)


def test_a_full_slot_is_refused_and_the_database_refuses_too(office):
    book(office, phone="0912345001")
    book(office, phone="0912345002")
    with pytest.raises(SlotFull):
        book(office, phone="0912345003")
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.update(taken_count=3)


def test_lowered_capacity_counts_at_once(office):
    book(office)
    office.hours.update(capacity=1)
    with pytest.raises(SlotFull):
        book(office, phone="0912345002")


@pytest.mark.parametrize(
    "starts_at",
    [
        moment(17, 10),  # no slot begins then
        moment(9),  # ordinary hours, gone by
        moment(17, day=MONDAY - timedelta(7)),
        moment(17, day=MONDAY + timedelta(21)),
        moment(17, day=MONDAY + timedelta(1)),
    ],
)
def test_what_is_no_slot_cannot_be_booked(office, starts_at):
    with pytest.raises(SlotGone):
        book(office, starts_at=starts_at)


def test_a_slot_that_has_begun_or_is_closed_cannot_be_booked(office):
    with pytest.raises(SlotGone):
        book(office, at=FIVE)
    Closure.objects.create(office=office, first_day=MONDAY, last_day=MONDAY, reason="Lễ")
    with pytest.raises(SlotGone):
        book(office)


def test_a_cancelled_place_is_free_again_for_the_same_number(office):
    office.hours.update(capacity=1)
    booked = book(office)
    cancel_booking(booked.booking, at=NOON)
    assert find_booking("0912345001", booked.code).state == BookingState.CANCELLED
    with pytest.raises(CannotCancel):
        cancel_booking(booked.booking, at=NOON)
    assert Slot.objects.get().taken_count == 0
    book(office)


def test_nobody_cancels_when_the_time_has_come(office):
    booking = book(office).booking
    with pytest.raises(CannotCancel):
        cancel_booking(booking, at=FIVE)


def test_names_and_numbers_are_erased_in_time_and_counts_stay(office):
    set_retention(10, by=make_user(roles.ADMINISTRATOR), at=NOON)
    booked = book(office)
    assert erase_old_bookings(at=NOON + timedelta(days=10)) == 0
    assert erase_old_bookings(at=NOON + timedelta(days=11)) == 1
    assert erase_old_bookings(at=NOON + timedelta(days=11)) == 0
    kept = Booking.objects.get()
    assert (kept.name, kept.phone, kept.note, kept.code_hash) == ("", None, "", "")
    assert kept.erased_at
    assert Slot.objects.get().taken_count == 1
    with pytest.raises(BookingNotFound):
        find_booking("0912345001", booked.code)


def test_the_task_erases_what_is_older_than_thirty_days_unless_told_otherwise(office):
    long_ago = moment(17, day=date(2020, 1, 6))
    book_slot(
        office,
        starts_at=long_ago,
        name="Nguyễn Văn Cũ",
        phone="0912345009",
        form_key="old",
        at=long_ago - timedelta(hours=1),
    )
    erase_task()
    assert Booking.objects.get().erased_at


def test_the_database_keeps_no_half_erased_booking(office):
    booking = book(office).booking
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(erased_at=NOON)
