import time
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import KINDS
from quizzes.scoring import (
    SlotFact,
    StruckOutRule,
    prepare,
    score_attempt,
    score_prepared,
)

CONTENT = {"options": [{"id": i, "text": i} for i in "abcd"]}

choices = st.lists(st.sampled_from("abcd"), max_size=4).map(lambda ids: sorted(set(ids)))
slots = st.builds(
    SlotFact,
    kind=st.sampled_from(["single_choice", "multiple_choice"]),
    content=st.just(CONTENT),
    key=st.fixed_dictionaries(
        {
            "correct": choices.filter(bool),
            "rule": st.sampled_from(["partial", "all_or_nothing"]),
        }
    ),
    centipoints=st.integers(0, 1000),
    struck_out=st.booleans(),
)
papers = st.lists(st.tuples(slots, st.none() | choices), max_size=8)


def single(correct, centipoints=100, *, struck_out=False):
    return SlotFact("single_choice", CONTENT, {"correct": [correct]}, centipoints, struck_out)


def partial(*correct, centipoints=100):
    key = {"correct": list(correct), "rule": "partial"}
    return SlotFact("multiple_choice", CONTENT, key, centipoints)


def test_points_are_added_and_answers_counted():
    score = score_attempt(
        [single("a"), single("b", 250), single("c"), single("d")],
        {0: ["a"], 1: ["b"], 2: ["d"], 3: []},
    )
    assert score.centipoints == 350
    assert score.slot_centipoints == (100, 250, 0, 0)
    assert (score.correct_count, score.answered_count, score.max_centipoints) == (2, 3, 550)


def test_a_paper_nobody_touched_scores_nothing():
    score = score_attempt([single("a"), partial("a", "b")], {})
    assert (score.centipoints, score.correct_count, score.answered_count) == (0, 0, 0)


def test_a_share_is_rounded_half_up_to_whole_centipoints():
    assert score_attempt([partial("a", "b", "c")], {0: ["a"]}).centipoints == 33
    assert score_attempt([partial("a", "b", "c")], {0: ["a", "b"]}).centipoints == 67
    assert score_attempt([partial("a", "b", centipoints=25)], {0: ["a"]}).centipoints == 13


def test_a_part_of_an_answer_is_not_a_correct_answer():
    score = score_attempt([partial("a", "b")], {0: ["a"]})
    assert (score.centipoints, score.correct_count) == (50, 0)


def test_a_struck_out_question_gives_everyone_its_points():
    paper = [single("a"), single("b", 300, struck_out=True)]
    for choice in ([], ["b"], ["c"], None):
        score = score_attempt(paper, {0: ["a"], 1: choice})
        assert (score.centipoints, score.correct_count, score.max_centipoints) == (400, 2, 400)


def test_a_removed_question_is_worth_nothing_to_anyone():
    paper = [single("a"), single("b", 300, struck_out=True)]
    for choice in ([], ["b"], ["c"]):
        score = score_attempt(paper, {0: ["a"], 1: choice}, struck_out_rule=StruckOutRule.REMOVED)
        assert (score.centipoints, score.correct_count, score.max_centipoints) == (100, 1, 100)
        assert score.answered_count == 1


def test_a_choice_at_a_slot_that_is_not_there_is_an_error_not_a_lost_point():
    with pytest.raises(ValueError, match="slot"):
        score_attempt([single("a")], {1: ["a"]})


def test_an_unknown_kind_is_an_error_before_anyone_is_scored():
    with pytest.raises(ValueError, match="kind"):
        prepare([SlotFact("riddle", CONTENT, {}, 100)])


def test_what_is_remembered_for_one_choice_is_not_given_to_another_that_looks_alike():
    prepared = prepare([single("a")])
    assert score_prepared(prepared, {0: ["a"]}).centipoints == 100
    for odd in ("a", {"a": 1}, [["a"]], [True], 1, [1], [1.0], "['a']", ["a", "b"]):
        assert score_prepared(prepared, {0: odd}).centipoints == 0
    assert score_prepared(prepared, {0: ["a"]}).centipoints == 100


def test_a_kind_to_come_may_take_any_json_as_a_choice(monkeypatch):
    typed = replace(
        KINDS["short_text"],
        code="typed",
        score_share=lambda content, key, choice: Fraction(int(choice == {"is": [True]})),
    )
    by_type = replace(
        typed,
        code="by_type",
        score_share=lambda content, key, choice: Fraction(int(choice[0] is True)),
    )
    monkeypatch.setattr("quizzes.scoring.KINDS", {"typed": typed, "by_type": by_type})
    prepared = prepare([SlotFact("typed", {}, {}, 100), SlotFact("by_type", {}, {}, 100)])
    assert score_prepared(prepared, {0: {"is": [True]}, 1: [1]}).slot_centipoints == (100, 0)
    assert score_prepared(prepared, {0: "x", 1: [True]}).slot_centipoints == (0, 100)


@given(papers, st.sampled_from(StruckOutRule))
def test_a_score_stays_in_bounds_and_adds_up(paper, rule):
    facts = [fact for fact, _ in paper]
    given_choices = {i: choice for i, (_, choice) in enumerate(paper) if choice is not None}
    score = score_attempt(facts, given_choices, struck_out_rule=rule)
    assert score.centipoints == sum(score.slot_centipoints)
    assert 0 <= score.centipoints <= score.max_centipoints
    assert len(score.slot_centipoints) == len(facts)
    assert 0 <= score.correct_count <= len(facts)
    assert score.answered_count <= sum(bool(choice) for choice in given_choices.values())


@given(papers)
def test_scoring_again_with_what_was_prepared_gives_the_same(paper):
    facts = [fact for fact, _ in paper]
    given_choices = {i: choice for i, (_, choice) in enumerate(paper) if choice is not None}
    prepared = prepare(facts)
    first = score_prepared(prepared, given_choices)
    assert score_prepared(prepared, given_choices) == first
    assert score_attempt(facts, given_choices) == first


@given(papers)
def test_answering_by_the_key_is_a_full_paper(paper):
    facts = [fact for fact, _ in paper if fact.kind == "multiple_choice"]
    score = score_attempt(facts, {i: fact.key["correct"] for i, fact in enumerate(facts)})
    assert score.centipoints == score.max_centipoints
    assert score.correct_count == len(facts)


def test_a_hundred_thousand_papers_are_a_matter_of_seconds():
    pool = prepare([single("a") if i % 2 else partial("a", "c") for i in range(200)])
    answers = {i: ["abcd"[i % 4]] for i in range(40)}
    started = time.process_time()
    for first in range(2_500):  # 1/40 of the work; the aim is 1 s for this share
        score_prepared([pool[(first + i) % 200] for i in range(40)], answers)
    assert time.process_time() - started < 1


# essays


def test_an_essay_earns_what_people_gave_and_waits_until_then():
    prepared = prepare([SlotFact("essay", {}, {"guide": "x"}, 500)])
    waiting = score_prepared(prepared, {0: "Bài viết"})
    assert (waiting.centipoints, waiting.answered_count, waiting.unmarked_count) == (0, 1, 1)
    marked = score_prepared(prepared, {0: "Bài viết"}, {0: 325})
    assert (marked.centipoints, marked.correct_count, marked.unmarked_count) == (325, 0, 0)
    assert score_prepared(prepared, {0: "Bài viết"}, {0: 500}).correct_count == 1
    assert score_prepared(prepared, {0: ""}, {0: 500}).centipoints == 0
    with pytest.raises(ValueError, match="501"):
        score_prepared(prepared, {0: "Bài viết"}, {0: 501})


def test_a_struck_out_essay_waits_for_nobody():
    prepared = prepare([SlotFact("essay", {}, {"guide": "x"}, 500, struck_out=True)])
    score = score_prepared(prepared, {0: "Bài viết"})
    assert (score.centipoints, score.unmarked_count) == (500, 0)
