from fractions import Fraction
from itertools import combinations, product

import pytest

from quizzes.drawing import Candidate, Cell, Constraints
from quizzes.rehearsing import expected_overlap, rehearse


def cell(cell_id, count, version_ids):
    return Cell(cell_id, count, 100, tuple(Candidate(item) for item in version_ids))


def test_every_question_of_a_cell_is_drawn_about_equally_often():
    times = rehearse([cell(1, 2, range(10))], papers=2000, seed=5).times_of_version
    assert sum(times.values()) == 4000
    assert all(300 < count < 500 for count in times.values())


@pytest.mark.parametrize(
    ("count", "available", "required"), [(2, 5, 0), (3, 6, 1), (4, 4, 0), (1, 7, 0), (2, 4, 2)]
)
def test_the_expected_overlap_is_the_mean_over_all_pairs_of_papers(count, available, required):
    papers = [
        set(paper)
        for paper in combinations(range(available), count)
        if set(range(required)) <= set(paper)
    ]
    shared = [len(one & other) for one, other in product(papers, papers)]
    assert expected_overlap(count, available, required) == Fraction(sum(shared), len(shared))


@pytest.mark.parametrize(("count", "available", "overlap"), [(5, 3, 3), (0, 3, 0), (3, 0, 0)])
def test_a_cell_that_cannot_be_filled_shares_what_there_is(count, available, overlap):
    assert expected_overlap(count, available) == overlap


def test_a_rehearsal_agrees_with_the_formula_and_counts_by_cell():
    cells = [cell(1, 5, range(1, 21)), cell(2, 2, range(21, 31))]
    found = rehearse(cells, papers=1000, seed=3)
    assert sum(found.times[1].values()) == 5000
    assert sum(found.times[2].values()) == 2000
    assert abs(found.mean_overlap - expected_overlap(5, 20) - expected_overlap(2, 10)) < 0.05


def test_a_question_that_never_comes_is_counted_with_nought():
    constraints = Constraints(frozenset({1}), (frozenset({1, 2}),))
    found = rehearse([cell(1, 2, [1, 2, 3])], papers=20, seed=1, constraints=constraints)
    assert dict(found.times[1]) == {1: 20, 2: 0, 3: 20}
    assert found.mean_overlap == 2


def test_the_same_seed_gives_the_same_figures():
    cells = [cell(1, 3, range(9))]
    assert rehearse(cells, papers=30, seed=4) == rehearse(cells, papers=30, seed=4)
    assert rehearse(cells, papers=30, seed=4) != rehearse(cells, papers=30, seed=40)
