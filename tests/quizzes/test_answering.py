"""Saving answers: nothing acknowledged is lost, nothing late is taken, the latest choice wins."""

import pytest
from django.utils import timezone

from quizzes import attempts, starting
from quizzes.answering import (
    Answer,
    AttemptOver,
    InvalidAnswer,
    save_answer,
    save_answers,
    to_sequence,
)
from quizzes.models import Attempt, Response
from quizzes.pools import sheet_of_attempt
from tests.quizzes.play_factories import after, make_entry, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    round = make_round(kinds=("single_choice", "multiple_choice", "true_false", "single_choice"))
    return starting.start_attempt(make_entry(round), round, at=after())


def first_slot(attempt: Attempt, kind: str) -> int:
    sheet = sheet_of_attempt(attempt.pk)
    return next(slot for slot, item in enumerate(sheet) if item.version.kind == kind)


def stored(attempt: Attempt) -> dict[int, list[str]]:
    return {item.slot: item.choice for item in attempt.responses.all()}


def test_a_choice_is_stored_with_the_time_the_server_received_it(attempt):
    slot = first_slot(attempt, "single_choice")
    at = after(seconds=30)

    saved = save_answer(attempt.pk, slot=slot, choice=["b"], sequence=to_sequence(at), at=at)

    assert (saved.received_at, saved.is_mine) == (at, True)
    response = Response.objects.get()
    assert (response.choice, response.received_at) == (["b"], at)


def test_saving_takes_one_statement(attempt, django_assert_num_queries):
    slot = first_slot(attempt, "single_choice")
    save_answer(attempt.pk, slot=slot, choice=["b"], sequence=1, at=after(seconds=1))
    with django_assert_num_queries(1):
        save_answer(attempt.pk, slot=slot, choice=["c"], sequence=2, at=after(seconds=2))
    with django_assert_num_queries(1):
        save_answers(
            attempt.pk,
            [
                Answer(slot, ["a"], 3)
                for slot in range(4)
                if slot != first_slot(attempt, "true_false")
            ],
            at=after(seconds=3),
        )


def test_a_cold_process_needs_three_statements_at_most(attempt, django_assert_max_num_queries):
    from quizzes import pools

    pools.forget()
    slot = first_slot(attempt, "single_choice")
    pools.forget()
    with django_assert_max_num_queries(3):
        save_answer(attempt.pk, slot=slot, choice=["b"], sequence=1, at=after(seconds=1))


def test_a_later_choice_replaces_an_earlier_one_whatever_the_order_of_arrival(attempt):
    slot = first_slot(attempt, "single_choice")
    late, early = to_sequence(after(seconds=20)), to_sequence(after(seconds=10))

    save_answer(attempt.pk, slot=slot, choice=["c"], sequence=late, at=after(seconds=21))
    replayed = save_answer(
        attempt.pk, slot=slot, choice=["a"], sequence=early, at=after(seconds=40)
    )

    assert stored(attempt) == {slot: ["c"]}
    assert (replayed.is_mine, replayed.choice) == (False, ["c"])
    assert replayed.received_at == after(seconds=21)


def test_sending_the_same_answer_again_keeps_its_time(attempt):
    slot = first_slot(attempt, "single_choice")
    number = to_sequence(after(seconds=9))
    first = save_answer(attempt.pk, slot=slot, choice=["b"], sequence=number, at=after(seconds=10))
    again = save_answer(attempt.pk, slot=slot, choice=["b"], sequence=number, at=after(seconds=50))
    assert again.received_at == first.received_at == after(seconds=10)
    assert again.is_mine


def test_with_equal_numbers_the_later_arrival_wins(attempt):
    slot = first_slot(attempt, "single_choice")
    save_answer(attempt.pk, slot=slot, choice=["b"], sequence=5, at=after(seconds=10))
    save_answer(attempt.pk, slot=slot, choice=["c"], sequence=5, at=after(seconds=11))
    assert stored(attempt) == {slot: ["c"]}


def test_a_number_from_the_future_counts_as_now(attempt):
    """A device with a wild clock must not keep later choices out."""
    slot = first_slot(attempt, "single_choice")
    at = after(seconds=10)
    saved = save_answer(
        attempt.pk, slot=slot, choice=["b"], sequence=to_sequence(after(minutes=900)), at=at
    )
    assert saved.sequence == to_sequence(at)


def test_a_batch_is_stored_in_order_and_whole(attempt):
    single = first_slot(attempt, "single_choice")
    several = first_slot(attempt, "multiple_choice")
    receipt = save_answers(
        attempt.pk,
        [Answer(single, ["b"], 1), Answer(several, ["d", "a"], 2), Answer(single, ["c"], 3)],
        at=after(seconds=5),
    )
    assert stored(attempt) == {single: ["c"], several: ["a", "d"]}
    assert receipt.deadline_at == after(minutes=20)
    assert len(receipt.answers) == 2


def test_a_batch_with_one_older_choice_stores_the_others_and_tells(attempt):
    single = first_slot(attempt, "single_choice")
    several = first_slot(attempt, "multiple_choice")
    save_answer(attempt.pk, slot=single, choice=["d"], sequence=50, at=after(seconds=1))
    receipt = save_answers(
        attempt.pk, [Answer(single, ["a"], 10), Answer(several, ["b"], 11)], at=after(seconds=2)
    )
    assert stored(attempt) == {single: ["d"], several: ["b"]}
    assert {item.slot: item.is_mine for item in receipt.answers} == {single: False, several: True}


def test_a_choice_can_be_taken_back(attempt):
    slot = first_slot(attempt, "single_choice")
    save_answer(attempt.pk, slot=slot, choice=["b"], sequence=1, at=after(seconds=1))
    save_answer(attempt.pk, slot=slot, choice=[], sequence=2, at=after(seconds=2))
    assert stored(attempt) == {slot: []}


@pytest.mark.parametrize(
    ("slot", "choice", "sequence"),
    [
        (99, ["a"], 1),
        (-1, ["a"], 1),
        (0, ["z"], 1),
        (0, "a", 1),
        (0, {"a": 1}, 1),
        (0, [1], 1),
        (0, ["a"], -1),
    ],
)
def test_what_the_paper_does_not_offer_is_refused(attempt, slot, choice, sequence):
    with pytest.raises(InvalidAnswer):
        save_answer(attempt.pk, slot=slot, choice=choice, sequence=sequence, at=after(seconds=1))
    assert stored(attempt) == {}


def test_a_single_choice_takes_one_option(attempt):
    slot = first_slot(attempt, "single_choice")
    with pytest.raises(InvalidAnswer):
        save_answer(attempt.pk, slot=slot, choice=["a", "b"], sequence=1, at=after(seconds=1))


def test_one_bad_answer_stores_nothing_of_its_batch(attempt):
    with pytest.raises(InvalidAnswer):
        save_answers(
            attempt.pk, [Answer(0, [], 1), Answer(1, ["khong-co"], 2)], at=after(seconds=1)
        )
    assert stored(attempt) == {}


def test_the_technical_grace_ends_to_the_microsecond(attempt):
    slot = first_slot(attempt, "single_choice")
    limit = after(minutes=20, seconds=5)
    assert save_answer(attempt.pk, slot=slot, choice=["b"], sequence=1, at=limit).is_mine
    with pytest.raises(AttemptOver) as refused:
        save_answer(
            attempt.pk,
            slot=slot,
            choice=["c"],
            sequence=2,
            at=limit + timezone.timedelta(microseconds=1),
        )
    assert refused.value.code == "deadline"
    assert stored(attempt) == {slot: ["b"]}


def test_nothing_is_taken_after_handing_in(attempt):
    attempts.hand_in(attempt, at=after(minutes=5))
    with pytest.raises(AttemptOver) as refused:
        save_answer(attempt.pk, slot=0, choice=[], sequence=1, at=after(minutes=5, seconds=1))
    assert refused.value.code == "finished"
    assert stored(attempt) == {}


def test_an_attempt_that_is_not_there(db):
    with pytest.raises(AttemptOver) as refused:
        save_answer(987654, slot=0, choice=[], sequence=1, at=after())
    assert refused.value.code == "missing"


def test_positions_travel_and_ids_stay(attempt):
    for item in sheet_of_attempt(attempt.pk):
        for place in range(len(item.order)):
            choice = item.choice_at([place])
            assert item.positions_of(choice) == [place]
    with pytest.raises(ValueError, match="position"):
        sheet_of_attempt(attempt.pk)[0].choice_at([True])
