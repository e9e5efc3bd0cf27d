"""The figures of questions against published worked examples, and what must hold of any data."""

import random
import statistics as reference
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.item_analysis import Answer, ScoreGroup, Tally, item_rest_correlation, score_groups
from quizzes.reliability import MAX_FORMS, FormTally, RandomTally, cronbach_alpha

# K. L. Wuensch, East Carolina University, "The Kuder-Richardson 20" (StatHelp/KR20.txt): ten
# students, ten questions. Published: p and pq of each item, variance of the totals 5.84.
WUENSCH = [
    [1, 1, 1, 1, 1, 1, 0, 1, 1, 0],
    [1, 0, 1, 1, 0, 1, 1, 1, 0, 1],
    [1, 1, 1, 1, 0, 1, 1, 0, 0, 1],
    [0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
    [0, 0, 0, 0, 0, 1, 0, 0, 1, 0],
    [1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
    [1, 1, 0, 1, 1, 1, 0, 1, 1, 1],
    [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
    [0, 1, 0, 1, 1, 1, 1, 1, 0, 1],
    [1, 1, 0, 1, 1, 0, 1, 1, 1, 0],
]
WUENSCH_P = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6]

# "Example calculation of Cronbach's alpha and Standard Error of Measurement", the worksheet that
# goes with Tighe, McManus et al. 2010 (BMC Medical Education 10:40): five persons, ten items.
# Published: alpha 0.619658, SEM 1.40633, variance of the totals 5.2, mean 5.8.
TIGHE = [
    [0, 1, 0, 1, 1, 1, 0, 0, 1, 0],
    [1, 0, 0, 0, 0, 0, 0, 1, 1, 0],
    [1, 0, 0, 1, 1, 1, 0, 1, 1, 1],
    [1, 0, 1, 0, 0, 1, 0, 1, 0, 1],
    [1, 1, 1, 1, 1, 1, 0, 1, 1, 1],
]

# J. D. Brown 2001, "Point-biserial correlation coefficients" (Shiken, JALT Testing & Evaluation
# SIG Newsletter 5(3)), table 2: totals of eight students and two of their items.
# Published: means 45 and 30 of those right and wrong in item 1, deviation 8.29, r .91 (.9045 before
# its rounding), of item 2 -.91; item 3, which all had right, .00.
BROWN_TOTALS = [50, 45, 45, 40, 35, 30, 30, 25]


def as_answers(row: list[int], *, points: int = 100, **fields) -> list[Answer]:
    return [
        Answer(number, share * points, points, True, ("a",) if share else ("b",), None)
        for number, share in enumerate(row, start=1)
    ]


def tally_of(rows: list[list[int]], **options) -> Tally:
    tally = Tally(**options)
    for row in rows:
        tally.add(as_answers(row), unit=1, title="")
    return tally


def test_kr20_of_the_published_quiz() -> None:
    found = cronbach_alpha(WUENSCH)
    assert found is not None
    assert found.is_dichotomous
    assert found.deviation**2 * 9 / 10 == pytest.approx(5.84)
    assert found.coefficient == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))
    figures = tally_of(WUENSCH).figures()
    assert [item.facility for item in figures] == pytest.approx(WUENSCH_P)


def test_alpha_and_standard_error_of_the_published_worksheet() -> None:
    found = cronbach_alpha(TIGHE)
    assert found is not None
    assert found.coefficient == pytest.approx(0.619658, abs=1e-6)
    assert found.sem == pytest.approx(1.40633, abs=1e-5)
    assert (found.mean, found.deviation**2) == pytest.approx((5.8, 5.2))
    form = tally_of(TIGHE).forms.forms()[0][1]
    assert form.coefficient == pytest.approx(found.coefficient)
    assert form.sem == pytest.approx(140.633, abs=1e-3)


@pytest.mark.parametrize(
    ("item", "published"),
    [([1, 1, 1, 1, 0, 0, 0, 0], 0.91), ([0, 0, 0, 0, 1, 1, 1, 1], -0.91)],
)
def test_point_biserial_of_the_published_table(item: list[int], published: float) -> None:
    assert item_rest_correlation(item, BROWN_TOTALS) == pytest.approx(published, abs=0.006)


def test_a_question_that_all_had_right_discriminates_nothing() -> None:
    assert item_rest_correlation([1] * 8, BROWN_TOTALS) is None


def test_discrimination_is_taken_with_the_rest_of_the_paper() -> None:
    for item in tally_of(WUENSCH).figures():
        column = item.version_id - 1
        shares = [row[column] for row in WUENSCH]
        rests = [(sum(row) - row[column]) / 9 for row in WUENSCH]
        assert item.discrimination == pytest.approx(reference.correlation(shares, rests))


def test_a_random_draw_of_right_or_wrong_questions_is_kr21() -> None:
    tally = RandomTally()
    for row in WUENSCH:
        tally.add(row)
    found = tally.reliability()
    assert found is not None
    mean, variance, n = 6.6, 5.84, 10
    # KR-21 with the two variances it mixes told apart (n for the persons' errors, n-1 for spread).
    kr21 = 1 - (mean * (10 - mean) - variance) / (9 * variance * n / (n - 1))
    assert found.coefficient == pytest.approx(kr21)
    within = reference.mean(sum(row) / 10 * (1 - sum(row) / 10) for row in WUENSCH) / 9
    assert found.sem == pytest.approx(sqrt(within))


def test_papers_of_their_own_have_no_alpha() -> None:
    tally = FormTally()
    for person in range(MAX_FORMS + 1):
        tally.add({person: 1.0, person + 1: 0.0})
    assert tally.form_count is None
    assert tally.forms() == []


def test_each_fixed_paper_has_its_own_alpha() -> None:
    tally = FormTally()
    for row in WUENSCH:
        tally.add({item: float(value) for item, value in enumerate(row)})
    for row in TIGHE:
        tally.add({item + 5: float(value) for item, value in enumerate(row)})
    assert tally.form_count == 2
    assert [form.person_count for _, form in tally.forms()] == [10, 5]
    assert [form.person_count for _, form in tally.forms(at_least=6)] == [10]


def test_a_struck_out_question_counts_in_no_total() -> None:
    without = [row[1:] for row in WUENSCH]
    plain = {item.version_id: item for item in tally_of(without).figures()}
    struck = {
        item.version_id: item for item in tally_of(WUENSCH, struck_out=frozenset({1})).figures()
    }
    assert struck[1].facility == pytest.approx(0.7)
    assert [struck[number].discrimination for number in range(2, 11)] == pytest.approx(
        [plain[number].discrimination for number in range(1, 10)]
    )
    rests = [sum(row[1:]) / 9 for row in WUENSCH]
    assert struck[1].discrimination == pytest.approx(
        reference.correlation([row[0] for row in WUENSCH], rests)
    )


def test_random_papers_recover_what_one_paper_shows() -> None:
    """Able people do better on every question, whichever half of the pool they were given."""
    source = random.Random(7)
    tally = Tally()
    for _ in range(3000):
        ability = source.random()
        numbers = source.sample(range(1, 41), 20)
        answers = [
            Answer(number, 100 * (source.random() < ability), 100, True, None, None)
            for number in numbers
        ]
        tally.add(answers, unit=1, title="")
    figures = tally.figures()
    assert all(0.4 < item.facility < 0.6 for item in figures)
    assert all((item.discrimination or 0) > 0.4 for item in figures)
    found = tally.random.reliability()
    assert found is not None
    # Var(p)/(Var(p) + E[p(1-p)]/20) with p uniform: 1/12 over 1/12 + 1/120.
    assert found.coefficient == pytest.approx(10 / 11, abs=0.02)
    assert tally.forms.form_count is None


@given(
    st.lists(
        st.lists(st.sampled_from([0, 25, 50, 100]), min_size=3, max_size=3), min_size=0, max_size=25
    )
)
def test_figures_stay_in_their_ranges(rows: list[list[int]]) -> None:
    tally = Tally()
    for index, row in enumerate(rows):
        answers = [
            Answer(number, value, 100, value > 0, (str(value),), value)
            for number, value in enumerate(row)
        ]
        tally.add(answers, unit=index % 2, title="")
    for item in tally.figures():
        assert 0 <= item.facility <= 1
        assert item.discrimination is None or -1 <= item.discrimination <= 1
        assert sum(item.groups) == item.shown_count == len(rows)
        assert sum(map(sum, item.choices.values())) == len(rows)
        assert sum(group.person_count for group in item.units.values()) == len(rows)
    for found in [*(value for _, value in tally.forms.forms()), tally.random.reliability()]:
        if found is not None:
            assert found.coefficient <= 1 + 1e-9
            assert found.sem >= 0


@given(st.dictionaries(st.integers(0, 10_000), st.integers(1, 50), min_size=1))
def test_equal_scores_stay_together_and_groups_are_in_order(scores: dict[int, int]) -> None:
    groups = score_groups(scores)
    in_order = [groups[score] for score in sorted(scores)]
    assert in_order == sorted(in_order)
    assert in_order[-1] is ScoreGroup.BEST
    count = sum(scores.values())
    best = sum(number for score, number in scores.items() if groups[score] is ScoreGroup.BEST)
    assert 4 * best >= count


def test_the_time_needs_half_of_those_who_answered() -> None:
    tally = Tally()
    for seconds in (10, 20, None, None, 40):
        tally.add([Answer(1, 0, 100, True, None, seconds)], unit=1, title="")
    assert tally.figures()[0].median_seconds == 20
    tally.add([Answer(1, 0, 100, True, None, None)], unit=1, title="")
    tally.add([Answer(1, 0, 100, True, None, None)], unit=1, title="")
    assert tally.figures()[0].median_seconds is None
