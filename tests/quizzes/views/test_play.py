"""Saving over HTTP: no session, no cookie, a signed token; every refusal says what to do."""

import json

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.db import OperationalError

from quizzes import attempts, starting
from quizzes.answering import to_sequence
from quizzes.models import Attempt
from quizzes.pools import sheet_of_attempt
from quizzes.tokens import make_token, read_token
from quizzes.views import play
from tests.quizzes.play_factories import after, make_entry, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    round = make_round(kinds=("single_choice", "multiple_choice"))
    return starting.start_attempt(make_entry(round), round, at=after())


@pytest.fixture
def save(client, attempt):
    token = make_token(attempt.pk, attempt.entry.user_id)

    def send(body=None, *, at=None, **fields):
        at = at or after(minutes=1)
        body = {"token": token, **fields} if body is None else body
        with time_machine.travel(at, tick=False):
            return client.post("/play/answer/", json.dumps(body), content_type="application/json")

    return send


def test_a_choice_is_acknowledged_with_the_server_s_time(save, attempt):
    response = save(slot=0, choice=[1], sequence=5)
    assert response.status_code == 200
    assert response.json() == {
        "answers": [{"slot": 0, "sequence": 5, "time": "08:01:00", "stored": True}],
        "now": to_sequence(after(minutes=1)),
        "deadline": to_sequence(attempt.deadline_at),
    }
    assert response["Cache-Control"] == "no-store"
    assert attempt.responses.get().choice == [sheet_of_attempt(attempt.pk)[0].order[1]]


def test_a_warm_save_is_one_statement_and_a_cold_one_at_most_three(
    save, django_assert_num_queries, django_assert_max_num_queries
):
    from quizzes import pools

    pools.forget()
    with django_assert_max_num_queries(3):
        save(slot=0, choice=[1], sequence=5)
    with django_assert_num_queries(1):
        save(slot=0, choice=[2], sequence=6)


def test_it_needs_no_session_and_sets_no_cookie(save, client):
    response = save(slot=0, choice=[1], sequence=5)
    assert not response.cookies
    assert not client.cookies


def test_several_answers_come_in_one_request(save, attempt):
    answers = [{"slot": slot, "choice": [0], "sequence": slot} for slot in range(4)]
    assert save(answers=answers).status_code == 200
    assert attempt.responses.count() == 4


def test_an_older_choice_is_answered_with_the_stored_one(save):
    save(slot=0, choice=[2], sequence=50)
    response = save(slot=0, choice=[1], sequence=40, at=after(minutes=2))
    assert response.status_code == 409
    assert response.json()["answers"] == [
        {"slot": 0, "sequence": 50, "time": "08:01:00", "stored": False, "choice": [2]}
    ]


def test_nothing_is_taken_when_the_attempt_is_over(save, attempt):
    late = save(slot=0, choice=[1], sequence=1, at=after(minutes=21))
    assert (late.status_code, late.json()["code"]) == (410, "deadline")
    attempts.hand_in(attempt, at=after(minutes=2))
    over = save(slot=0, choice=[1], sequence=1, at=after(minutes=3))
    assert (over.status_code, over.json()["code"]) == (410, "finished")
    assert "08:02:00" in over.json()["message"]
    assert not attempt.responses.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"slot": 0},
        {"slot": "0", "choice": [1], "sequence": 1},
        {"slot": True, "choice": [1], "sequence": 1},
        {"slot": 99, "choice": [1], "sequence": 1},
        {"slot": -1, "choice": [1], "sequence": 1},
        {"slot": 0, "choice": [4], "sequence": 1},
        {"slot": 0, "choice": [-1], "sequence": 1},
        {"slot": 0, "choice": ["a"], "sequence": 1},
        {"slot": 0, "choice": "a", "sequence": 1},
        {"slot": 0, "choice": {"a": 1}, "sequence": 1},
        {"slot": 0, "choice": [True], "sequence": 1},
        {"slot": 0, "choice": [1], "sequence": "1"},
        {"slot": 0, "choice": [1], "sequence": 1.5},
        {"slot": 0, "choice": [1], "sequence": -1},
        {"slot": 0, "choice": [1]},
        {"answers": []},
        {"answers": {"slot": 0}},
        {"answers": [1]},
        {"answers": [{"slot": 0, "choice": [1], "sequence": 1}, {"slot": 99}]},
    ],
)
def test_what_cannot_be_read_is_a_clear_400_and_stores_nothing(save, attempt, fields):
    response = save(**fields)
    assert response.status_code == 400
    assert response.json()["message"]
    assert not attempt.responses.exists()


def test_two_options_of_a_single_choice_are_refused(save, attempt):
    slot = next(
        index
        for index, item in enumerate(sheet_of_attempt(attempt.pk))
        if item.version.kind == "single_choice"
    )
    assert save(slot=slot, choice=[0, 1], sequence=1).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 9000, b'{"token": 1}', b'"text"']
)
def test_bodies_that_are_not_ours(client, body):
    response = client.post("/play/answer/", body, content_type="application/json")
    assert response.status_code in {400, 403}
    assert response.json()["code"] in {"json", "token"}


def test_a_huge_body_is_refused_unread(client):
    response = client.post("/play/answer/", b"x" * 132_000, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_only_a_post_saves(client):
    assert client.get("/play/answer/").status_code == 405


def test_tokens_that_are_not_ours(save, attempt):
    good = make_token(attempt.pk, attempt.entry.user_id)
    forged = good.replace(str(attempt.pk), str(attempt.pk + 1), 1)
    foreign = TimestampSigner(salt="something.else").sign(f"{attempt.pk}.1")
    for token in (
        None,
        5,
        "",
        "x",
        forged,
        foreign,
        good[:-1],
        good + "a",
        "9" * 300,
        "\ud800:a:b",
    ):
        response = save({"token": token, "slot": 0, "choice": [1], "sequence": 1})
        assert (response.status_code, response.json()["code"]) == (403, "token")
    assert not attempt.responses.exists()


def test_a_token_dies_of_age():
    with time_machine.travel(after(minutes=-60 * 49)):
        token = make_token(1, 1)
    with time_machine.travel(after()):
        assert read_token(token) is None


def test_a_token_of_an_attempt_that_is_gone(save):
    response = save({"token": make_token(987654, 1), "slot": 0, "choice": [1], "sequence": 1})
    assert (response.status_code, response.json()["code"]) == (410, "missing")


def test_a_database_that_is_busy_asks_to_try_again(save, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(play, "save_answers", busy)
    response = save(slot=0, choice=[1], sequence=1)
    assert (response.status_code, response.json()["code"]) == (503, "busy")
    assert "locked" not in response.content.decode()


def test_refusals_follow_the_reader_s_language(client):
    response = client.post(
        "/play/answer/", b"{", content_type="application/json", headers={"Accept-Language": "vi"}
    )
    assert response.json()["message"] == "Dữ liệu gửi lên không đọc được."


class TestState:
    """/play/state/: for its owner, by session or by token."""

    @pytest.fixture
    def url(self, attempt):
        return f"/play/state/{attempt.pk}/"

    @pytest.fixture(autouse=True)
    def at_a_fixed_time(self):
        with time_machine.travel(after(minutes=2), tick=False):
            yield

    def test_the_owner_by_session(self, client, attempt, save, url):
        save(slot=1, choice=[0], sequence=7)
        client.force_login(attempt.entry.user)
        assert client.get(url).json() == {
            "state": "in_progress",
            "answers": [{"slot": 1, "choice": [0], "sequence": 7, "time": "08:01:00"}],
            "now": to_sequence(after(minutes=2)),
            "deadline": to_sequence(attempt.deadline_at),
        }

    def test_the_owner_by_token_when_the_session_is_over(self, client, attempt, url):
        token = make_token(attempt.pk, attempt.entry.user_id)
        assert client.get(url, headers={"X-Attempt-Token": token}).status_code == 200

    def test_nobody_else(self, client, attempt, url):
        assert client.get(url).status_code == 404
        colleague = make_entry(attempt.round)
        client.force_login(colleague.user)
        assert client.get(url).status_code == 404
        client.force_login(make_user("Người ngoài"))
        assert client.get(url).status_code == 404
        other = make_token(attempt.pk + 1, attempt.entry.user_id)
        assert client.get(url, headers={"X-Attempt-Token": other}).status_code == 404
        assert client.get("/play/state/987654/").status_code == 404

    def test_looking_closes_an_overdue_attempt(self, client, attempt, url):
        client.force_login(attempt.entry.user)
        with time_machine.travel(after(minutes=30), tick=False):
            assert client.get(url).json()["state"] == "finished"
