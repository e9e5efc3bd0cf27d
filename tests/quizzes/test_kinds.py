from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.enums import question_kinds
from quizzes.kinds import KINDS, BadChoice
from tests.quizzes.kind_samples import SAMPLES

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
    assert [code for code, _ in question_kinds()] == list(KINDS)
    assert all(kind.code == code for code, kind in KINDS.items())
    assert set(SAMPLES) == set(KINDS)


def test_kinds_are_listed_in_the_order_people_know_them():
    names = [name for _, name in question_kinds()]
    assert names[:3] == ["Một lựa chọn", "Nhiều lựa chọn", "Đúng / sai"]
    assert names[-1] == "Tự luận"


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


NAMES = [
    "options",
    "statements",
    "items",
    "left",
    "right",
    "unit",
    "max_words",
    "media",
    "marks",
    "pictures",
]
KEYS = ["correct", "rule", "true", "order", "pairs", "value", "tolerance", "accepted", "guide"]


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(st.sampled_from(NAMES), json_values),
    st.dictionaries(st.sampled_from(KEYS), json_values),
    json_values,
    json_values,
)
def test_no_json_whatever_breaks_a_kind(code, content, key, choice, sent):
    kind = KINDS[code]
    assert all(isinstance(problem, str) for problem in kind.problems(content, key))
    assert 0 <= kind.score_share(content, key, choice) <= 1
    order = kind.option_ids(content)
    kind.option_texts(content)
    kind.show(content, order, choice, key)
    kind.words(content, order, choice)
    kind.key_words(content, order, key)
    kind.gap(content, choice)
    kind.sent_of(content, order, choice)
    for read in (
        lambda: kind.clean_choice(content, choice),
        lambda: kind.choice_at(content, order, sent),
    ):
        try:
            kind.score_share(content, key, read())
        except ValueError:
            continue


# every kind


def sent_values(code):
    """What a browser may send for the sample of a kind, good and bad."""
    kind, content = KINDS[code], SAMPLES[code].content
    count = kind.field_count(content)
    if not count:
        return st.lists(st.integers(-1, 4), max_size=5)
    places = st.sampled_from([None, "", "0", "1", "2", "3", "4", "x", "15,5", "bí mật nhà nước"])
    return st.lists(places, min_size=count, max_size=count) | st.just([])


any_answer = st.sampled_from(sorted(KINDS)).flatmap(
    lambda code: st.tuples(st.just(code), sent_values(code))
)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_the_sample_of_each_kind_is_good_and_its_right_answer_earns_everything(code):
    kind, sample = KINDS[code], SAMPLES[code]
    assert kind.problems(sample.content, sample.key) == []
    assert kind.clean_choice(sample.content, sample.right) == sample.right
    share = kind.score_share(sample.content, sample.key, sample.right)
    assert share == (0 if kind.needs_marker else 1)
    assert kind.gap(sample.content, sample.right) is None


@pytest.mark.parametrize("code", sorted(KINDS))
@pytest.mark.parametrize("nothing", [None, []])
def test_nothing_chosen_is_no_answer_and_earns_nothing(code, nothing):
    kind, sample = KINDS[code], SAMPLES[code]
    choice = kind.clean_choice(sample.content, nothing)
    assert choice in ([], {}, "")
    assert not kind.is_answered(choice)
    assert kind.choice_at(sample.content, kind.option_ids(sample.content), []) == choice
    assert kind.score_share(sample.content, sample.key, choice) == 0
    assert kind.gap(sample.content, choice) is None
    assert kind.words(sample.content, kind.option_ids(sample.content), choice) == ()


@given(any_answer, st.randoms(use_true_random=False))
def test_what_a_page_sends_comes_back_as_it_was_whatever_the_order(answer, chance):
    code, sent = answer
    kind, sample = KINDS[code], SAMPLES[code]
    order = list(kind.option_ids(sample.content))
    chance.shuffle(order)
    try:
        choice = kind.clean_choice(sample.content, kind.choice_at(sample.content, order, sent))
    except BadChoice:
        return
    again = kind.sent_of(sample.content, order, choice)
    # as stored: in the order of the content, whatever the order on the page
    returned = kind.clean_choice(sample.content, kind.choice_at(sample.content, order, again))
    assert returned == choice
    share = kind.score_share(sample.content, sample.key, choice)
    assert 0 <= share <= 1
    assert share == 0 or kind.is_answered(choice)
    # another paper shows another order: the same choice is worth the same
    chance.shuffle(order)
    moved = kind.choice_at(sample.content, order, kind.sent_of(sample.content, order, choice))
    assert kind.score_share(sample.content, sample.key, moved) == share


@given(any_answer)
def test_only_the_right_answer_is_full(answer):
    code, sent = answer
    kind, sample = KINDS[code], SAMPLES[code]
    try:
        choice = kind.choice_at(sample.content, kind.option_ids(sample.content), sent)
    except BadChoice:
        return
    if kind.score_share(sample.content, sample.key, choice) == 1:
        wanted = kind.clean_choice(sample.content, sample.right)
        if code == "short_text":
            choice = "bi mat nha nuoc"
        assert kind.clean_choice(sample.content, choice) == wanted


@pytest.mark.parametrize("code", sorted(KINDS))
def test_what_is_shown_without_a_key_holds_none_of_it(code):
    kind, sample = KINDS[code], SAMPLES[code]
    order = kind.option_ids(sample.content)
    shown = kind.show(sample.content, order, sample.right, None)
    assert not shown.has_key
    assert not shown.answers
    assert not any(row.answer or row.answer_text or row.mark for row in shown.rows)
    assert not any(secret in repr(shown.rows + shown.offers) for secret in sample.secrets)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_with_a_key_it_says_what_is_right(code):
    kind, sample = KINDS[code], SAMPLES[code]
    order = kind.option_ids(sample.content)
    shown = kind.show(sample.content, order, sample.right, sample.key)
    assert shown.has_key
    assert shown.answers or any(row.mark == "right" for row in shown.rows)
    assert not any(row.mark == "wrong" for row in shown.rows)
    assert kind.key_words(sample.content, order, sample.key)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_key_among_what_is_public_is_found(code):
    kind, sample = KINDS[code], SAMPLES[code]
    assert "key_in_content" in kind.problems({**sample.content, **sample.key}, sample.key)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_question_without_a_key_is_found(code):
    assert "no_key" in KINDS[code].problems(SAMPLES[code].content, {})


@pytest.mark.parametrize(
    "decoration",
    [
        {"marks": {"stem": [[0, 3, "b"]], "a": []}},
        {"pictures": {"stem": [{"file": 3, "alt": "Sơ đồ"}]}},
    ],
)
@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_takes_inline_format_and_pictures(code, decoration):
    kind, sample = KINDS[code], SAMPLES[code]
    assert kind.problems({**sample.content, **decoration}, sample.key) == []
    name = next(iter(decoration))
    assert "malformed" in kind.problems({**sample.content, name: {"stem": ["b"]}}, sample.key)


def test_a_picture_may_stand_for_the_words_of_an_option():
    content = {
        "options": [{"id": "a", "text": ""}, {"id": "b", "text": ""}],
        "pictures": {"a": [{"file": 1, "alt": ""}], "b": [{"file": 2, "alt": ""}]},
    }
    kind = KINDS["single_choice"]
    assert kind.problems(content, {"correct": ["a"]}) == []
    assert kind.show(content, ("b", "a"), None, None).rows[0].pictures == [{"file": 2, "alt": ""}]


# clean_choice of the kinds with options

WITH_OPTIONS = ["multiple_choice", "single_choice", "situation", "true_false"]


def test_a_choice_is_sorted_and_unique():
    assert KINDS["multiple_choice"].clean_choice(FOUR, ["d", "a", "d"]) == ["a", "d"]
    assert KINDS["single_choice"].clean_choice(FOUR, ["b", "b"]) == ["b"]


@pytest.mark.parametrize(
    "raw", ["c", {"c": 1}, ["x"], ["C"], [""], [1], [None], [["a"]], ["a", "x"], True, 0, 1.5]
)
@pytest.mark.parametrize("code", WITH_OPTIONS)
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
