from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import User
from people.roles import ORGANISER, UNIT_HEAD
from quizzes.enums import RoundState
from quizzes.models import Round
from tests.training.factories import (
    make_contest_unit,
    make_entry,
    make_person,
    make_round,
    make_unit,
    take,
)

pytestmark = pytest.mark.django_db

OWN = reverse("training:own")
UNITS = reverse("training:units")
SIGN_IN = reverse("account_login")


def page(user: User, url: str = OWN):
    client = Client()
    client.force_login(user)
    return client.get(url)


def opened(**fields) -> Round:
    """A round that opened an hour ago and is published unless told otherwise."""
    now = timezone.now()
    return make_round(
        {"Hộ tịch": 1, "Đất đai": 1},
        **{"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1), **fields},
    )


def taken_by(person_count: int, quiz_round: Round, unit, choices: str) -> None:
    for number in range(person_count):
        person = make_person(f"Đã thi {unit.name} {number}", unit=unit)
        take(make_entry(quiz_round, person), quiz_round, choices)


@pytest.mark.parametrize("url", [OWN, UNITS])
def test_a_stranger_is_asked_to_sign_in(url: str):
    response = Client().get(url)

    assert response.status_code == 302
    assert response.url.startswith(SIGN_IN)


def test_a_contestant_reads_what_was_missed_and_what_is_right():
    person = make_person()
    quiz_round = opened()
    take(make_entry(quiz_round, person), quiz_round, "ba")

    response = page(person)

    assert response.status_code == 200
    html = response.content.decode()
    assert "Hộ tịch, câu 1" in html
    assert "Phương án sai" in html
    assert "Giải thích của Hộ tịch, câu 1" in html
    assert "Đất đai, câu 1" not in html
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("fields", [{"state": RoundState.CLOSED}, {"shows_answers": False}])
def test_no_key_is_in_the_page_before_publication(fields: dict):
    person = make_person()
    quiz_round = opened(**fields)
    take(make_entry(quiz_round, person), quiz_round, "bb")

    html = page(person).content.decode()

    assert "Giải thích" not in html
    assert "Phương án" not in html


def test_a_colleague_sees_nothing_of_it():
    unit = make_unit("Phường An Khê")
    person, colleague = make_person(unit=unit), make_person("Đồng nghiệp", unit=unit)
    quiz_round = opened()
    take(make_entry(quiz_round, person), quiz_round, "bb")
    make_entry(quiz_round, colleague)

    assert "Hộ tịch" not in page(colleague).content.decode()


@pytest.mark.parametrize("round_count", [1, 3])
def test_the_own_page_takes_seven_statements(
    round_count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    person = make_person()
    for _ in range(round_count):
        quiz_round = opened()
        take(make_entry(quiz_round, person), quiz_round, "bb")
    client = Client()
    client.force_login(person)
    client.get(OWN)

    with django_assert_num_queries(7):  # session, person, roles, four of own_training
        client.get(OWN)


def test_someone_without_a_role_has_no_page_of_units():
    assert page(make_person(), UNITS).status_code == 403


def test_a_head_sees_the_own_units_topics_and_who_is_missing():
    ward = make_unit("Phường An Khê")
    office = make_unit("Văn phòng phường", parent=ward)
    head = make_person("Trưởng phường", UNIT_HEAD, unit=ward)
    quiz_round = opened()
    taken_by(3, quiz_round, ward, "ba")
    taken_by(2, quiz_round, office, "ba")
    make_entry(quiz_round, make_person("Vắng Ở Phường", unit=ward))
    make_entry(quiz_round, make_person("Vắng Ở Văn Phòng", unit=office))
    make_entry(
        quiz_round, make_person("Được Miễn", unit=ward), is_exempt=True, exempt_reason="Nghỉ sinh"
    )
    other = make_unit("Phường Chính Gián")
    make_entry(quiz_round, make_person("Vắng Nơi Khác", unit=other))

    html = page(head, UNITS).content.decode()

    assert "Hộ tịch" in html
    assert "Vắng Ở Phường" in html
    assert "Văn phòng phường" in html
    for hidden in ("Vắng Ở Văn Phòng", "Vắng Nơi Khác", "Được Miễn", "Chính Gián", "Đã thi"):
        assert hidden not in html


def test_four_people_are_too_few_to_show():
    ward = make_unit("Phường An Khê")
    head = make_person("Trưởng phường", UNIT_HEAD, unit=ward)
    quiz_round = opened()
    taken_by(4, quiz_round, ward, "bb")

    html = page(head, UNITS).content.decode()

    assert "Không hiện số liệu của nhóm dưới 5 người" in html
    assert "<progress" not in html


def test_before_publication_a_head_sees_who_is_missing_and_no_result():
    ward = make_unit("Phường An Khê")
    head = make_person("Trưởng phường", UNIT_HEAD, unit=ward)
    quiz_round = opened(state=RoundState.READY, published_at=None)
    taken_by(6, quiz_round, ward, "bb")
    make_entry(quiz_round, make_person("Vắng Ở Phường", unit=ward))

    html = page(head, UNITS).content.decode()

    assert "Vắng Ở Phường" in html
    assert "Hộ tịch" not in html
    assert "<progress" not in html


def test_the_head_of_another_unit_is_told_that_the_round_does_not_exist():
    quiz_round = opened()
    taken_by(5, quiz_round, make_unit("Phường An Khê"), "bb")
    outsider = make_person("Trưởng nơi khác", UNIT_HEAD, unit=make_unit("Phường Chính Gián"))

    assert page(outsider, reverse("training:round_units", args=[quiz_round.pk])).status_code == 404
    assert "Hội thi" not in page(outsider, UNITS).content.decode()


def test_an_organiser_opens_each_unit_of_the_own_contest():
    organiser = make_person("Thư ký", ORGANISER)
    quiz_round = opened()
    quiz_round.contest.organisers.add(organiser)
    units = [make_unit("Phường An Khê"), make_unit("Phường Chính Gián")]
    for unit in units:
        taken_by(5, quiz_round, unit, "ba")
    first = make_contest_unit(quiz_round.contest, units[0])

    overview = page(organiser, UNITS).content.decode()
    detail = page(organiser, reverse("training:unit", args=[quiz_round.pk, first.pk]))

    assert all(unit.name in overview for unit in units)
    assert "Hộ tịch" in detail.content.decode()


def test_the_organiser_of_another_contest_and_a_head_cannot_open_a_unit():
    ward = make_unit("Phường An Khê")
    quiz_round, other = opened(), opened()
    taken_by(5, quiz_round, ward, "bb")
    listed = make_contest_unit(quiz_round.contest, ward)
    organiser = make_person("Thư ký nơi khác", ORGANISER)
    other.contest.organisers.add(organiser)
    head = make_person("Trưởng phường", UNIT_HEAD, unit=ward)
    foreign = make_contest_unit(other.contest, ward)

    url = reverse("training:unit", args=[quiz_round.pk, listed.pk])
    assert page(organiser, url).status_code == 404
    assert page(head, url).status_code == 404
    mixed = reverse("training:unit", args=[other.pk, listed.pk])
    assert page(organiser, mixed).status_code == 404
    assert page(organiser, reverse("training:unit", args=[other.pk, foreign.pk])).status_code == 200


@pytest.mark.parametrize("unit_count", [1, 3])
def test_the_page_of_units_takes_ten_statements(
    unit_count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    ward = make_unit("Phường An Khê")
    head = make_person("Trưởng phường", UNIT_HEAD, unit=ward)
    rounds = [opened() for _ in range(unit_count)]
    for number in range(unit_count):
        unit = make_unit(f"Phòng {number}", parent=ward)
        for quiz_round in rounds:
            taken_by(2, quiz_round, unit, "bb")
            make_entry(quiz_round, make_person("Vắng", unit=ward))
    client = Client()
    client.force_login(head)
    client.get(UNITS)

    with django_assert_num_queries(10):
        client.get(UNITS)
