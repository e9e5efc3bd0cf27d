"""Paper codes: frozen with the round, given out evenly, and drawn so that they can be checked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import Conflict
from quizzes import attempts, blueprinting, entries, handing_out, pools, rounds, starting
from quizzes.drawing import draw_paper
from quizzes.enums import PaperSource, RoundState
from quizzes.models import Paper, Question, Round
from tests.quizzes.contest_factories import (
    make_contest,
    make_draft_round,
    make_organiser,
    make_unit,
)
from tests.quizzes.play_factories import OPENS_AT, after, make_entry

pytestmark = pytest.mark.django_db
BEFORE = OPENS_AT - timedelta(days=1)


def make_fixed_round(**fields) -> Round:
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=1)], by=None, at=BEFORE)
    fields = {"paper_source": PaperSource.FIXED, "paper_code_count": 3, **fields}
    round = make_draft_round(contest, questions=4, pool=8, **fields)
    return rounds.make_ready(round, by=make_organiser(contest), at=BEFORE)


def test_making_ready_draws_the_codes_from_seeds_that_draw_them_again() -> None:
    round = make_fixed_round()
    papers = handing_out.fixed_papers(round)
    assert [paper.code for paper in papers] == ["101", "102", "103"]
    assert len({paper.seed for paper in papers}) == 3
    for paper in papers:
        again = draw_paper(
            pools.pool_of(round).cells,
            seed=paper.seed,
            shuffle_questions=True,
            shuffle_options=True,
        )
        assert [slot.version_id for slot in again] == [slot["version"] for slot in paper.slots]
        assert [list(slot.option_order) for slot in again] == [s["options"] for s in paper.slots]


def test_codes_of_one_set_of_questions_differ_in_order_only() -> None:
    round = make_fixed_round(paper_source=PaperSource.FIXED_SAME)
    orders = [tuple(s["version"] for s in p.slots) for p in handing_out.fixed_papers(round)]
    assert len({frozenset(order) for order in orders}) == 1
    assert len({tuple(map(repr, p.slots)) for p in handing_out.fixed_papers(round)}) == 3


def test_a_code_is_given_to_no_one_more_often_than_another() -> None:
    round = make_fixed_round()
    given = [
        starting.start_attempt(make_entry(round), round, at=after()).paper.code for _ in range(7)
    ]
    assert given == ["101", "102", "103", "101", "102", "103", "101"]
    counts = [paper.given_count for paper in handing_out.fixed_papers(round)]
    assert counts == [3, 2, 2]
    assert Paper.objects.count() == 3


def test_who_comes_again_gets_another_code_while_there_is_one() -> None:
    round = make_fixed_round(attempts_allowed=None, paper_code_count=2)
    entry, codes = make_entry(round), []
    for minute in range(3):
        attempt = starting.start_attempt(entry, round, at=after(minutes=minute))
        codes.append(attempt.paper.code)
        attempts.hand_in(attempt, at=after(minutes=minute, seconds=30))
        # Others leave the code that this person had as the least given.
        Paper.objects.filter(code=codes[-1]).update(given_count=0)
        Paper.objects.exclude(code=codes[-1]).update(given_count=5)
    assert codes[:2] == ["101", "102"]
    assert len(codes) == 3


@pytest.mark.parametrize("questions", [3, 6])
def test_starting_with_a_code_takes_as_many_statements_as_with_an_own_paper(
    questions, django_assert_num_queries
) -> None:
    round = make_fixed_round()
    starting.start_attempt(make_entry(round), round, at=after())
    entry = make_entry(round)
    # Attempts, barred, and BEGIN, the round's lock, the code, attempt, COMMIT.
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 7):
        starting.start_attempt(entry, round, at=after())


def test_a_start_that_fails_counts_no_code() -> None:
    round = make_fixed_round()
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)
    with pytest.raises(Conflict):
        starting.start_attempt(make_entry(round), round, at=after())
    assert sum(paper.given_count for paper in handing_out.fixed_papers(round)) == 0


def test_back_to_draft_gives_the_codes_up_and_ready_draws_new_ones() -> None:
    round = make_fixed_round()
    by = make_organiser(round.contest)
    seeds = {paper.seed for paper in handing_out.fixed_papers(round)}
    round = rounds.back_to_draft(round, reason="Sửa ma trận", by=by, at=BEFORE)
    assert not round.papers.exists()
    round = rounds.make_ready(round, by=by, at=BEFORE + timedelta(minutes=1))
    assert seeds.isdisjoint(paper.seed for paper in handing_out.fixed_papers(round))


def test_a_code_never_changes_and_is_there_once() -> None:
    paper = handing_out.fixed_papers(make_fixed_round())[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(code="999")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(round=paper.round, seed=1, slots=[], code="101")


def test_the_constraints_are_frozen_with_the_pool_and_kept_by_every_paper() -> None:
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=1)], by=None, at=BEFORE)
    round = make_draft_round(contest, questions=3, pool=6)
    by = make_organiser(contest)
    first, second, third, *_rest = Question.objects.filter(topic=round.cells.get().topic)
    blueprinting.require_questions(round, [first], by=by, at=BEFORE)
    blueprinting.separate_questions(round, [second, third], group="", by=by, at=BEFORE)
    round = rounds.make_ready(round, by=by, at=BEFORE)
    with pytest.raises(Conflict):
        blueprinting.stop_requiring(round, first.pk, by=by, at=BEFORE)
    for _ in range(20):
        attempt = starting.start_attempt(make_entry(round), round, at=after())
        versions = {slot["version"] for slot in attempt.paper.slots}
        assert first.current_version_id in versions
        assert len({second.current_version_id, third.current_version_id} & versions) <= 1
