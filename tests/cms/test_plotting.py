"""Bars as numbers: heights, gaps, and what does not fit."""

from decimal import Decimal
from itertools import pairwise

from cms.plotting import HEIGHT, MAX_BARS, WIDTH, draw_bars


def bars(*values):
    plot = draw_bars(
        [(str(n), None if v is None else Decimal(v)) for n, v in enumerate(values, start=1)]
    )
    assert plot
    return plot.bars


def test_the_highest_fills_the_height_and_the_others_follow():
    low, high = bars(25, 100)
    assert (high.y, high.height) == (0, HEIGHT)
    assert (low.y, low.height) == (HEIGHT * 3 // 4, HEIGHT // 4)


def test_bars_stay_inside_and_apart():
    drawn = bars(*range(1, MAX_BARS + 1))
    assert drawn[0].x >= 0
    assert drawn[-1].x + drawn[-1].width <= WIDTH
    assert all(a.x + a.width < b.x for a, b in pairwise(drawn))


def test_an_unknown_value_leaves_its_place_empty():
    first, gap, last = bars(1, None, 2)
    assert gap.height == 0
    assert not gap.shows_value
    assert first.middle < gap.middle < last.middle


def test_nothing_to_compare_is_not_drawn():
    assert draw_bars([]) is None
    assert draw_bars([("1", Decimal(5))]) is None
    assert draw_bars([("1", Decimal(0)), ("2", Decimal(0))]) is None
    assert draw_bars([("1", Decimal(5)), ("2", None)]) is None


def test_the_earliest_are_left_out_and_counted():
    plot = draw_bars([(str(n), Decimal(n)) for n in range(1, MAX_BARS + 4)])
    assert plot
    assert plot.left_out_count == 3
    assert plot.bars[-1].label == str(MAX_BARS + 3)
    assert plot.bars[-1].shows_label
