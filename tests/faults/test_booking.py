"""The last place of a slot goes to one citizen, and one number books once, however they race."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from core.errors import DomainError
from counter.booking import cancel_booking
from counter.models import Booking, Office, Slot
from tests.counter.factories import NOON, add_evening, book, make_office

CITIZENS = 12

pytestmark = pytest.mark.django_db(transaction=True)


def try_to_book(office: Office, phone: str) -> bool:
    try:
        book(Office.objects.get(pk=office.pk), phone=phone)
    except DomainError:
        return False
    finally:
        connections.close_all()
    return True


def race(office: Office, phones: list[str]) -> int:
    with ThreadPoolExecutor(len(phones)) as pool:
        return sum(pool.map(lambda phone: try_to_book(office, phone), phones))


def test_no_slot_is_overbooked():
    office = make_office()
    add_evening(office, capacity=3)
    assert race(office, [f"09123450{number:02}" for number in range(CITIZENS)]) == 3
    assert Booking.objects.count() == 3
    assert Slot.objects.get().taken_count == 3


def test_one_number_books_once():
    office = make_office()
    add_evening(office, capacity=20)
    assert race(office, ["0912345000"] * CITIZENS) == 1
    assert Booking.objects.count() == Slot.objects.get().taken_count == 1


def test_a_cancellation_sent_twice_gives_one_place_back():
    office = make_office()
    add_evening(office, capacity=3)
    booking = book(office).booking
    book(office, phone="0912345002")

    def cancel(_number: int) -> bool:
        try:
            cancel_booking(Booking.objects.get(pk=booking.pk), at=NOON)
        except DomainError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(cancel, range(6))) == 1
    assert Slot.objects.get().taken_count == 1
