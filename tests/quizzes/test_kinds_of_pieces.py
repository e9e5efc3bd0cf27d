"""Statements, ordering, matching and the kinds answered by typing: what each answer is worth."""

from fractions import Fraction
from itertools import permutations

import pytest

from quizzes.kinds import KINDS, BadChoice
from tests.quizzes.kind_samples import ITEMS, PAIRS, STATEMENTS, lines


def share(code, content, key, choice):
    return KINDS[code].score_share(content, key, choice)


# statements

ALL_TRUE = {"a": True, "b": True, "c": True, "d": True}


@pytest.mark.parametrize(
    ("rule", "shares"),
    [
        ("per_statement", ["0", "1/4", "1/2", "3/4", "1"]),
        ("all_or_nothing", ["0", "0", "0", "0", "1"]),
        ("progressive", ["0", "1/10", "1/4", "1/2", "1"]),
    ],
)
def test_statements_are_worth_what_their_rule_says(rule, shares):
    key = {"true": ["a", "c"], "rule": rule}
    right = {"a": True, "b": False, "c": True, "d": False}
    for count in range(5):
        said = dict(list(right.items())[:count])
        assert share("statements", STATEMENTS, key, said) == Fraction(shares[count])
        said |= {item: not value for item, value in list(right.items())[count:]}
        assert share("statements", STATEMENTS, key, said) == Fraction(shares[count])


def test_saying_true_everywhere_is_full_only_where_everything_is_true():
    assert share("statements", STATEMENTS, {"true": ["a", "b", "c"]}, ALL_TRUE) < 1
    assert share("statements", STATEMENTS, {"true": list("abcd")}, ALL_TRUE) == 1


def test_every_statement_may_be_false():
    assert KINDS["statements"].problems(STATEMENTS, {"true": []}) == []


def test_the_progressive_scale_is_for_four_statements():
    three = {"statements": lines("Một", "Hai", "Ba")}
    key = {"true": ["a"], "rule": "progressive"}
    assert KINDS["statements"].problems(three, key) == ["unknown_rule"]


@pytest.mark.parametrize("raw", [{"a": 1}, {"x": True}, {"a": "true"}, "a", [True], ["a"]])
def test_only_true_or_false_of_known_statements_is_taken(raw):
    with pytest.raises(BadChoice):
        KINDS["statements"].clean_choice(STATEMENTS, raw)


# ordering

ORDER = {"order": ["b", "d", "a", "c"]}


@pytest.mark.parametrize(
    ("choice", "partial"),
    [
        (["b", "d", "a", "c"], "1"),
        (["b", "d", "c", "a"], "1/2"),
        (["d", "b", "c", "a"], "0"),
        (["b", None, None, "c"], "1/2"),
        ([["a", "b"], None, None, "c"], "1/4"),
        ([], "0"),
    ],
)
def test_an_order_is_worth_its_items_in_place(choice, partial):
    assert share("ordering", ITEMS, {**ORDER, "rule": "partial"}, choice) == Fraction(partial)
    assert share("ordering", ITEMS, ORDER, choice) == int(choice == ORDER["order"])


@pytest.mark.parametrize("rule", ["partial", "all_or_nothing"])
def test_only_one_order_is_full(rule):
    key = {**ORDER, "rule": rule}
    full = [p for p in permutations("abcd") if share("ordering", ITEMS, key, list(p)) == 1]
    assert full == [("b", "d", "a", "c")]


def test_two_items_in_one_place_are_kept_told_and_earn_nothing():
    kind = KINDS["ordering"]
    shown_order = ("a", "b", "c", "d")
    choice = kind.choice_at(ITEMS, shown_order, ["2", "0", "0", None])
    assert choice == [["b", "c"], None, "a", None]
    assert kind.sent_of(ITEMS, shown_order, choice) == ["2", "0", "0", None]
    gap = kind.gap(ITEMS, choice)
    assert "thứ tự 1 nên" in gap.message % gap.values
    shown = kind.show(ITEMS, shown_order, choice, {"order": ["b", "d", "a", "c"]})
    marks = {row.text: row.mark for row in shown.rows}
    assert marks["Tiếp nhận"] == "wrong"  # its place is right, but it does not stand there alone
    assert marks["Giải quyết"] == "right"


def test_an_order_half_done_says_how_many_are_left():
    gap = KINDS["ordering"].gap(ITEMS, ["b", None, None, None])
    assert gap.message % gap.values == "Câu này còn 3 ý chưa chọn."


@pytest.mark.parametrize(
    "raw",
    [["a"], ["a", "a", "b", "c"], ["a", "b", "c", "x"], [["a"], 1, "b", "c"], "abcd", {"a": 1}],
)
def test_only_items_of_the_question_each_once_make_an_order(raw):
    with pytest.raises(BadChoice):
        KINDS["ordering"].clean_choice(ITEMS, raw)


def test_a_key_that_forgets_an_item_is_found():
    assert "key_out_of_range" in KINDS["ordering"].problems(ITEMS, {"order": ["a", "b"]})


def test_an_order_and_the_right_side_are_always_shuffled():
    assert KINDS["ordering"].must_shuffle
    assert KINDS["matching"].must_shuffle
    assert KINDS["matching"].option_ids(PAIRS) == ("d", "e", "f", "g")


# matching

PAIR_KEY = {"pairs": {"a": "d", "b": "e", "c": "f"}}


@pytest.mark.parametrize(
    ("choice", "partial"),
    [
        ({"a": "d", "b": "e", "c": "f"}, "1"),
        ({"a": "d", "b": "f", "c": "e"}, "1/3"),
        ({"a": "d"}, "1/3"),
        ({"a": "d", "b": "d", "c": "d"}, "1/3"),
        ({"a": "g"}, "0"),
        ({}, "0"),
    ],
)
def test_a_match_is_worth_its_right_pairs(choice, partial):
    assert share("matching", PAIRS, PAIR_KEY, choice) == Fraction(partial)
    strict = {**PAIR_KEY, "rule": "all_or_nothing"}
    assert share("matching", PAIRS, strict, choice) == int(partial == "1")


@pytest.mark.parametrize("raw", [{"a": "b"}, {"d": "d"}, {"a": None}, {"a": ["d"]}, "ad", ["d"]])
def test_only_a_right_side_for_a_left_side_is_taken(raw):
    with pytest.raises(BadChoice):
        KINDS["matching"].clean_choice(PAIRS, raw)


@pytest.mark.parametrize("sent", [["4", None, None], ["-1", None, None], ["²", None, None], ["0"]])
def test_only_places_of_the_question_are_taken(sent):
    with pytest.raises(BadChoice):
        KINDS["matching"].choice_at(PAIRS, ("d", "e", "f", "g"), sent)


# number


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("15,5", "15.5"),
        ("15.5", "15.5"),
        (" 15,50 ", "15.5"),
        ("1.200", "1200"),
        ("1.200,75", "1200.75"),
        ("-3", "-3"),
        ("-0", "0"),
        ("", ""),
    ],
)
def test_a_number_is_read_as_offices_write_it(typed, stored):
    assert KINDS["number"].choice_at({}, (), [typed]) == stored


@pytest.mark.parametrize("typed", ["mười", "15 ngày", "1,2,3", "1e9", "NaN", "9" * 40, "١٥", "=1"])
def test_what_is_no_number_is_refused_with_a_hint(typed):
    with pytest.raises(BadChoice) as refused:
        KINDS["number"].choice_at({}, (), [typed])
    assert "15,5" in refused.value.hint


@pytest.mark.parametrize(
    ("said", "expected"), [("15", 1), ("16", 1), ("15.5", 1), ("14.99", 0), ("16.01", 0), ("x", 0)]
)
def test_a_number_is_right_within_its_tolerance(said, expected):
    assert share("number", {}, {"value": "15.5", "tolerance": "0.5"}, said) == expected


def test_without_a_tolerance_a_number_is_exact():
    assert share("number", {}, {"value": "0.3"}, "0.3") == 1
    assert share("number", {}, {"value": "0.3"}, "0.30000001") == 0


@pytest.mark.parametrize(
    "key", [{"value": "15,5"}, {"value": 15}, {"value": "1", "tolerance": "-1"}, {"value": "x"}]
)
def test_a_key_that_is_no_number_is_found(key):
    assert KINDS["number"].problems({}, key) == ["bad_number"]


def test_a_number_is_shown_with_its_unit_and_tolerance():
    words = KINDS["number"].key_words({"unit": "ngày"}, (), {"value": "15.5", "tolerance": "0.50"})
    assert words == ("15,5 ± 0,5 ngày",)


# short text

ACCEPTED = {"accepted": ["Hành chính công", "HCC"]}


@pytest.mark.parametrize(
    "said", ["Hành chính công", "hanh chinh  CONG", " hành chính công. ", "hcc"]
)
def test_a_short_text_is_compared_folded(said):
    choice = KINDS["short_text"].choice_at({}, (), [said])
    assert share("short_text", {}, ACCEPTED, choice) == 1


@pytest.mark.parametrize("said", ["", ".", "hành chính", "hành chính công khai", "h.c.c"])
def test_a_short_text_is_right_or_wrong(said):
    assert share("short_text", {}, ACCEPTED, said) == 0


def test_accepted_answers_that_are_the_same_are_found():
    problems = KINDS["short_text"].problems({}, {"accepted": ["Một cửa", "mot cua."]})
    assert problems == ["duplicate_text"]


def test_a_short_text_is_short():
    with pytest.raises(BadChoice) as refused:
        KINDS["short_text"].clean_choice({}, "a" * 301)
    assert "300" in refused.value.hint


# essay


def test_an_essay_keeps_its_lines_and_loses_only_what_nobody_sees():
    text = " Dòng một\r\n\r\nDòng\x00 hai\u200b\tba "
    assert KINDS["essay"].clean_choice({}, text) == "Dòng một\n\nDòng hai\tba"


def test_an_essay_is_too_long_by_characters_and_only_told_so_by_words():
    with pytest.raises(BadChoice):
        KINDS["essay"].clean_choice({}, "a" * 20_001)
    assert KINDS["essay"].gap({"max_words": 3}, "một hai ba") is None
    gap = KINDS["essay"].gap({"max_words": 3}, "một hai ba bốn")
    assert "4 từ" in gap.message % gap.values


def test_a_situation_needs_its_picture_or_video():
    content = {"options": lines("Một", "Hai")}
    assert KINDS["situation"].problems(content, {"correct": ["a"]}) == ["no_media"]
