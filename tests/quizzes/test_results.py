from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Conflict
from quizzes import entries, result_facts, results, rounds
from quizzes.enums import RoundState
from quizzes.models import Attempt, Award, ResultRun, Round
from tests.quizzes.contest_factories import (
    OPENS_AT,
    after,
    make_contest,
    make_open_round,
    make_organiser,
    take,
)

pytestmark = pytest.mark.django_db
CLOSED = after(minutes=121)


def close(round, by=None):
    return rounds.close_round(round, by=by, at=CLOSED)


def board(run):
    """(full name, rank, decided by), in order."""
    return [
        (standing.entry.full_name, standing.rank, standing.decided_by)
        for standing in run.standings.select_related("entry")
    ]


def test_persons_are_ranked_by_points_then_time_and_each_rank_says_what_decided_it() -> None:
    round = make_open_round(people=4)
    one, two, three, four = round.contest.entries.order_by("pk")
    take(one, round, right=2)
    take(two, round, right=4, minutes=9)
    take(three, round, right=4, minutes=7)
    take(four, round, right=2, hand_in=False, at=after(minutes=50))
    run = close(round)
    assert board(run) == [
        (three.full_name, 1, "elapsed_ms"),
        (two.full_name, 2, "elapsed_ms"),
        (one.full_name, 3, "points"),
        (four.full_name, 4, "elapsed_ms"),
    ]
    assert list(run.standings.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_the_equal_share_a_rank_until_a_lot_is_drawn() -> None:
    round = make_open_round(people=3, tie_order=["points", "manual_draw"])
    people = list(round.contest.entries.order_by("pk"))
    for entry in people:
        take(entry, round, right=3)
    run, by = close(round), make_organiser()
    assert [row[1:] for row in board(run)] == [(1, ""), (1, ""), (1, "")]
    for order, entry in enumerate(reversed(people), start=1):
        entries.set_draw_order(entry, order=order, witness="Bà Lê Thị Chứng", by=by, at=CLOSED)
    run = results.compute_results(round, by=by, at=CLOSED, reason="Bốc thăm")
    assert [name for name, _, _ in board(run)] == [entry.full_name for entry in reversed(people)]
    assert {decided for _, _, decided in board(run)} == {"manual_draw"}


def test_predictions_are_compared_with_the_people_who_took_part() -> None:
    round = make_open_round(
        people=3, has_prediction=True, tie_order=["points", "prediction_distance"]
    )
    near, far, none = round.contest.entries.order_by("pk")
    take(none, round, right=4)
    take(far, round, right=4, prediction=300)
    take(near, round, right=4, prediction=2)
    run = close(round)
    assert run.prediction_answer == 3
    assert [name for name, _, _ in board(run)] == [near.full_name, far.full_name, none.full_name]
    assert list(run.standings.values_list("prediction_distance", flat=True)) == [1, 297, None]


@pytest.mark.parametrize(
    ("target", "counts_invalid", "answer"),
    [
        ("participants", False, 2),
        ("participants", True, 3),
        ("attempts", False, 2),
        ("all_correct", False, 1),
        ("all_correct", True, 2),
    ],
)
def test_what_is_predicted_is_the_contest_s_choice(target, counts_invalid, answer) -> None:
    round = make_open_round(
        people=3,
        has_prediction=True,
        prediction_target=target,
        prediction_counts_invalid=counts_invalid,
    )
    one, two, three = round.contest.entries.order_by("pk")
    take(one, round, right=4, prediction=1)
    take(two, round, right=3, prediction=1)
    take(three, round, right=4, prediction=1)
    entries.mark_invalid(three, reason="Sai đối tượng", by=make_organiser(), at=CLOSED)
    assert close(round).prediction_answer == answer


@pytest.mark.parametrize(
    ("counting", "centipoints"), [("best", 750), ("first", 500), ("last", 250), ("mean", 500)]
)
def test_which_of_several_attempts_counts(counting: str, centipoints: int) -> None:
    round = make_open_round(attempts_allowed=None, attempt_counting=counting)
    entry = round.contest.entries.first()
    for index, right in enumerate([2, 3, 1]):
        take(entry, round, right=right, at=after(minutes=10 * index))
    run = close(round)
    assert (run.person_count, run.attempt_count) == (1, 3)
    assert run.standings.get().centipoints == centipoints
    assert (run.standings.get().attempt is None) == (counting == "mean")


def test_an_invalid_entry_is_left_out_and_comes_back_and_every_run_is_kept() -> None:
    round = make_open_round(people=2)
    one, two = round.contest.entries.order_by("pk")
    take(one, round, right=4)
    take(two, round, right=2)
    first, by = close(round), make_organiser()
    entries.mark_invalid(one, reason="Thi hộ", by=by, at=CLOSED)
    second = results.compute_results(round, by=by, at=CLOSED, reason="Thi hộ")
    assert [row[0] for row in board(second)] == [two.full_name]
    assert second.statistics["invalid_persons"] == 1
    entries.restore(one, reason="Đã xác minh", by=by, at=CLOSED)
    third = results.compute_results(round, by=by, at=CLOSED, reason="Đã xác minh")
    assert board(third) == board(first)
    assert [run.is_current for run in round.result_runs.order_by("number")] == [False, False, True]
    assert third.digest == first.digest


def test_the_same_facts_make_no_second_run() -> None:
    round = make_open_round(people=2)
    for entry in round.contest.entries.all():
        take(entry, round, right=2)
    run = close(round)
    Attempt.objects.update(centipoints=1, correct_count=0)
    assert results.compute_results(round, by=None, at=CLOSED + timedelta(hours=1)) == run
    assert set(Attempt.objects.values_list("centipoints", flat=True)) == {500}
    assert ResultRun.objects.count() == 1


def test_an_open_round_has_no_result_yet() -> None:
    with pytest.raises(Conflict, match="chưa đóng"):
        results.compute_results(make_open_round(), by=None, at=CLOSED)


def test_units_are_ranked_in_their_block_by_participation_then_mean() -> None:
    contest = make_contest(min_participation_basis_points=5000)
    round = make_open_round(contest, units=4, people=2)
    units = list(contest.units.order_by("pk"))
    full, low = units[0], units[2]
    for entry in full.entries.all():
        take(entry, round, right=3)
    by = make_organiser()
    entries.set_headcount(low, headcount=10, reason="Danh sách cũ", by=by, at=OPENS_AT)
    take(low.entries.first(), round, right=4)
    run = close(round, by)
    rows = {row.contest_unit_id: row for row in run.unit_standings.all()}
    assert (rows[full.pk].rank, rows[full.pk].participation_basis_points) == (1, 10_000)
    assert rows[full.pk].mean_centipoints == 750
    assert rows[low.pk].rank is None
    assert rows[low.pk].unranked_reason == "low_participation"
    assert {row.block_name for row in rows.values()} == {"Khối hành chính", "Khối cấp xã"}


def test_exempt_people_count_in_neither_part_of_their_unit_s_fraction() -> None:
    round = make_open_round(people=3)
    one, two, _ = round.contest.entries.order_by("pk")
    take(one, round, right=3)
    take(two, round, right=1)
    entries.exempt(two, reason="Đi học", by=make_organiser(), at=CLOSED)
    run = close(round)
    row = run.unit_standings.get()
    assert (row.headcount, row.exempt_count, row.finished_count) == (3, 1, 1)
    assert row.participation_basis_points == 5000
    assert run.person_count == 2


def test_the_figures_keep_persons_and_attempts_apart_and_add_up() -> None:
    round = make_open_round(people=3, units=3, attempts_allowed=2)
    for index, entry in enumerate(round.contest.entries.order_by("pk")[:7]):
        take(entry, round, right=index % 5, at=after(minutes=index))
        if index == 0:
            take(entry, round, right=4, at=after(minutes=30))
    figures = close(round).statistics
    assert (figures["persons"], figures["attempts"], figures["listed"]) == (7, 8, 9)
    assert (figures["units"], figures["units_taking_part"]) == (3, 3)
    assert sum(day["count"] for day in figures["by_day"]) == 8
    for name in ("bands", "histogram", "by_block", "by_day", "by_hour"):
        assert sum(row["basis_points"] for row in figures[name]) == 10_000, name
    assert figures["max_centipoints"] == 1000


@pytest.mark.parametrize("people", [1, 6])
def test_a_computation_takes_a_constant_number_of_statements(people: int) -> None:
    round = make_open_round(people=people)
    for entry in round.contest.entries.all():
        take(entry, round, right=2)
    Round.objects.update(state=RoundState.CLOSED)
    Attempt.objects.update(scored_at=None)
    result_facts.prepared_slots(round, [], frozenset())
    with CaptureQueriesContext(connection) as captured:
        results.compute_results(round, by=None, at=CLOSED)
    assert len(captured) == 22


def test_a_person_sees_points_and_rank_only_when_they_may_be_seen() -> None:
    round = make_open_round()
    entry = round.contest.entries.first()
    Award.objects.create(round=round, name="Giải Nhất", rank_from=1, rank_to=1)
    take(entry, round, right=4)
    (before,) = results.results_of(entry, at=after(minutes=30))
    assert (before.is_shown, before.standing, len(before.attempts)) == (False, None, 1)
    close(round)
    rounds.publish_round(round, by=make_organiser(), at=CLOSED)
    (shown,) = results.results_of(entry, at=CLOSED)
    assert (shown.is_shown, shown.standing.rank, shown.award.name) == (True, 1, "Giải Nhất")
