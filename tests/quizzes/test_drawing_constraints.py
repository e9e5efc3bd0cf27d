"""Required and kept-apart questions: exact against trying every paper there is."""

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizzes.drawing import (
    Candidate,
    Cell,
    Clash,
    Constraints,
    NotEnoughQuestions,
    RequiredLeftOut,
    cell_shortages,
    draw_paper,
    required_conflicts,
)


def cell(cell_id, count, version_ids):
    return Cell(cell_id, count, 100, tuple(Candidate(item, ("a", "b")) for item in version_ids))


def draw(cells, constraints, seed=1, questions=False):
    paper = draw_paper(
        cells,
        seed=seed,
        shuffle_questions=questions,
        shuffle_options=True,
        constraints=constraints,
    )
    return [slot.version_id for slot in paper]


def only(required=(), *apart):
    return Constraints(frozenset(required), tuple(map(frozenset, apart)))


def papers_there_are(cells, constraints):
    """Whether any paper keeps to everything, by trying them all."""
    choices = [
        combinations(sorted({item.version_id for item in each.candidates}), each.count)
        for each in cells
    ]
    for parts in product(*map(list, choices)):
        paper = [version_id for part in parts for version_id in part]
        if len(set(paper)) < len(paper) or not constraints.required <= set(paper):
            continue
        if all(len(group & set(paper)) <= 1 for group in constraints.apart):
            return True
    return False


cell_lists = st.lists(
    st.tuples(st.integers(0, 3), st.frozensets(st.integers(1, 9), max_size=6)),
    min_size=1,
    max_size=3,
).map(lambda rows: [cell(index, count, sorted(ids)) for index, (count, ids) in enumerate(rows)])


@st.composite
def constraint_sets(draw_one):
    required = draw_one(st.frozensets(st.integers(1, 9), max_size=3))
    groups = draw_one(st.lists(st.integers(0, 3), min_size=9, max_size=9))
    apart = [
        frozenset(index + 1 for index, group in enumerate(groups) if group == number)
        for number in (1, 2)
    ]
    return Constraints(required, tuple(group for group in apart if len(group) > 1))


@given(cell_lists, constraint_sets(), st.integers(0, 2**63 - 1))
def test_a_paper_is_drawn_exactly_when_there_is_one(cells, constraints, seed):
    if papers_there_are(cells, constraints):
        paper = draw(cells, constraints, seed)
        assert len(set(paper)) == len(paper) == sum(each.count for each in cells)
        assert constraints.required <= set(paper)
        assert all(len(group & set(paper)) <= 1 for group in constraints.apart)
        of_cells = iter(paper)
        for each in cells:
            ids = {item.version_id for item in each.candidates}
            assert all(next(of_cells) in ids for _ in range(each.count))
    else:
        with pytest.raises((NotEnoughQuestions, RequiredLeftOut)):
            draw(cells, constraints, seed)


@given(cell_lists, constraint_sets())
def test_what_is_wrong_is_reported_exactly_when_no_paper_can_be_drawn(cells, constraints):
    problems = [*cell_shortages(cells, constraints), *required_conflicts(cells, constraints)]
    assert bool(problems) == (not papers_there_are(cells, constraints))


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(cell_lists, constraint_sets(), st.integers(0, 99), st.booleans())
def test_the_same_seed_draws_the_same(cells, constraints, seed, questions):
    assume(papers_there_are(cells, constraints))
    assert draw(cells, constraints, seed, questions) == draw(cells, constraints, seed, questions)


def test_a_required_question_stands_on_every_paper_in_the_place_of_one_of_its_cell():
    cells = [cell(1, 2, range(1, 11)), cell(2, 2, range(11, 21))]
    papers = [draw(cells, only({4, 15}), seed) for seed in range(200)]
    assert all({4, 15} <= set(paper) and len(paper) == 4 for paper in papers)
    assert {paper.index(4) for paper in papers} == {0, 1}
    others = [item for paper in papers for item in paper if item not in {4, 15}]
    assert set(others) == set(range(1, 21)) - {4, 15}


def test_a_required_question_of_two_cells_moves_over_for_another():
    cells = [cell(1, 1, [1, 2]), cell(2, 1, [2, 3])]
    assert {tuple(draw(cells, only({1, 2}), seed)) for seed in range(20)} == {(1, 2)}


def test_of_questions_kept_apart_each_comes_about_equally_often():
    cells = [cell(1, 3, range(1, 11)), cell(2, 3, range(11, 21))]
    papers = [draw(cells, only((), {1, 2, 11}), seed) for seed in range(2000)]
    times = {item: sum(item in paper for paper in papers) for item in range(1, 21)}
    assert all(len({1, 2, 11} & set(paper)) <= 1 for paper in papers)
    assert abs(times[1] - times[2]) < 120
    assert all(350 < times[item] < 600 for item in (1, 2, 11))
    assert all(550 < times[item] < 760 for item in range(3, 11))


def test_a_required_question_keeps_those_apart_from_it_off_every_paper():
    cells = [cell(1, 2, [1, 2, 3, 4])]
    assert all(2 not in draw(cells, only({1}, {1, 2}), seed) for seed in range(50))


def test_a_question_that_no_cell_draws_from_cannot_be_required():
    (conflict,) = required_conflicts([cell(1, 1, [1, 2])], only({9}))
    assert (conflict.clash, conflict.version_ids) == (Clash.NO_CELL, (9,))


def test_required_questions_that_are_kept_apart_are_named():
    (conflict,) = required_conflicts([cell(1, 3, [1, 2, 3])], only({1, 2}, {1, 2, 3}))
    assert (conflict.clash, conflict.version_ids) == (Clash.KEPT_APART, (1, 2))


def test_more_required_questions_than_places_are_named_with_their_cell():
    cells = [cell(1, 2, [1, 2, 3, 4]), cell(2, 5, range(10, 20))]
    (conflict,) = required_conflicts(cells, only({1, 2, 3, 12}))
    assert (conflict.clash, conflict.version_ids) == (Clash.NO_ROOM, (1, 2, 3))
    assert (conflict.cell_ids, conflict.room) == ((1,), 2)


def test_a_cell_too_small_only_because_of_questions_kept_apart_says_so():
    cells = [cell(1, 3, [1, 2, 3])]
    (shortage,) = cell_shortages(cells, only((), {1, 2}))
    assert (shortage.needed, shortage.available, shortage.by_apart) == (3, 2, True)
    (shortage,) = cell_shortages([cell(1, 4, [1, 2, 3])], only((), {1, 2}))
    assert (shortage.available, shortage.by_apart) == (2, False)


def test_a_question_is_in_one_group_at_most():
    with pytest.raises(ValueError, match="two groups"):
        only((), {1, 2}, {2, 3})
