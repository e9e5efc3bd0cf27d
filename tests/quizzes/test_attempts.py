"""An attempt is started once, ends once, and its score is that of what is stored."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from core.errors import Conflict, DomainError, NotAllowed
from people.roles import JURY
from quizzes import attempts, starting
from quizzes.answering import save_answer
from quizzes.enums import AttemptState, FinishKind, RoundState
from quizzes.models import Attempt, Paper, RoundQuestion
from quizzes.pools import sheet_of_attempt
from tests.quizzes.play_factories import after, make_entry, make_round

pytestmark = pytest.mark.django_db


def answer_all(attempt: Attempt, choice: list[str], *, at) -> None:
    for slot in range(len(sheet_of_attempt(attempt.pk))):
        save_answer(attempt.pk, slot=slot, choice=choice, sequence=1, at=at)


def test_a_paper_is_drawn_from_the_pool_and_the_deadline_set():
    round = make_round(questions=3, pool=8)
    attempt = starting.start_attempt(make_entry(round), round, at=after(minutes=1))

    versions = [slot["version"] for slot in attempt.paper.slots]
    assert len(set(versions)) == 3
    assert set(versions) <= set(round.pool.values_list("version_id", flat=True))
    assert attempt.deadline_at == after(minutes=21)
    assert attempt.accepts_until == after(minutes=21, seconds=5)


def test_the_round_s_close_cuts_the_time():
    round = make_round()
    attempt = starting.start_attempt(make_entry(round), round, at=after(minutes=110))
    assert attempt.deadline_at == round.closes_at


def test_extra_time_is_added():
    round = make_round()
    entry = make_entry(round, extra_seconds=300, extra_reason="Khiếm thị")
    assert starting.start_attempt(entry, round, at=after()).deadline_at == after(minutes=25)


def test_a_second_click_or_device_continues_the_same_attempt():
    round = make_round()
    entry = make_entry(round)
    first = starting.start_attempt(entry, round, at=after())
    again = starting.start_attempt(entry, round, at=after(minutes=3))
    assert (again.pk, Attempt.objects.count(), Paper.objects.count()) == (first.pk, 1, 1)
    assert again.deadline_at == after(minutes=20)


def test_two_starts_at_once_make_one_attempt(monkeypatch):
    """Both have looked and found nothing; the database lets one of them insert."""
    round = make_round()
    entry = make_entry(round)
    insert = starting._insert_attempt

    def insert_after_the_twin(*args, **kwargs):
        monkeypatch.setattr(starting, "_insert_attempt", insert)
        starting.start_attempt(entry, round, at=after())
        return insert(*args, **kwargs)

    monkeypatch.setattr(starting, "_insert_attempt", insert_after_the_twin)
    attempt = starting.start_attempt(entry, round, at=after())
    assert attempt == Attempt.objects.get()
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("questions", [3, 30])
def test_starting_takes_a_constant_number_of_statements(questions, django_assert_num_queries):
    round = make_round(questions=questions)
    starting.start_attempt(make_entry(round), round, at=after())
    entry = make_entry(round)
    # Attempts, barred, and BEGIN, the round's lock, paper, attempt, COMMIT; on PostgreSQL the
    # middle three are one.
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 7):
        starting.start_attempt(entry, round, at=after())


@pytest.mark.parametrize("questions", [3, 30])
def test_handing_in_takes_a_constant_number_of_statements(questions, django_assert_num_queries):
    round = make_round(questions=questions)
    first = starting.start_attempt(make_entry(round), round, at=after())
    attempts.hand_in(first, at=after(minutes=1))
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    answer_all(attempt, ["a"], at=after(seconds=3))
    # BEGIN, the attempt, its responses, struck-out questions, the update, COMMIT.
    with django_assert_num_queries(6):
        attempts.hand_in(attempt, at=after(minutes=1))


def test_nobody_starts_before_the_opening_or_after_the_close():
    round = make_round()
    entry = make_entry(round)
    with pytest.raises(Conflict, match="mở lúc 08:00 05/10/2026"):
        starting.start_attempt(entry, round, at=after(minutes=-1))
    with pytest.raises(Conflict, match="đã đóng"):
        starting.start_attempt(entry, round, at=round.closes_at)


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.CLOSED, RoundState.PUBLISHED])
def test_only_a_ready_round_can_be_started(state):
    round = make_round(state=state, published_at=after(minutes=1))
    with pytest.raises(DomainError):
        starting.start_attempt(make_entry(round), round, at=after(minutes=2))
    assert not Attempt.objects.exists()


def test_a_round_closed_between_the_check_and_the_insert(monkeypatch):
    round = make_round()
    entry = make_entry(round)
    type(round).objects.update(state=RoundState.CLOSED)
    with pytest.raises(Conflict):
        starting.start_attempt(entry, round, at=after())
    assert not Paper.objects.exists()


def test_a_start_that_read_the_round_before_its_pool_was_frozen_anew_draws_nothing():
    round = make_round()
    entry = make_entry(round)
    frozen_anew = type(round).objects.get(pk=round.pk)
    frozen_anew.ready_at = after(minutes=-1)
    frozen_anew.save()
    with pytest.raises(Conflict):
        starting.start_attempt(entry, round, at=after())
    assert not Paper.objects.exists()
    assert starting.start_attempt(entry, frozen_anew, at=after()).paper_id


def test_those_who_may_not_enter_are_told_why():
    round = make_round()
    juror = make_entry(round)
    juror.user.groups.add(Group.objects.get_or_create(name=JURY)[0])
    with pytest.raises(NotAllowed, match="Ban Giám khảo”"):
        starting.start_attempt(juror, round, at=after())

    organiser = make_entry(round)
    round.contest.organisers.add(organiser.user)
    with pytest.raises(NotAllowed, match="Ban Tổ chức"):
        starting.start_attempt(organiser, round, at=after())

    invalid = make_entry(round, invalid_at=after(), invalid_reason="trùng số điện thoại")
    with pytest.raises(NotAllowed, match="trùng số điện thoại"):
        starting.start_attempt(invalid, round, at=after())

    exempt = make_entry(round, is_exempt=True, exempt_reason="nghỉ thai sản")
    with pytest.raises(NotAllowed, match="nghỉ thai sản"):
        starting.start_attempt(exempt, round, at=after())


def test_attempts_are_counted_and_paused():
    round = make_round(attempts_allowed=2, min_pause_seconds=600)
    entry = make_entry(round)
    first = starting.start_attempt(entry, round, at=after())
    attempts.hand_in(first, at=after(minutes=5))
    with pytest.raises(Conflict, match="08:15"):
        starting.start_attempt(entry, round, at=after(minutes=14))
    second = starting.start_attempt(entry, round, at=after(minutes=15))
    assert second.number == 2
    attempts.hand_in(second, at=after(minutes=16))
    with pytest.raises(NotAllowed, match="hết số lượt"):
        starting.start_attempt(entry, round, at=after(minutes=40))


def test_attempts_without_limit():
    round = make_round(attempts_allowed=None)
    entry = make_entry(round)
    for minute in range(5):
        attempts.hand_in(
            starting.start_attempt(entry, round, at=after(minutes=minute)), at=after(minutes=minute)
        )
    assert list(entry.attempts.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_handing_in_scores_what_is_stored():
    round = make_round(questions=4)
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    save_answer(attempt.pk, slot=0, choice=["a"], sequence=1, at=after(seconds=5))
    save_answer(attempt.pk, slot=1, choice=["b"], sequence=1, at=after(seconds=6))
    save_answer(attempt.pk, slot=2, choice=["a"], sequence=1, at=after(seconds=7))

    done = attempts.hand_in(attempt, at=after(minutes=2, seconds=1.5))

    done.refresh_from_db()
    assert (done.centipoints, done.correct_count, done.answered_count) == (500, 2, 3)
    assert (done.state, done.finish_kind) == (AttemptState.FINISHED, FinishKind.HANDED_IN)
    assert (done.elapsed_ms, done.finished_at) == (121_500, after(minutes=2, seconds=1.5))


def test_a_struck_out_question_gives_its_points():
    round = make_round(questions=2)
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    RoundQuestion.objects.filter(version_id=attempt.paper.slots[0]["version"]).update(
        struck_out_at=after()
    )
    assert attempts.hand_in(attempt, at=after(minutes=1)).centipoints == 250


def test_handing_in_twice_changes_nothing():
    round = make_round(has_prediction=True)
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    attempts.hand_in(attempt, prediction=320, at=after(minutes=1))
    again = attempts.hand_in(attempt, prediction=999, at=after(minutes=2))
    assert (again.prediction, again.finished_at) == (320, after(minutes=1))


def test_a_prediction_is_a_count():
    round = make_round(has_prediction=True)
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    for wrong in (-1, 10**12):
        with pytest.raises(attempts.InvalidPrediction):
            attempts.hand_in(attempt, prediction=wrong, at=after(minutes=1))
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.IN_PROGRESS
    assert attempts.hand_in(attempt, at=after(minutes=1)).prediction is None


def test_a_round_without_prediction_keeps_none():
    round = make_round()
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    assert attempts.hand_in(attempt, prediction=320, at=after(minutes=1)).prediction is None


def test_within_the_grace_time_has_run_out_but_the_prediction_counts():
    round = make_round(has_prediction=True)
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    done = attempts.hand_in(attempt, prediction=320, at=after(minutes=20, seconds=4))
    assert (done.finish_kind, done.prediction) == (FinishKind.EXPIRED, 320)
    assert (done.finished_at, done.elapsed_ms) == (after(minutes=20), 20 * 60 * 1000)


def test_after_the_grace_nothing_more_is_taken():
    round = make_round(has_prediction=True)
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    done = attempts.hand_in(attempt, prediction=320, at=after(minutes=21))
    assert (done.finish_kind, done.prediction) == (FinishKind.EXPIRED, None)


def test_whoever_looks_first_closes_an_overdue_attempt():
    round = make_round()
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    answer_all(attempt, ["a"], at=after(minutes=19))

    assert attempts.close_if_overdue(attempt, at=attempt.accepts_until).finished_at is None
    done = attempts.close_if_overdue(attempt, at=after(minutes=50))

    assert (done.finish_kind, done.finished_at) == (FinishKind.EXPIRED, after(minutes=20))
    assert done.centipoints == 1000
    assert attempts.close_if_overdue(attempt, at=after(minutes=60)).scored_at == after(minutes=50)


def test_time_given_meanwhile_is_respected():
    """Two people look at a stale row after an organiser has added ten minutes."""
    round = make_round()
    attempt = starting.start_attempt(make_entry(round), round, at=after())
    Attempt.objects.update(
        deadline_at=after(minutes=30), accepts_until=after(minutes=30, seconds=5)
    )
    assert attempts.close_if_overdue(attempt, at=after(minutes=25)).state == "in_progress"


def test_the_worker_closes_all_that_are_overdue_and_no_other():
    first, second = make_round(), make_round(duration_seconds=3600)
    overdue = [
        starting.start_attempt(make_entry(first), first, at=after(seconds=n)) for n in range(5)
    ]
    running = starting.start_attempt(make_entry(second), second, at=after())
    assert attempts.close_overdue_attempts(at=after(minutes=21)) == 5
    assert attempts.close_overdue_attempts(at=after(minutes=21)) == 0
    running.refresh_from_db()
    assert running.state == AttemptState.IN_PROGRESS
    assert {a.finish_kind for a in Attempt.objects.filter(pk__in=[a.pk for a in overdue])} == {
        FinishKind.EXPIRED
    }


def test_closing_a_round_early_finishes_what_is_in_progress():
    round = make_round()
    late = starting.start_attempt(make_entry(round), round, at=after())
    fresh = starting.start_attempt(make_entry(round), round, at=after(minutes=20))
    at = after(minutes=21)
    assert attempts.close_attempts_of_round(round, at=at) == 2
    late.refresh_from_db()
    fresh.refresh_from_db()
    assert (late.finish_kind, late.finished_at) == (FinishKind.EXPIRED, after(minutes=20))
    assert (fresh.finish_kind, fresh.finished_at) == (FinishKind.CLOSED, at)
    assert fresh.elapsed_ms == timedelta(minutes=1) // timedelta(milliseconds=1)
