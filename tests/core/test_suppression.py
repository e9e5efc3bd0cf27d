import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.suppression import MIN_GROUP, shown_cells, shown_groups


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 10, "b": 20}, {"a", "b"}),
        # The one small group could be worked out from the total: the next smallest goes with it.
        ({"a": 3, "b": 7, "c": 20}, {"c"}),
        # Two small ones hide each other when together they are enough people.
        ({"a": 2, "b": 4, "c": 20}, {"c"}),
        ({"a": 1, "b": 2, "c": 9, "d": 20}, {"d"}),
        ({"a": 3}, set()),
        ({"a": 3, "b": 30}, set()),
        ({"a": 0, "b": 30}, {"b"}),
        ({}, set()),
    ],
)
def test_small_groups_are_held_back(counts: dict[str, int], shown: set[str]) -> None:
    assert shown_groups(counts) == shown


@given(st.dictionaries(st.integers(), st.integers(0, 30), max_size=12))
def test_what_is_held_back_cannot_be_worked_out(counts: dict[int, int]) -> None:
    shown = shown_groups(counts)
    held = [count for name, count in counts.items() if name not in shown and count]
    assert all(counts[name] >= MIN_GROUP for name in shown)
    if held and shown:
        assert len(held) >= 2
        assert sum(held) >= MIN_GROUP


def test_a_held_back_cell_takes_one_of_its_row_and_one_of_its_column_along() -> None:
    counts = {(row, column): 20 for row in "ABC" for column in "xyz"}
    counts["A", "x"] = 2
    held = counts.keys() - shown_cells(counts)
    assert len(held) == 4
    assert len({row for row, _ in held}) == len({column for _, column in held}) == 2


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(0, 15), max_size=30
    )
)
def test_no_line_of_a_table_gives_a_cell_away(counts: dict[tuple[int, int], int]) -> None:
    shown = shown_cells(counts)
    for axis in (0, 1):
        for line in {cell[axis] for cell in counts}:
            cells = {cell: count for cell, count in counts.items() if cell[axis] == line and count}
            held = [count for cell, count in cells.items() if cell not in shown]
            assert all(counts[cell] >= MIN_GROUP for cell in cells if cell in shown)
            if held and len(held) < len(cells):
                assert len(held) >= 2
                assert sum(held) >= MIN_GROUP
