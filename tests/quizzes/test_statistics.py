import statistics as reference
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.statistics import (
    AnswerMark,
    Band,
    Participation,
    counts_by_day,
    counts_by_hour,
    facilities,
    participation_band,
    participation_bands,
    percentages,
    points_histogram,
    points_summary,
)

points_lists = st.lists(st.integers(0, 4000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("finished", "expected", "band"),
    [
        (100, 100, Band.FULL),
        (101, 100, Band.FULL),
        (99, 100, Band.HIGH),
        (75, 100, Band.HIGH),
        (74, 100, Band.MIDDLE),
        (25, 100, Band.MIDDLE),
        (24, 100, Band.LOW),
        (1, 1000, Band.LOW),
        (0, 100, Band.ZERO),
        (0, 0, Band.NO_HEADCOUNT),
    ],
)
def test_a_unit_falls_into_its_band(finished, expected, band):
    assert participation_band(Participation(finished, expected)) is band


@given(st.lists(st.builds(Participation, st.integers(0, 9), st.integers(0, 9))))
def test_every_unit_is_in_exactly_one_band(units):
    bands = participation_bands(units)
    assert list(bands) == list(Band)
    assert sum(bands.values()) == len(units)


def test_three_thirds_make_a_hundred_percent():
    assert percentages([1, 1, 1]) == [3334, 3333, 3333]
    assert percentages([2, 1, 0]) == [6667, 3333, 0]
    assert percentages([0, 0]) == [0, 0]
    assert percentages([]) == []
    with pytest.raises(ValueError, match="negative"):
        percentages([1, -1])


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=200).filter(any))
def test_percentages_add_up_and_are_less_than_a_step_off(counts):
    shares = percentages(counts)
    assert sum(shares) == 10_000
    for count, share in zip(counts, shares, strict=True):
        assert abs(share - Fraction(10_000 * count, sum(counts))) < 1
        assert count or not share


def test_days_and_hours_are_those_of_the_clock_in_viet_nam():
    late_evening_utc = datetime(2026, 5, 4, 17, 30, tzinfo=UTC)  # 00:30 on the 5th in Hà Nội
    assert counts_by_day([late_evening_utc]) == {date(2026, 5, 5): 1}
    assert counts_by_hour([late_evening_utc])[0] == 1
    with pytest.raises(ValueError, match="aware"):
        counts_by_day([datetime(2026, 5, 4)])  # noqa: DTZ001


def test_a_day_on_which_nobody_came_is_a_zero_not_a_gap():
    days = counts_by_day([datetime(2026, 5, day, 3, tzinfo=UTC) for day in (4, 4, 7)])
    assert list(days.values()) == [2, 0, 0, 1]
    assert counts_by_day([]) == {}


@given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1), timezones=st.just(UTC))))  # noqa: DTZ001
def test_nobody_is_lost_between_days_and_hours(moments):
    assert sum(counts_by_day(moments).values()) == len(moments)
    assert sum(counts_by_hour(moments)) == len(moments)
    assert len(counts_by_hour(moments)) == 24


@given(points_lists)
def test_the_spread_of_points_is_what_a_spreadsheet_says(points):
    summary = points_summary(points)
    assert summary.mean == Fraction(sum(points), len(points))
    assert summary.median == Fraction(reference.median(points))
    if len(points) > 1:
        first, _, third = reference.quantiles(map(Fraction, points), n=4, method="inclusive")
        assert (summary.first_quartile, summary.third_quartile) == (first, third)
    assert summary.minimum <= summary.first_quartile <= summary.median
    assert summary.median <= summary.third_quartile <= summary.maximum


def test_no_points_no_spread():
    assert points_summary([]) is None


@given(points_lists, st.integers(1, 5000))
def test_a_histogram_holds_everyone(points, width):
    bins = points_histogram(points, width_centipoints=width, max_centipoints=4000)
    assert sum(each.count for each in bins) == len(points)
    assert bins[0].from_centipoints == 0
    assert bins[-1].to_centipoints == 4000
    for each in bins[:-1]:
        assert each.count == sum(
            each.from_centipoints <= value < each.to_centipoints for value in points
        )


def test_points_that_cannot_be_are_not_dropped_silently():
    with pytest.raises(ValueError, match="outside"):
        points_histogram([4001], width_centipoints=100, max_centipoints=4000)


def test_the_hardest_question_comes_first():
    found = facilities(
        [
            AnswerMark(1, 100, 100, answered=True),
            AnswerMark(1, 0, 100, answered=False),
            AnswerMark(2, 33, 100, answered=True),
            AnswerMark(3, 0, 0, answered=True),
        ]
    )
    assert list(found) == [2, 1]
    assert found[1].facility == Fraction(1, 2)
    assert (found[1].shown_count, found[1].answered_count) == (2, 1)
