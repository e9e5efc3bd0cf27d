from datetime import timedelta

import pytest

from core.errors import Conflict
from core.models import AuditEvent
from quizzes import attempts, entries, incidents, results, rounds
from quizzes.enums import AttemptState, FinishKind, QuestionState, RoundState
from quizzes.models import Question
from quizzes.rounds import RoundError
from quizzes.signals import results_published
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

pytestmark = pytest.mark.django_db
BEFORE = OPENS_AT - timedelta(days=1)
CLOSED = after(minutes=121)


def make_prepared_round(**fields):
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=2)], by=None, at=BEFORE)
    return make_draft_round(contest, **fields), make_organiser(contest)


def test_making_ready_freezes_the_approved_questions_as_they_are_now() -> None:
    round, by = make_prepared_round(pool=5)
    Question.objects.filter(pk=Question.objects.first().pk).update(state=QuestionState.DRAFT)
    round = rounds.make_ready(round, by=by, at=BEFORE)
    assert (round.state, round.ready_at, round.pool.count()) == (RoundState.READY, BEFORE, 4)
    assert AuditEvent.objects.get(action="round.ready").data == {"pool_size": 4}
    assert rounds.make_ready(round, by=by, at=BEFORE).pool.count() == 4


def test_a_shortage_names_the_cell_and_what_is_missing() -> None:
    round, by = make_prepared_round(questions=9, pool=6)
    with pytest.raises(RoundError, match=r"Thủ tục hành chính · mọi mức độ.*9 câu.*6 câu.*thiếu 3"):
        rounds.make_ready(round, by=by, at=BEFORE)
    round.refresh_from_db()
    assert round.state == RoundState.DRAFT
    assert not round.pool.exists()


def test_two_cells_cannot_count_the_same_question_twice() -> None:
    round, by = make_prepared_round(questions=4, pool=6)
    cell = round.cells.get()
    round.cells.create(topic=cell.topic, difficulty="easy", question_count=3)
    with pytest.raises(RoundError, match=r"Dễ.*3 câu.*2 câu"):
        rounds.make_ready(round, by=by, at=BEFORE)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"closes_at": BEFORE - timedelta(hours=1), "opens_at": BEFORE - timedelta(days=1)},
            "đã qua",
        ),
        ({"closes_at": OPENS_AT + timedelta(minutes=5)}, "ngắn hơn thời gian làm bài"),
        ({"tie_order": []}, "tiêu chí"),
        ({"tie_order": ["points", "beauty"]}, "beauty"),
        ({"tie_order": ["points", "points"]}, "hai lần"),
        ({"tie_order": ["manual_draw", "points"]}, "cuối cùng"),
    ],
)
def test_a_round_that_cannot_work_is_not_made_ready(fields, words: str) -> None:
    round, by = make_prepared_round(**fields)
    with pytest.raises(RoundError, match=words):
        rounds.make_ready(round, by=by, at=BEFORE)


def test_a_round_without_blueprint_or_people_says_both() -> None:
    round = make_draft_round(make_contest())
    round.cells.all().delete()
    with pytest.raises(RoundError, match=r"Ma trận đề chưa có ô nào.*chưa có thí sinh"):
        rounds.make_ready(round, by=make_organiser(), at=BEFORE)


def test_it_goes_back_to_draft_only_while_nobody_has_a_paper() -> None:
    round, by = make_prepared_round()
    rounds.make_ready(round, by=by, at=BEFORE)
    assert rounds.back_to_draft(round, reason="Sửa đề", by=by, at=BEFORE).state == "draft"
    assert not round.pool.exists()
    round = rounds.make_ready(round, by=by, at=BEFORE)
    take(round.contest.entries.first(), round)
    with pytest.raises(Conflict, match="Đã có người vào thi"):
        rounds.back_to_draft(round, reason="Sửa đề", by=by, at=OPENS_AT)


def test_extending_gives_time_back_to_papers_the_close_had_cut() -> None:
    round = make_open_round(people=2)
    by, (early, late) = make_organiser(), list(round.contest.entries.all())
    cut = take(late, round, at=after(minutes=110), hand_in=False)
    whole = take(early, round, at=after(minutes=95), hand_in=False)
    assert cut.deadline_at == round.closes_at
    rounds.extend_round(
        round,
        closes_at=after(minutes=180),
        reason="Mất mạng toàn phường",
        by=by,
        at=after(minutes=112),
    )
    cut.refresh_from_db()
    whole.refresh_from_db()
    assert cut.deadline_at == after(minutes=130)
    assert cut.accepts_until == cut.deadline_at + timedelta(seconds=round.grace_seconds)
    assert whole.deadline_at == after(minutes=115)


def test_closing_early_or_over_running_papers_needs_a_reason() -> None:
    round = make_open_round()
    attempt = take(round.contest.entries.first(), round, right=3, hand_in=False)
    by = make_organiser()
    with pytest.raises(RoundError, match="lý do"):
        rounds.close_round(round, by=by, at=after(minutes=4))
    run = rounds.close_round(round, by=by, at=after(minutes=4), reason="Mất điện")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.finish_kind) == (AttemptState.FINISHED, FinishKind.CLOSED)
    assert (attempt.elapsed_ms, attempt.centipoints) == (240_000, 750)
    assert (run.person_count, run.standings.get().centipoints) == (1, 750)


def test_after_its_time_a_round_closes_without_a_reason_and_repeating_changes_nothing() -> None:
    round = make_open_round()
    attempt = take(round.contest.entries.first(), round, right=1, hand_in=False)
    by = make_organiser()
    run = rounds.close_round(round, by=by, at=CLOSED)
    attempt.refresh_from_db()
    assert (attempt.finish_kind, attempt.finished_at) == (FinishKind.EXPIRED, attempt.deadline_at)
    assert rounds.close_round(round, by=by, at=CLOSED + timedelta(hours=1)) == run
    assert AuditEvent.objects.filter(action="round.closed").count() == 1


def test_publishing_sends_the_signal_once_and_can_be_taken_back(
    django_capture_on_commit_callbacks,
) -> None:
    round = make_open_round()
    take(round.contest.entries.first(), round, right=4)
    by, heard = make_organiser(), []
    receiver = lambda **kwargs: heard.append((kwargs["quiz_round"].pk, kwargs["run"].number))  # noqa: E731
    results_published.connect(receiver)
    with pytest.raises(Conflict, match="Sẵn sàng"):
        rounds.publish_round(round, by=by, at=CLOSED)
    rounds.close_round(round, by=by, at=CLOSED)
    with django_capture_on_commit_callbacks(execute=True):
        rounds.publish_round(round, by=by, at=CLOSED)
        rounds.publish_round(round, by=by, at=CLOSED)
    assert heard == [(round.pk, 1)]
    back = rounds.unpublish_round(round, reason="Nhầm giải", by=by, at=CLOSED)
    assert (back.state, back.published_at) == (RoundState.CLOSED, None)


def test_a_result_older_than_its_facts_is_not_published() -> None:
    round = make_open_round()
    entry = round.contest.entries.first()
    take(entry, round, right=4)
    by = make_organiser()
    rounds.close_round(round, by=by, at=CLOSED)
    entries.mark_invalid(entry, reason="Thi hộ", by=by, at=CLOSED)
    with pytest.raises(Conflict, match="tính lại"):
        rounds.publish_round(round, by=by, at=CLOSED)
    results.compute_results(round, by=by, at=CLOSED, reason="Thi hộ")
    assert rounds.publish_round(round, by=by, at=CLOSED).person_count == 0


def test_a_reopened_paper_goes_on_and_the_pause_is_not_time_spent() -> None:
    round = make_open_round()
    entry, by = round.contest.entries.first(), make_organiser()
    attempt = take(entry, round, right=2, minutes=5)
    attempt = incidents.reopen_attempt(
        attempt, seconds=600, reason="Mất điện", by=by, at=after(minutes=60)
    )
    assert (attempt.state, attempt.deadline_at) == ("in_progress", after(minutes=70))
    assert (attempt.centipoints, attempt.scored_at) == (None, None)
    again = take(entry, round, right=4, at=after(minutes=62), minutes=3)
    assert again.pk == attempt.pk
    assert again.centipoints == 1000
    assert again.elapsed_ms == (5 + 5) * 60_000
    event = AuditEvent.objects.get(action="attempt.reopened")
    assert event.data["elapsed_ms"] == 300_000


def test_a_published_paper_is_not_reopened() -> None:
    round = make_open_round()
    attempt, by = take(round.contest.entries.first(), round), make_organiser()
    rounds.close_round(round, by=by, at=CLOSED)
    rounds.publish_round(round, by=by, at=CLOSED)
    with pytest.raises(Conflict, match="thu hồi"):
        incidents.reopen_attempt(attempt, seconds=60, reason="x", by=by, at=CLOSED)


def test_reopening_and_extending_wait_for_the_round_before_they_read_the_paper(monkeypatch) -> None:
    round = make_open_round()
    entry, other = round.contest.entries.order_by("pk")[:2]
    done, running = take(entry, round), take(other, round, hand_in=False)
    by = make_organiser()

    def published_meanwhile(quiz_round):
        type(quiz_round).objects.filter(pk=quiz_round.pk).update(
            state=RoundState.PUBLISHED, published_at=after(minutes=9)
        )
        attempts.close_attempts_of_round(quiz_round, at=after(minutes=9))
        return rounds.lock_round(quiz_round)

    monkeypatch.setattr(incidents, "lock_round", published_meanwhile)
    with pytest.raises(Conflict, match="thu hồi"):
        incidents.reopen_attempt(done, seconds=60, reason="x", by=by, at=after(minutes=10))
    with pytest.raises(Conflict, match="kết thúc"):
        incidents.extend_attempt(running, seconds=60, reason="x", by=by, at=after(minutes=10))


def test_a_running_paper_is_extended_past_the_close_and_an_ended_one_is_not() -> None:
    round = make_open_round()
    attempt = take(round.contest.entries.first(), round, at=after(minutes=110), hand_in=False)
    by = make_organiser()
    attempt = incidents.extend_attempt(
        attempt, seconds=300, reason="Hỏng máy", by=by, at=after(minutes=115)
    )
    assert attempt.deadline_at == after(minutes=125)
    assert attempt.extra_seconds == 300
    with pytest.raises(Conflict, match="mở lại"):
        incidents.extend_attempt(attempt, seconds=60, reason="x", by=by, at=after(minutes=200))
    with pytest.raises(RoundError):
        incidents.extend_attempt(attempt, seconds=0, reason="x", by=by, at=after(minutes=116))


def test_a_struck_out_question_gives_everyone_its_points_and_undoing_takes_them_back() -> None:
    round = make_open_round(questions=4, pool=4)
    attempt, by = take(round.contest.entries.first(), round, right=0), make_organiser()
    first = rounds.close_round(round, by=by, at=CLOSED)
    question = round.pool.first()
    incidents.strike_out(question, reason="Kiến nghị số 3", by=by, at=CLOSED)
    assert results.is_stale(round, first)
    second = results.compute_results(round, by=by, at=CLOSED, reason="Kiến nghị số 3")
    assert (second.number, second.standings.get().centipoints) == (2, 250)
    assert first.standings.get().centipoints == 0
    incidents.undo_strike(question, reason="Nhầm câu", by=by, at=CLOSED)
    third = results.compute_results(round, by=by, at=CLOSED, reason="Nhầm câu")
    attempt.refresh_from_db()
    assert (third.standings.get().centipoints, attempt.centipoints) == (0, 0)
