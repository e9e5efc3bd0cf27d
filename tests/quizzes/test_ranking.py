import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import enums
from quizzes.ranking import (
    AttemptFact,
    AttemptRule,
    Criterion,
    PredictionCounts,
    PredictionKind,
    RankFact,
    counted_attempt,
    prediction_distance,
    prediction_target,
    rank,
)

T0 = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
moments = st.integers(0, 3).map(lambda n: T0 + timedelta(seconds=n))
small = st.integers(0, 3)
missing_or = st.none() | small


def fact(entry_id, centipoints=4000, elapsed_ms=60_000, **other):
    values = {
        "correct_count": 40,
        "prediction_distance": None,
        "finished_at": T0,
        "entered_at": T0,
        "draw_order": None,
    }
    return RankFact(
        entry_id=entry_id, centipoints=centipoints, elapsed_ms=elapsed_ms, **(values | other)
    )


fact_lists = st.lists(
    st.builds(
        fact, st.integers(1, 99), small, small, correct_count=small,
        prediction_distance=missing_or, finished_at=moments, entered_at=moments,
        draw_order=missing_or,
    ),
    max_size=12,
    unique_by=lambda each: each.entry_id,
)  # fmt: skip
criteria_lists = st.lists(st.sampled_from(Criterion), unique=True)

P, T, D = Criterion.POINTS, Criterion.ELAPSED_MS, Criterion.PREDICTION_DISTANCE


def test_the_codes_are_those_that_organisers_choose_from():
    assert [item.value for item in Criterion] == enums.TieCriterion.values
    assert [item.value for item in AttemptRule] == enums.AttemptCounting.values
    assert [item.value for item in PredictionKind] == enums.PredictionTarget.values


def test_points_then_time_then_prediction_and_each_place_says_what_decided():
    table = rank(
        [
            fact(1, 3900, 10_000),
            fact(2, 4000, 50_000, prediction_distance=7),
            fact(3, 4000, 50_000, prediction_distance=2),
            fact(4, 4000, 40_000),
        ],
        [P, T, D],
    )
    assert [(r.entry_id, r.rank, r.decided_by) for r in table] == [
        (4, 1, T),
        (3, 2, T),
        (2, 3, D),
        (1, 4, P),
    ]


def test_the_equal_share_a_rank_and_the_next_rank_is_skipped():
    table = rank([fact(3), fact(1), fact(2, 3000)], [P, T])
    assert [(r.entry_id, r.position, r.rank, r.shared, r.decided_by) for r in table] == [
        (1, 1, 1, True, None),
        (3, 2, 1, True, None),
        (2, 3, 3, False, P),
    ]


def test_no_prediction_loses_that_criterion_only():
    facts = [
        fact(1, prediction_distance=None, elapsed_ms=1),
        fact(2, prediction_distance=10**9, elapsed_ms=9),
        fact(3, prediction_distance=None, elapsed_ms=5),
        fact(4, centipoints=3000, prediction_distance=0),
    ]
    assert [r.entry_id for r in rank(facts, [P, D, T])] == [2, 1, 3, 4]


def test_one_alone_and_none_at_all():
    assert rank([], [P]) == []
    (only,) = rank([fact(1)], [P])
    assert (only.rank, only.shared, only.decided_by) == (1, False, None)


def test_a_lot_drawn_by_hand_separates_the_last_ties():
    table = rank(
        [fact(1, draw_order=2), fact(2, draw_order=1), fact(3)], [P, Criterion.MANUAL_DRAW]
    )
    assert [r.entry_id for r in table] == [2, 1, 3]
    assert {r.decided_by for r in table} == {Criterion.MANUAL_DRAW}


def test_an_entry_cannot_stand_twice():
    with pytest.raises(ValueError, match="once"):
        rank([fact(1), fact(1)], [P])


@given(fact_lists, criteria_lists, st.randoms())
def test_the_order_in_which_facts_come_does_not_matter(facts, criteria, rng):
    shuffled = facts[:]
    rng.shuffle(shuffled)
    assert rank(shuffled, criteria) == rank(facts, criteria)


@given(fact_lists, criteria_lists)
def test_a_rank_is_one_more_than_the_number_of_those_ahead(facts, criteria):
    table = rank(facts, criteria)
    assert [r.position for r in table] == list(range(1, len(facts) + 1))
    for place in table:
        sharers = [r for r in table if r.rank == place.rank]
        assert place.rank == 1 + sum(r.rank < place.rank for r in table)
        assert place.shared == (len(sharers) > 1)
        assert (place.decided_by is None) == (place.shared or len(table) == 1)
        assert place.decided_by is None or place.decided_by in criteria


@given(fact_lists.filter(bool), criteria_lists, st.data())
def test_a_worse_fact_never_improves_a_rank(facts, criteria, data):
    victim = data.draw(st.sampled_from(facts))
    worse = data.draw(
        st.sampled_from(
            [
                replace(victim, centipoints=victim.centipoints - 1),
                replace(victim, correct_count=victim.correct_count - 1),
                replace(victim, elapsed_ms=victim.elapsed_ms + 1),
                replace(victim, prediction_distance=None),
                replace(victim, finished_at=victim.finished_at + timedelta(seconds=1)),
                replace(victim, entered_at=victim.entered_at + timedelta(seconds=1)),
                replace(victim, draw_order=None),
            ]
        )
    )
    changed = [worse if each is victim else each for each in facts]

    def rank_of(table):
        return next(r.rank for r in table if r.entry_id == victim.entry_id)

    assert rank_of(rank(changed, criteria)) >= rank_of(rank(facts, criteria))


@given(fact_lists, criteria_lists)
def test_the_deciding_criterion_is_the_first_that_differs(facts, criteria):
    by_id = {each.entry_id: each for each in facts}
    table = rank(facts, criteria)
    for before, after in pairwise(table):
        if after.decided_by is None:
            continue
        two = [by_id[before.entry_id], by_id[after.entry_id]]
        earlier = criteria[: criteria.index(after.decided_by)]
        assert len({r.rank for r in rank(two, earlier)}) == 1
        assert [r.rank for r in rank(two, [*earlier, after.decided_by])] == [1, 2]


def test_fifteen_thousand_perfect_papers_are_ranked_in_no_time():
    rng = random.Random(1)
    facts = [
        fact(i, elapsed_ms=rng.randrange(60_000, 80_000), prediction_distance=rng.choice([None, 3]))
        for i in range(15_000)
    ]
    started = time.process_time()
    table = rank(facts, [P, T, D, Criterion.FINISHED_AT])
    assert time.process_time() - started < 1
    assert len(table) == 15_000


# attempts


def attempt(attempt_id, centipoints, elapsed_ms=60_000, hour=0):
    at = T0 + timedelta(hours=hour)
    return AttemptFact(attempt_id, centipoints, centipoints // 100, elapsed_ms, None, at, at)


ATTEMPTS = [
    attempt(3, 3800, 50_000, hour=3),
    attempt(1, 3500, 90_000, hour=1),
    attempt(2, 3800, 70_000, hour=2),
]


@pytest.mark.parametrize(
    ("rule", "attempt_id"),
    [(AttemptRule.BEST, 3), (AttemptRule.FIRST, 1), (AttemptRule.LAST, 3)],
)
def test_the_attempt_that_counts(rule, attempt_id):
    assert counted_attempt(ATTEMPTS, rule).attempt_id == attempt_id


def test_of_equal_best_attempts_the_earliest_counts():
    assert counted_attempt(ATTEMPTS, AttemptRule.BEST, [P]).attempt_id == 2


def test_a_mean_is_rounded_half_up_and_belongs_to_no_single_attempt():
    mean = counted_attempt([attempt(1, 100), attempt(2, 101, 60_001, hour=1)], AttemptRule.MEAN)
    assert (mean.attempt_id, mean.centipoints, mean.elapsed_ms) == (None, 101, 60_001)
    assert mean.finished_at == T0 + timedelta(hours=1)


def test_nobody_without_an_attempt_counts():
    assert counted_attempt([], AttemptRule.BEST) is None


# predictions


def test_the_target_of_a_prediction_counts_the_invalid_only_when_told():
    counts = PredictionCounts(1000, 1500, 40, 10, 20, 3)
    target = prediction_target
    assert target(PredictionKind.PARTICIPANTS, counts) == 1000
    assert target(PredictionKind.ATTEMPTS, counts, counts_invalid=True) == 1520
    assert target(PredictionKind.ALL_CORRECT, counts, counts_invalid=True) == 43


def test_the_distance_of_a_prediction():
    assert prediction_distance(990, 1000) == prediction_distance(1010, 1000) == 10
    assert prediction_distance(None, 1000) is None
