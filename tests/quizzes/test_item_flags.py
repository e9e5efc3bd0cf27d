import pytest

from quizzes.choice_parts import Counting, Part, Parts, comparable, parts_of
from quizzes.item_analysis import ItemFigures
from quizzes.item_flags import Flag, flags_of


def figures(*, shown: int = 40, facility: float = 0.5, r: float | None = 0.3) -> ItemFigures:
    return ItemFigures(1, shown, shown, facility, r, None, (10, 10, 10, 10), {}, {}, {})


def options(*best: int, right: tuple[int, ...] = (0,), others: int = 4) -> Parts:
    """What the best quarter chose, and ``others`` of each of the other quarters."""
    return Parts(
        Counting.CHOSEN,
        tuple(
            Part("abcdef"[place], "", place in right, (others, others, others, count))
            for place, count in enumerate(best)
        ),
    )


@pytest.mark.parametrize(
    ("item", "parts", "flags"),
    [
        (figures(), options(6, 4), []),
        (figures(), options(4, 6), [Flag.MISLEADING]),
        (figures(), options(5, 5), []),
        # Two right options: the wrong one must pass the one that fewer chose.
        (figures(), options(9, 3, 4, right=(0, 1)), [Flag.MISLEADING]),
        (figures(r=-0.01), options(6, 4), [Flag.NEGATIVE]),
        (figures(r=0.05), options(6, 4), [Flag.WEAK]),
        (figures(r=None), options(6, 4), []),
        (figures(facility=0.1), options(6, 4), [Flag.TOO_HARD]),
        (figures(facility=0.99), options(6, 4), [Flag.TOO_EASY]),
        (figures(shown=9, r=-0.9, facility=0), options(0, 9), []),
        (figures(shown=9, r=-0.9), options(0, 9), []),
    ],
)
def test_flags(item: ItemFigures, parts: Parts, flags: list[Flag]) -> None:
    assert flags_of(item, parts) == flags


def test_an_option_that_even_those_in_the_wrong_pass_over_is_idle() -> None:
    idle = Part("c", "", False, (0, 0, 0, 0))
    busy = options(6, 4)
    assert flags_of(figures(), Parts(Counting.CHOSEN, (*busy.parts, idle))) == [Flag.IDLE_OPTION]
    few = Parts(Counting.CHOSEN, (Part("a", "", True, (9, 9, 9, 9)), idle))
    assert flags_of(figures(), few) == []


STATEMENTS = {"statements": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}
MATCHING = {
    "left": [{"id": "x", "text": "Sở"}, {"id": "y", "text": "Phường"}],
    "right": [{"id": "p", "text": "tỉnh"}, {"id": "q", "text": "xã"}],
}
ITEMS = {"items": [{"id": "a", "text": "Nhận"}, {"id": "b", "text": "Trả"}]}


@pytest.mark.parametrize(
    ("kind", "content", "key", "choices", "counts"),
    [
        (
            "single_choice",
            {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
            {"correct": ["a"]},
            [["a"], ["b"], ["a"], []],
            {"a": (True, 2), "b": (False, 1)},
        ),
        (
            "statements",
            STATEMENTS,
            {"true": ["a"]},
            [{"a": True, "b": True}, {"a": True, "b": False}, {"b": False}],
            {"a": (True, 2), "b": (True, 2)},
        ),
        (
            "ordering",
            ITEMS,
            {"order": ["b", "a"]},
            [["b", "a"], ["a", "b"], ["b"]],
            {"b": (True, 2), "a": (True, 1)},
        ),
        (
            "matching",
            MATCHING,
            {"pairs": {"x": "p", "y": "q"}},
            [{"x": "p", "y": "p"}, {"y": "q"}],
            {"x": (True, 1), "y": (True, 1)},
        ),
        ("essay", {}, {"guide": "…"}, ["Bài viết"], {}),
    ],
)
def test_what_is_counted_of_each_kind(kind, content, key, choices, counts) -> None:
    tallied: dict = {}
    for choice in choices:
        compared = comparable(choice)
        if compared is not None:
            tallied[compared] = (0, 0, 0, tallied.get(compared, (0, 0, 0, 0))[3] + 1)
    parts = parts_of(kind, content, key, tallied)
    assert {part.code: (part.is_right, part.count) for part in parts.parts} == counts


def test_what_one_person_typed_is_not_shown() -> None:
    parts = parts_of("short_text", {}, {"accepted": ["mười"]}, {"tên tôi": (0, 0, 0, 4)})
    assert parts == Parts(Counting.TYPED, ())
