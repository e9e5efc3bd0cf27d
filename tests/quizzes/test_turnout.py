"""Participation while a round runs: counts, persons and attempts apart, nothing of small units."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from quizzes import entries, rounds
from quizzes.enums import RoundState
from quizzes.models import Contest
from quizzes.turnout import read_turnout
from tests.quizzes.contest_factories import (
    OPENS_AT,
    after,
    make_contest,
    make_draft_round,
    make_open_round,
    make_organiser,
    make_unit,
    take,
)
from tests.quizzes.play_factories import make_user

pytestmark = pytest.mark.django_db
DURING = after(minutes=30)


def make_ready_round(contest: Contest, **fields):
    quiz_round = make_draft_round(contest, **fields)
    quiz_round.state = RoundState.READY
    quiz_round.save()
    return quiz_round


def join(contest: Contest, name: str, people: int) -> None:
    unit = make_unit(name, people=people)
    entries.take_roster(contest, [unit], by=None, at=OPENS_AT - timedelta(days=2))


def test_persons_and_attempts_are_counted_apart() -> None:
    quiz_round = make_open_round(people=6, attempts_allowed=3)
    first, second, third, *_rest = quiz_round.contest.entries.order_by("pk")
    take(first, quiz_round, minutes=1)
    take(first, quiz_round, at=after(minutes=2), minutes=1)
    take(second, quiz_round, minutes=1)
    take(third, quiz_round, at=after(minutes=5), hand_in=False)
    turnout = read_turnout(quiz_round.contest, at=DURING).rounds[0]
    assert (turnout.finished_count, turnout.running_count, turnout.attempt_count) == (2, 1, 3)
    unit = turnout.units[0]
    assert (unit.listed_count, unit.finished_count, unit.attempt_count) == (6, 2, 3)
    assert unit.percent == 33


def test_an_invalid_entry_is_not_counted() -> None:
    quiz_round = make_open_round(people=6)
    entry = quiz_round.contest.entries.order_by("pk").first()
    take(entry, quiz_round, minutes=1)
    by = make_organiser(quiz_round.contest)
    entries.mark_invalid(entry, reason="Thi hộ", by=by, at=DURING)
    assert read_turnout(quiz_round.contest, at=DURING).rounds[0].finished_count == 0


def test_a_small_unit_is_held_back_with_the_one_that_would_give_it_away() -> None:
    quiz_round = make_open_round(people=8)
    for name, people in (("Đơn vị nhỏ", 2), ("Đơn vị vừa", 6)):
        join(quiz_round.contest, name, people)
    turnout = read_turnout(quiz_round.contest, at=DURING).rounds[0]
    assert [unit.listed_count for unit in turnout.units] == [8]
    assert (turnout.listed_count, turnout.held_count) == (16, 2)


def test_of_fewer_than_five_people_nothing_is_told() -> None:
    quiz_round = make_open_round(people=3)
    take(quiz_round.contest.entries.first(), quiz_round, minutes=1)
    turnout = read_turnout(quiz_round.contest, at=DURING).rounds[0]
    assert turnout.finished_count is None
    assert turnout.units == ()


def test_only_rounds_that_have_opened_and_are_not_published_are_told_of() -> None:
    contest = make_contest()
    make_open_round(contest, people=6, name="Đang mở")
    make_draft_round(contest, name="Đang chuẩn bị")
    make_ready_round(
        contest,
        name="Sắp mở",
        opens_at=after(minutes=500),
        closes_at=after(minutes=600),
    )
    done = make_ready_round(contest, name="Đã công bố")
    rounds.close_round(done, by=None, at=after(minutes=121))
    rounds.publish_round(done, by=make_organiser(contest), at=after(minutes=121))
    assert [item.name for item in read_turnout(contest, at=DURING).rounds] == ["Đang mở"]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_three_statements(django_assert_num_queries, count) -> None:
    contest = make_contest()
    make_open_round(contest, units=count, people=6)
    for number in range(1, count):
        make_ready_round(contest, name=f"Vòng thêm {number}")
    with django_assert_num_queries(3):
        assert len(read_turnout(contest, at=DURING).rounds) == count


def address(contest: Contest) -> str:
    return reverse("quizzes:contest_turnout", args=[contest.code])


def asked_by_htmx(client: Client, contest: Contest):
    cache.clear()
    return client.get(address(contest), headers={"HX-Request": "true"})


def test_the_fragment_names_nobody() -> None:
    quiz_round = make_open_round(people=6)
    for entry in quiz_round.contest.entries.all():
        take(entry, quiz_round, minutes=1)
    page = asked_by_htmx(Client(), quiz_round.contest).text
    assert quiz_round.contest.units.get().unit_name in page
    for entry in quiz_round.contest.entries.all():
        assert entry.full_name not in page


def test_of_a_contest_that_is_not_public_only_its_people_see_figures() -> None:
    quiz_round = make_open_round(make_contest(is_public=False), people=6)
    contest = quiz_round.contest
    answers = {}
    for name, user in (
        ("organiser", make_organiser(contest)),
        ("on the list", contest.entries.first().user),
        ("colleague", make_organiser()),
        ("outsider", make_user()),
        ("anonymous", None),
    ):
        client = Client()
        if user:
            client.force_login(user)
        answers[name] = asked_by_htmx(client, contest).status_code
    assert answers == {
        "organiser": 200,
        "on the list": 200,
        "colleague": 404,
        "outsider": 404,
        "anonymous": 404,
    }


def test_without_scripts_the_address_leads_to_the_page() -> None:
    contest = make_open_round(people=6).contest
    answer = Client().get(address(contest))
    assert answer.status_code == 302
    assert answer["Location"] == f"/contests/{contest.code}/#turnout"
