"""Plain makers of offices and what belongs to them. The clock of the tests is NOON of a Monday."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from counter.booking import Booked, book_slot
from counter.enums import Factor
from counter.feedback import give_feedback
from counter.hours import VIETNAM
from counter.models import Office, OpeningHours
from people.models import Unit, User
from people.roles import COUNTER
from tests.people.factories import make_unit, make_user

MONDAY = date(2026, 11, 23)
_numbers = count(1)


def moment(hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
    """A Vietnamese wall-clock time as the aware UTC moment that the product passes around."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


NOON = moment(12)
# Mondays, 17:00 to 18:00, two slots for two people each
EVENING = {"weekday": 0, "starts": time(17), "ends": time(18), "slot_minutes": 30, "capacity": 2}
FIVE = moment(17)


def make_office(name: str | None = None, *, unit: Unit | None = None, **fields: Any) -> Office:
    number = next(_numbers)
    return Office.objects.create(
        unit=unit or make_unit(),
        name=name or f"Một cửa {number}",
        code=fields.pop("code", f"mot-cua-{number}"),
        address=fields.pop("address", "Số 1 đường Thử Nghiệm"),
        **fields,
    )


def add_week(office: Office) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(office=office, weekday=weekday, starts=starts, ends=ends)
        for weekday in range(5)
        for starts, ends in ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
    )


def add_evening(office: Office, **changes: Any) -> OpeningHours:
    return OpeningHours.objects.create(office=office, **{**EVENING, **changes})


def make_clerk(office: Office, **fields: Any) -> User:
    return make_user(COUNTER, unit=office.unit, **fields)


def book(office: Office, *, phone: str = "0912345001", **fields: Any) -> Booked:
    wanted: dict[str, Any] = {
        "starts_at": FIVE,
        "name": "Nguyễn Văn Thử",
        "form_key": f"key-{next(_numbers)}",
        "at": NOON,
        **fields,
    }
    return book_slot(office, phone=phone, **wanted)


def say(office: Office, *, overall: int = 4, comment: str = "", at: datetime = NOON) -> None:
    scores: dict[Factor, int | None] = dict.fromkeys(Factor, overall)
    give_feedback(
        office=office, scores=scores, comment=comment, form_key=f"key-{next(_numbers)}", at=at
    )
