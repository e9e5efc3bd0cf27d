"""Starting and handing in by the token of the page, as the storm of a contest does."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection

from people.roles import AUTHOR, JURY, ROLES
from quizzes import admission, starting
from quizzes.enums import AttemptState, FinishKind, RoundState
from quizzes.models import Attempt
from quizzes.tokens import make_token
from tests.quizzes.play_factories import after, make_entry, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(after(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def round():
    return make_round()


@pytest.fixture
def entry(round):
    return make_entry(round)


@pytest.fixture
def contestant(client, entry):
    client.force_login(entry.user)
    return client


def start_token(client, round) -> str:
    page = client.get(f"/play/{round.pk}/").content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def start(client, round, **fields):
    return client.post(f"/play/{round.pk}/start/", fields)


class TestStart:
    def test_the_lobby_s_button(self, contestant, round, entry, django_assert_num_queries):
        token = start_token(contestant, round)
        # The plain case, and the two rows: in one statement, or between BEGIN and COMMIT.
        with django_assert_num_queries(4 if connection.vendor == "postgresql" else 6):
            response = start(contestant, round, token=token)
        attempt = Attempt.objects.get(entry=entry)
        assert response.headers["location"] == f"/play/attempts/{attempt.pk}/"
        assert response.headers["cache-control"] == "private, no-store"
        assert (attempt.number, attempt.started_at) == (1, after(minutes=1))
        assert attempt.deadline_at == after(minutes=21)
        assert attempt.paper.round == round

    def test_a_second_click_continues(self, contestant, round):
        token = start_token(contestant, round)
        first, second = (start(contestant, round, token=token) for _ in range(2))
        assert first.headers["location"] == second.headers["location"]
        assert Attempt.objects.count() == 1

    def test_extra_time_counts(self, contestant, round, entry):
        entry.extra_seconds, entry.extra_reason = 300, "Khiếm thị"
        entry.save()
        start(contestant, round, token=start_token(contestant, round))
        assert Attempt.objects.get().deadline_at == after(minutes=26)

    def test_after_signing_out_the_token_is_worth_nothing(self, contestant, round):
        token = start_token(contestant, round)
        contestant.logout()
        assert "/accounts/login/" in start(contestant, round, token=token).headers["location"]
        assert not Attempt.objects.exists()

    def test_another_s_token_starts_nothing_for_them(self, contestant, client, round, entry):
        token = start_token(contestant, round)
        colleague = make_entry(round)
        client.force_login(colleague.user)
        start(client, round, token=token)
        assert [attempt.entry for attempt in Attempt.objects.all()] == [colleague]

    @pytest.mark.parametrize("token", ["", "x", "1.2.3:a:b", "é", "9" * 400])
    def test_a_made_up_token_goes_the_long_way(self, contestant, round, token):
        response = start(contestant, round, token=token)
        assert response.headers["location"].startswith("/play/attempts/")

    def test_a_made_up_token_of_a_stranger(self, client, round):
        assert "/accounts/login/" in start(client, round, token="x").headers["location"]

    def test_a_token_opens_its_own_round_only(self, contestant, round, entry):
        token = start_token(contestant, round)
        other = make_round()
        assert start(contestant, other, token=token).headers["location"] == f"/play/{other.pk}/"
        assert not Attempt.objects.exists()

    @pytest.mark.parametrize("hours", [3])
    def test_an_old_token(self, contestant, round, clock, hours):
        token = start_token(contestant, round)
        clock.move_to(after(minutes=60 * hours))
        start(contestant, round, token=token)
        assert not Attempt.objects.exists()

    def test_a_round_closed_meanwhile_says_so(self, contestant, round):
        token = start_token(contestant, round)
        round.state, round.closed_at = RoundState.CLOSED, after()
        round.save()
        assert start(contestant, round, token=token).headers["location"] == f"/play/{round.pk}/"
        assert "đã đóng" in contestant.get(f"/play/{round.pk}/").content.decode()
        assert not Attempt.objects.exists()


class TestWhoIsPlain:
    """The short way may refuse whom the long way lets in, never the other way round."""

    def starts(self, entry, round) -> bool:
        attempt_id = starting.start_first_attempt(entry.user_id, round.pk, at=after(minutes=1))
        return attempt_id is not None

    def test_one_without_any_role(self, entry, round):
        assert self.starts(entry, round)

    @pytest.mark.parametrize("role", ROLES)
    def test_no_holder_of_a_role(self, entry, round, role):
        entry.user.groups.add(Group.objects.get(name=role))
        assert not self.starts(entry, round)

    def test_nobody_of_the_board_and_no_key_holder(self, entry, round):
        bank = round.cells.get().topic.bank
        for people in (round.contest.organisers, bank.owners, bank.readers):
            people.add(entry.user)
            assert not self.starts(entry, round)
            people.remove(entry.user)
        assert self.starts(entry, round)

    @pytest.mark.parametrize(
        "change",
        [
            {"is_exempt": True, "exempt_reason": "Ốm"},
            {"invalid_at": after(), "invalid_reason": "Sai đơn vị"},
        ],
    )
    def test_no_exempt_or_invalid_entry(self, entry, round, change):
        type(entry).objects.filter(pk=entry.pk).update(**change)
        assert not self.starts(entry, round)

    def test_no_closed_account(self, entry, round):
        entry.user.is_active = False
        entry.user.save()
        assert not self.starts(entry, round)

    def test_no_stranger_to_the_list(self, round):
        assert starting.start_first_attempt(make_user().pk, round.pk, at=after(minutes=1)) is None

    def test_not_before_the_opening_nor_after_the_close(self, entry, round):
        for at in (after(seconds=-1), round.closes_at):
            assert starting.start_first_attempt(entry.user_id, round.pk, at=at) is None

    def test_a_bystander_is_barred_by_nothing(self, entry, round):
        """What the short way leaves out must not matter for whom it lets through."""
        assert admission.barred_reason(entry.user_id, round.contest) is None
        for role in (AUTHOR, JURY):
            entry.user.groups.set([Group.objects.get(name=role)])
            assert admission.barred_reason(entry.user_id, round.contest)


class TestHandIn:
    @pytest.fixture
    def attempt(self, round, entry):
        return starting.start_attempt(entry, round, at=after())

    def hand_in(self, client, attempt, **fields):
        return client.post(f"/play/attempts/{attempt.pk}/hand-in/", fields)

    def test_the_page_s_button(self, contestant, attempt):
        page = contestant.get(f"/play/attempts/{attempt.pk}/hand-in/").content.decode()
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        response = self.hand_in(contestant, attempt, token=token)
        assert response.headers["location"] == f"/play/attempts/{attempt.pk}/result/"
        attempt.refresh_from_db()
        assert (attempt.state, attempt.finish_kind) == (
            AttemptState.FINISHED,
            FinishKind.HANDED_IN,
        )

    def test_a_session_that_ended_costs_nobody_the_paper(self, client, attempt, entry):
        self.hand_in(client, attempt, token=make_token(attempt.pk, entry.user_id))
        attempt.refresh_from_db()
        assert attempt.state == AttemptState.FINISHED

    def test_a_stranger_without_the_token(self, client, attempt):
        assert "/accounts/login/" in self.hand_in(client, attempt).headers["location"]
        client.force_login(make_user())
        assert self.hand_in(client, attempt, token="x").status_code == 404
        attempt.refresh_from_db()
        assert attempt.state == AttemptState.IN_PROGRESS

    def test_the_token_of_another_attempt(self, client, round, attempt):
        other = starting.start_attempt(make_entry(round), round, at=after())
        self.hand_in(client, attempt, token=make_token(other.pk, other.entry.user_id))
        attempt.refresh_from_db()
        assert attempt.state == AttemptState.IN_PROGRESS

    def test_after_the_grace_it_has_run_out_of_time(self, client, attempt, entry, clock):
        clock.move_to(after(minutes=30))
        self.hand_in(client, attempt, token=make_token(attempt.pk, entry.user_id))
        attempt.refresh_from_db()
        assert (attempt.finish_kind, attempt.finished_at) == (
            FinishKind.EXPIRED,
            attempt.deadline_at,
        )

    def test_the_prediction_travels(self, contestant, round, attempt, entry):
        round.has_prediction = True
        round.save()
        token = make_token(attempt.pk, entry.user_id)
        refused = self.hand_in(contestant, attempt, token=token, prediction="nhiều")
        assert refused.status_code == 400
        assert "Hãy nhập một số nguyên" in refused.content.decode()
        self.hand_in(contestant, attempt, token=token, prediction="1.200")
        attempt.refresh_from_db()
        assert attempt.prediction == 1200

    def test_no_such_attempt(self, contestant):
        response = contestant.post(
            "/play/attempts/999999/hand-in/", {"token": make_token(999999, 1)}
        )
        assert response.status_code == 404
