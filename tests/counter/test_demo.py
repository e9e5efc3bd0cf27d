"""The demo's counters: made through the product's operations, once."""

import pytest

from counter.demo.content import FEEDBACK_COUNT, OFFICES
from counter.demo.loading import load
from counter.models import Booking, FeedbackAnswer, Office
from people import roles
from tests.counter.factories import NOON
from tests.people.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


def test_a_second_run_makes_nothing_twice():
    units = [make_unit(office.unit) for office in OFFICES]
    staff = {role: make_user(role) for role in (roles.ADMINISTRATOR, roles.COUNTER)}
    load(at=NOON, staff=staff)
    booked = Booking.objects.count()
    load(at=NOON, staff=staff)
    assert Office.objects.count() == len(OFFICES)
    assert FeedbackAnswer.objects.count() == FEEDBACK_COUNT
    assert Booking.objects.count() == booked > 20
    assert set(Booking.objects.values_list("phone", flat=True)) <= {
        f"0912345{number:03}" for number in range(1000)
    }
    assert staff[roles.COUNTER].unit == units[0]


def test_without_the_units_of_the_roster_nothing_is_made():
    load(at=NOON, staff={})
    assert not Office.objects.exists()
