from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizzes.enums import UnrankedReason
from quizzes.ranking import IneligibleReason, UnitCriterion, UnitFact, rank_units


def unit(unit_id, finished, *, headcount=100, exempt=0, points=0, block="xã"):
    return UnitFact(unit_id, block, headcount, exempt, finished, finished, points)


units = st.lists(
    st.builds(
        UnitFact,
        unit_id=st.integers(1, 50),
        block=st.sampled_from(["xã", "sở"]),
        headcount=st.integers(0, 12),
        exempt_count=st.integers(0, 4),
        finished_count=st.integers(0, 12),
        attempt_count=st.integers(0, 20),
        total_centipoints=st.integers(0, 5000),
    ),
    max_size=12,
    unique_by=lambda each: each.unit_id,
)


def test_the_reasons_are_those_the_standings_store():
    assert {item.value for item in IneligibleReason} == set(UnrankedReason.values)


def test_participation_decides_then_mean_points():
    table = rank_units(
        [unit(1, 90, points=90 * 3000), unit(2, 95, points=0), unit(3, 90, points=90 * 3500)]
    )
    assert [(u.unit_id, u.rank, u.decided_by) for u in table] == [
        (2, 1, UnitCriterion.PARTICIPATION),
        (3, 2, UnitCriterion.PARTICIPATION),
        (1, 3, UnitCriterion.MEAN_POINTS),
    ]
    assert [u.mean_centipoints for u in table] == [0, 3500, 3000]


def test_the_exempt_are_not_expected():
    (only,) = rank_units([unit(1, 6, headcount=11, exempt=2)])
    assert only.participation_basis_points == 6667


def test_units_equal_to_two_decimals_share_the_rank():
    table = rank_units([unit(2, 1, headcount=3), unit(1, 3333, headcount=9999), unit(3, 0)])
    assert [(u.unit_id, u.rank, u.shared) for u in table] == [
        (1, 1, True),
        (2, 1, True),
        (3, None, False),
    ]


def test_each_block_has_its_own_ranks():
    table = rank_units([unit(1, 50), unit(2, 60, block="sở"), unit(3, 70)])
    assert [(u.block, u.unit_id, u.rank, u.position) for u in table] == [
        ("sở", 2, 1, 1),
        ("xã", 3, 1, 1),
        ("xã", 1, 2, 2),
    ]


def test_units_that_miss_a_minimum_are_listed_with_the_reason():
    table = rank_units(
        [
            unit(1, 70),
            unit(2, 69),
            unit(3, 4, headcount=4),
            unit(4, 0),
            unit(5, 0, headcount=2, exempt=2),
            # 69.996 % is printed as 70,00 % but is not 70 %
            unit(6, 17499, headcount=25000),
        ],
        min_participation_basis_points=7000,
        min_headcount=5,
    )
    assert {u.unit_id: u.reason for u in table} == {
        1: None,
        2: IneligibleReason.LOW_PARTICIPATION,
        3: IneligibleReason.SMALL_UNIT,
        4: IneligibleReason.NO_ONE_FINISHED,
        5: IneligibleReason.SMALL_UNIT,
        6: IneligibleReason.LOW_PARTICIPATION,
    }
    assert [u.position for u in table] == [1, 2, 3, 4, 5, 6]
    assert [u.rank for u in table] == [1, None, None, None, None, None]


def test_more_people_than_the_list_has_is_flagged_and_gains_nothing():
    over, full = rank_units([unit(1, 105), unit(2, 100)])
    assert over.over_headcount
    assert not full.over_headcount
    assert (over.participation_basis_points, over.rank, full.rank) == (10_000, 1, 1)


@given(units, st.randoms())
def test_the_order_in_which_units_come_does_not_matter(facts, rng):
    shuffled = facts[:]
    rng.shuffle(shuffled)
    assert rank_units(shuffled) == rank_units(facts)


@given(units, st.integers(0, 10_000), st.integers(0, 6))
def test_every_unit_is_listed_once_and_is_ranked_or_has_a_reason(facts, minimum, headcount):
    table = rank_units(facts, min_participation_basis_points=minimum, min_headcount=headcount)
    assert sorted(u.unit_id for u in table) == sorted(f.unit_id for f in facts)
    for each in table:
        assert (each.rank is None) == (each.reason is not None)
        assert 0 <= each.participation_basis_points <= 10_000
        if each.rank is not None:
            ahead = [u for u in table if u.block == each.block and u.rank and u.rank < each.rank]
            assert each.rank == 1 + len(ahead)


@given(units.filter(bool), st.data())
def test_one_person_fewer_never_improves_a_rank(facts, data):
    one = UnitCriterion.PARTICIPATION
    victim = data.draw(st.sampled_from(facts))
    if victim.finished_count == 0:
        return
    worse = replace(victim, finished_count=victim.finished_count - 1)

    def rank_of(table):
        return next(u.rank for u in table if u.unit_id == victim.unit_id) or 10**6

    changed = [worse if each is victim else each for each in facts]
    assert rank_of(rank_units(changed, criteria=[one])) >= rank_of(
        rank_units(facts, criteria=[one])
    )
