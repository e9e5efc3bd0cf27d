"""From mistakes to training, as a contestant and a head of unit see it."""

import pytest

from people.models import User
from people.roles import ORGANISER, UNIT_HEAD
from tests.e2e.browsing import DESKTOP, PHONE
from tests.training.factories import make_entry, make_person, make_round, make_unit, take

PASSWORD = "mat-khau-tot"


@pytest.fixture
def people(site: str) -> dict[str, User]:
    """A published round that a unit of six has taken, each with one topic lost."""
    unit = make_unit("Phường Thử Nghiệm")
    quiz_round = make_round({"Thủ tục hành chính": 3, "Văn thư": 2})
    staff = [make_person(f"Người Thi {number}", unit=unit) for number in range(6)]
    for person in staff:
        take(make_entry(quiz_round, person), quiz_round, "aabab")
    make_entry(quiz_round, make_person("Người Vắng", unit=unit))
    secretary = make_person("Thư Ký", ORGANISER)
    quiz_round.contest.organisers.add(secretary)
    return {
        "contestant": staff[0],
        "head": make_person("Trưởng Đơn Vị", UNIT_HEAD, unit=unit),
        "organiser": secretary,
    }


def test_a_contestant_goes_over_what_was_missed(visit, people):
    with visit(width=PHONE) as person:
        person.sign_in(people["contestant"].staff_code, PASSWORD)
        person.goto("/training/")
        person.says("Thủ tục hành chính, câu 3")
        person.check()


@pytest.mark.parametrize("role", ["head", "organiser"])
def test_who_looks_after_units_sees_where_they_are_weak(visit, people, role: str):
    with visit(width=DESKTOP) as person:
        person.sign_in(people[role].staff_code, PASSWORD)
        person.goto("/training/units/")
        person.check()
        if role == "head":
            person.says("Người Vắng")
        else:
            person.press("Phường Thử Nghiệm")
            person.check()
        person.says("Văn thư")
