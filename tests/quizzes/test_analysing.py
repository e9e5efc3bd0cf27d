"""From the answers of a closed round to the figures that are kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.jobs import start_job
from core.models import Job
from quizzes import (
    analysing,
    answering,
    attempts,
    entries,
    incidents,
    pools,
    results,
    rounds,
    starting,
)
from quizzes.analysis_papers import seconds_spent
from quizzes.models import Attempt, Entry, EssayMark, ItemStatistic, Round
from quizzes.tasks import analyse_questions
from tests.quizzes.contest_factories import make_open_round
from tests.quizzes.play_factories import OPENS_AT, after, make_entry, make_round, make_user

pytestmark = pytest.mark.django_db

CLOSED = after(minutes=180)


def answer(entry: Entry, round: Round, choices: dict[int, str], *, seconds: int = 20) -> Attempt:
    """Choose by question id, one every ``seconds``; the others are left out."""
    attempt = starting.start_attempt(entry, round, at=OPENS_AT)
    slots = [slot["version"] for slot in attempt.paper.slots]
    at = OPENS_AT
    for place, version in enumerate(slots):
        if version in choices:
            at += timedelta(seconds=seconds)
            answering.save_answers(
                attempt.pk,
                [answering.Answer(place, [choices[version]], answering.to_sequence(at))],
                at=at,
            )
    return attempts.hand_in(attempt, at=at + timedelta(seconds=10), prediction=None)


def make_answered_round(*, people: int = 12, units: int = 2, questions: int = 4) -> Round:
    """One paper for all. Person i has the first i % (questions + 1) questions right: question 1 is
    the easiest; and at the last one the best choose "c", a wrong option."""
    round = make_open_round(
        people=people // units, units=units, questions=questions, pool=questions
    )
    versions = list(round.pool.order_by("pk").values_list("version_id", flat=True))
    for index, entry in enumerate(round.contest.entries.order_by("pk")):
        right = index % (questions + 1)
        choices = {version: "a" if place < right else "b" for place, version in enumerate(versions)}
        if right >= questions - 1:
            choices[versions[-1]] = "c"
        answer(entry, round, choices)
    rounds.close_round(round, by=None, at=CLOSED)
    round.refresh_from_db()
    return round


def analysed(round: Round) -> list[ItemStatistic]:
    run = results.current_run(round)
    assert run is not None
    return list(analysing.analyse_run(run, at=CLOSED).items.order_by("version_id"))


def test_each_question_has_its_figures() -> None:
    round = make_answered_round(people=20)
    items = analysed(round)
    assert [item.shown_count for item in items] == [20] * 4
    # Of every five people four have the first question right, three the second, two the third.
    assert [item.facility_basis_points for item in items] == [8000, 6000, 4000, 0]
    assert items[0].discrimination_thousandths is not None
    assert items[0].discrimination_thousandths > 0
    assert items[3].discrimination_thousandths is None
    assert items[0].median_seconds == 20
    counts = {code: sum(counts) for code, _, counts in items[3].details["parts"]}
    assert counts == {"a": 0, "b": 12, "c": 8, "d": 0}


def test_a_wrong_option_that_the_best_choose_is_flagged_first() -> None:
    items = analysed(make_answered_round(people=20))
    assert items[3].flags[0] == "misleading"
    assert "misleading" not in items[0].flags


def test_reliability_is_said_where_all_took_one_paper() -> None:
    round = make_answered_round(people=20)
    analysed(round)
    summary = results.current_run(round).item_analysis.summary
    assert summary["reliability"]["form_count"] == 1
    form = summary["reliability"]["forms"][0]
    assert (form["persons"], form["items"], form["is_kr20"]) == (20, 4, True)
    # By hand: totals 0, 1, 2, 3, 3 of every five; p·q .16, .24, .24, 0; their variance 1.36.
    assert form["coefficient"] == round_half(1000 * 4 / 3 * (1 - 0.64 / 1.36))


def round_half(value: float) -> int:
    return int(value + 0.5)


def test_invalid_entries_and_uncounted_attempts_are_left_out() -> None:
    round = make_answered_round()
    entry = round.contest.entries.order_by("pk").first()
    entries.mark_invalid(entry, by=None, at=CLOSED, reason="Trùng thí sinh")
    results.compute_results(round, by=None, at=CLOSED)
    assert {item.shown_count for item in analysed(round)} == {11}


def test_a_struck_out_question_stands_apart() -> None:
    round = make_answered_round(people=20)
    first = analysed(round)
    item = round.pool.get(version=first[3].version_id)
    incidents.strike_out(item, by=None, at=CLOSED, reason="Đáp án sai")
    results.compute_results(round, by=None, at=CLOSED)
    run = results.current_run(round)
    assert analysing.analysis_of(run) is None
    again = analysed(round)
    assert [item.is_struck_out for item in again] == [False, False, False, True]
    assert again[3].facility_basis_points == 0
    assert analysing.analysis_of(run) is not None
    assert run.item_analysis.summary["reliability"]["forms"][0]["items"] == 3


def test_small_units_and_job_titles_are_held_back() -> None:
    round = make_answered_round(people=12, units=2)
    Entry.objects.filter(pk=round.contest.entries.first().pk).update(job_title="Chủ tịch")
    run = results.current_run(round)
    analysing.analyse_run(run, at=CLOSED)
    summary = run.item_analysis.summary
    assert [row[1] for row in summary["units"]["rows"]] == [6, 6]
    # One chairman and eleven others: neither is shown, the one follows from the other.
    assert summary["titles"] == {"rows": [], "hidden": 2}
    assert {item.details["titles"]["hidden"] for item in run.item_analysis.items.all()} == {2}


def test_spellings_of_one_job_title_are_one_group() -> None:
    round = make_answered_round(people=12)
    pks = list(round.contest.entries.values_list("pk", flat=True))
    Entry.objects.filter(pk__in=pks[:6]).update(job_title="Chuyên viên")
    Entry.objects.filter(pk__in=pks[6:]).update(job_title=" chuyên  VIÊN")
    run = results.current_run(round)
    analysing.analyse_run(run, at=CLOSED)
    assert [row[1] for row in run.item_analysis.summary["titles"]["rows"]] == [12]


def test_the_mean_of_attempts_takes_the_last_paper() -> None:
    round = make_open_round(
        people=10, questions=4, pool=4, attempt_counting="mean", attempts_allowed=2
    )
    versions = list(round.pool.values_list("version_id", flat=True))
    for entry in round.contest.entries.all():
        answer(entry, round, dict.fromkeys(versions, "b"))
    entry = round.contest.entries.first()
    attempt = starting.start_attempt(entry, round, at=after(minutes=60))
    answering.save_answers(
        attempt.pk,
        [answering.Answer(slot, ["a"], 10**15) for slot in range(4)],
        at=after(minutes=61),
    )
    attempts.hand_in(attempt, at=after(minutes=62), prediction=None)
    rounds.close_round(round, by=None, at=CLOSED)
    items = analysed(Round.objects.get(pk=round.pk))
    assert {item.facility_basis_points for item in items} == {1000}


def test_the_number_of_statements_does_not_grow() -> None:
    counts = []
    for people in (2, 12):
        round = make_answered_round(people=people)
        run = results.current_run(round)
        with CaptureQueriesContext(connection) as captured:
            analysing.analyse_run(run, at=CLOSED)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


def test_the_job_analyses_and_says_when_done() -> None:
    round = make_answered_round()
    run = results.current_run(round)
    job = start_job(
        analyse_questions,
        kind=analysing.ANALYSIS_JOB,
        by=None,
        at=CLOSED,
        parameters={"run": run.pk},
        total_count=run.person_count,
    )
    analyse_questions(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert analysing.analysis_of(run) is not None


def test_an_essay_counts_once_it_is_marked() -> None:
    round = make_round(questions=2, kinds=("essay", "single_choice"), shuffle_questions=False)
    for name in ("Nguyễn Thị Ước", "Trần Văn Bình"):
        attempt = starting.start_attempt(make_entry(round, make_user(name)), round, at=OPENS_AT)
        for place, item in enumerate(pools.sheet_of_attempt(attempt.pk)):
            is_essay = item.version.kind == "essay"
            answering.save_answer(
                attempt.pk,
                slot=place,
                choice="Bài viết" if is_essay else ["a"],
                sequence=7,
                at=after(minutes=1),
            )
            slot = place if is_essay else 1 - place
        attempts.hand_in(attempt, at=after(minutes=5), prediction=None)
    rounds.close_round(round, by=None, at=CLOSED)
    round.refresh_from_db()
    assert [item.version.kind for item in analysed(round)] == ["single_choice"]
    EssayMark.objects.create(
        attempt=attempt,
        slot=slot,
        answer_sequence=7,
        centipoints=200,
        max_centipoints=250,
        marked_by=make_user("Đỗ Văn Quyết"),
        marked_at=CLOSED,
    )
    essay = next(item for item in analysed(round) if item.version.kind == "essay")
    assert (essay.shown_count, essay.facility_basis_points) == (1, 8000)
    assert essay.details["parts"] == []


@pytest.mark.parametrize(
    ("received", "seconds"),
    [
        ({0: 110, 1: 130, 2: 160}, {0: 10, 1: 20, 2: 30}),
        ({2: 110, 0: 130}, {2: 10, 0: 20}),
        # Two that came together say nothing; the next is counted from them.
        ({0: 110, 1: 110, 2: 125}, {2: 15}),
        # Away for an hour; and a clock that went back.
        ({0: 110, 1: 5000}, {0: 10}),
        ({0: 90}, {}),
        ({}, {}),
    ],
)
def test_time_is_the_gap_between_saves(received: Any, seconds: Any) -> None:
    assert seconds_spent(100, received, at_most=3600) == seconds
