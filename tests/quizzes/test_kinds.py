from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.enums import QuestionKind
from quizzes.kinds import KINDS

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


def content_of(*texts):
    return {"options": [{"id": "abcdefghij"[i], "text": text} for i, text in enumerate(texts)]}


FOUR = content_of("Một", "Hai", "Ba", "Bốn")
STATEMENT = {"options": [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]}


def test_every_kind_an_author_can_choose_has_its_module():
    assert set(KINDS) == set(QuestionKind.values)
    assert all(kind.code == code for code, kind in KINDS.items())


# problems


@pytest.mark.parametrize(
    ("code", "content", "key"),
    [
        ("single_choice", FOUR, {"correct": ["c"]}),
        ("multiple_choice", FOUR, {"correct": ["a", "c"]}),
        ("multiple_choice", FOUR, {"correct": ["a"], "rule": "partial"}),
        ("true_false", STATEMENT, {"correct": ["false"]}),
        # words that differ only by a mark are different answers
        ("single_choice", content_of("má", "mã"), {"correct": ["a"]}),
    ],
)
def test_a_good_question_has_no_problem(code, content, key):
    assert KINDS[code].problems(content, key) == []


@pytest.mark.parametrize(
    ("content", "key", "problem"),
    [
        ({}, {"correct": ["a"]}, "no_option"),
        ({"options": []}, {"correct": ["a"]}, "no_option"),
        (content_of("Một"), {"correct": ["a"]}, "one_option"),
        (content_of(*"123456789"), {"correct": ["a"]}, "too_many_options"),
        (content_of("Một", " \u00a0"), {"correct": ["a"]}, "empty_text"),
        (content_of("Một cửa", "một  CỬA "), {"correct": ["a"]}, "duplicate_text"),
        (FOUR, {}, "no_key"),
        (FOUR, {"correct": []}, "no_key"),
        (FOUR, {"correct": ["e"]}, "key_out_of_range"),
        (FOUR, {"correct": ["a", "b"]}, "several_keys"),
        (FOUR, {"correct": ["a", "a"]}, "duplicate_key"),
        (FOUR, {"correct": "a"}, "malformed"),
        ({"options": ["Một", "Hai"]}, {"correct": ["a"]}, "malformed"),
        ({"options": [{"id": "a", "text": 1}, {"id": "b", "text": "2"}]}, {}, "malformed"),
        ({**FOUR, "correct": ["a"]}, {"correct": ["a"]}, "key_in_content"),
        (
            {"options": [{"id": "a", "text": "1", "correct": True}, {"id": "b", "text": "2"}]},
            {"correct": ["a"]},
            "key_in_content",
        ),
        (
            {"options": [{"id": "a", "text": "1"}, {"id": "a", "text": "2"}]},
            {"correct": ["a"]},
            "duplicate_option_id",
        ),
        (
            {"options": [{"id": "A b", "text": "1"}, {"id": "b", "text": "2"}]},
            {"correct": ["b"]},
            "bad_option_id",
        ),
    ],
)
def test_each_fault_of_a_question_is_named(content, key, problem):
    assert problem in KINDS["single_choice"].problems(content, key)


def test_several_keys_are_fine_where_several_options_may_be_right():
    assert KINDS["multiple_choice"].problems(FOUR, {"correct": ["a", "b"]}) == []
    assert KINDS["multiple_choice"].problems(FOUR, {"correct": ["a"], "rule": "x"}) == [
        "unknown_rule"
    ]


def test_true_false_has_its_own_two_options():
    assert "bad_option_id" in KINDS["true_false"].problems(FOUR, {"correct": ["a"]})
    assert KINDS["true_false"].fixed_order


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(st.sampled_from(["options", "correct"]), json_values),
    st.dictionaries(st.sampled_from(["correct", "rule"]), json_values),
    json_values,
)
def test_no_json_whatever_breaks_a_kind(code, content, key, choice):
    kind = KINDS[code]
    assert all(isinstance(problem, str) for problem in kind.problems(content, key))
    assert 0 <= kind.score_share(content, key, choice) <= 1
    kind.option_ids(content)
    try:
        cleaned = kind.clean_choice(content, choice)
    except ValueError:
        return
    assert set(cleaned) <= set(kind.option_ids(content))


# clean_choice


@pytest.mark.parametrize("code", sorted(KINDS))
@pytest.mark.parametrize("raw", [None, [], ()])
def test_nothing_chosen_is_an_empty_choice(code, raw):
    assert KINDS[code].clean_choice(FOUR, raw) == []
    assert not KINDS[code].is_answered([])


def test_a_choice_is_sorted_and_unique():
    assert KINDS["multiple_choice"].clean_choice(FOUR, ["d", "a", "d"]) == ["a", "d"]
    assert KINDS["single_choice"].clean_choice(FOUR, ["b", "b"]) == ["b"]


@pytest.mark.parametrize(
    "raw", ["c", {"c": 1}, ["x"], ["C"], [""], [1], [None], [["a"]], ["a", "x"], True, 0, 1.5]
)
@pytest.mark.parametrize("code", sorted(KINDS))
def test_anything_but_known_options_is_refused(code, raw):
    with pytest.raises(ValueError):  # noqa: PT011
        KINDS[code].clean_choice(FOUR, raw)


def test_one_answer_only_where_one_is_asked():
    with pytest.raises(ValueError, match="at most 1"):
        KINDS["single_choice"].clean_choice(FOUR, ["a", "b"])


# score_share


def test_a_single_choice_is_right_or_wrong():
    share = KINDS["single_choice"].score_share
    assert share(FOUR, {"correct": ["c"]}, ["c"]) == 1
    assert share(FOUR, {"correct": ["c"]}, ["a"]) == 0
    assert share(FOUR, {"correct": ["c"]}, []) == 0
    assert share(FOUR, {"correct": ["c"]}, None) == 0


def test_partial_points_weigh_right_ticks_against_wrong_ones():
    share = KINDS["multiple_choice"].score_share
    key = {"correct": ["a", "b", "c"], "rule": "partial"}
    assert share(FOUR, key, ["a"]) == Fraction(1, 3)
    assert share(FOUR, key, ["a", "b", "d"]) == Fraction(1, 3)
    assert share(FOUR, key, ["d"]) == 0
    assert share(FOUR, key, ["a", "b", "c"]) == 1
    assert share(FOUR, {"correct": ["a", "b", "c"]}, ["a", "b"]) == 0


@pytest.mark.parametrize("rule", ["partial", "all_or_nothing"])
def test_only_the_exact_answer_is_full_and_ticking_everything_never_is(rule):
    share = KINDS["multiple_choice"].score_share
    subsets = [list(ids) for size in range(5) for ids in combinations("abcd", size)]
    for correct in subsets[1:]:
        key = {"correct": correct, "rule": rule}
        full = [choice for choice in subsets if share(FOUR, key, choice) == 1]
        assert full == [correct]
