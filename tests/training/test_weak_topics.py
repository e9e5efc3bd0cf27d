from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from legal.models import Instrument
from quizzes.enums import RoundState
from tests.training.factories import (
    make_contest_unit,
    make_entry,
    make_person,
    make_round,
    make_unit,
    take,
    versions_of,
)
from training.weak_topics import group_topics, own_training

pytestmark = pytest.mark.django_db


def test_the_weakest_topic_comes_first_and_one_without_a_mistake_is_not_listed():
    person = make_person()
    quiz_round = make_round({"Hộ tịch": 2, "Đất đai": 2, "Tiếp công dân": 1})
    take(make_entry(quiz_round, person), quiz_round, "abbba")

    training = own_training(person)

    assert (training.asked_count, training.right_count) == (5, 2)
    assert [(topic.share.name, topic.share.percent) for topic in training.topics] == [
        ("Đất đai", 0),
        ("Hộ tịch", 50),
    ]


def test_a_missed_question_says_what_was_chosen_and_what_is_right():
    person = make_person()
    quiz_round = make_round({"Hộ tịch": 2})
    take(make_entry(quiz_round, person), quiz_round, "b-")

    wrong, unanswered = own_training(person).topics[0].missed

    assert wrong.stem == "Hộ tịch, câu 1"
    assert wrong.chosen == ("Phương án sai",)
    assert wrong.right == ("Phương án đúng",)
    assert wrong.explanation == "Giải thích của Hộ tịch, câu 1"
    assert unanswered.chosen == ()


def test_a_repealed_instrument_says_what_replaced_it():
    new = Instrument.objects.create(
        number="118/2025/NĐ-CP", title="Một cửa", issuer="Chính phủ", status="in_force"
    )
    old = Instrument.objects.create(
        number="61/2018/NĐ-CP",
        title="Một cửa",
        issuer="Chính phủ",
        status="expired",
        expires_on=date(2025, 7, 1),
        replaced_by=new,
    )
    person = make_person()
    quiz_round = make_round({"Một cửa": 1})
    version = versions_of(quiz_round)[0]
    version.instrument, version.legal_basis = old, "Điều 5 Nghị định số 61/2018/NĐ-CP"
    version.save()
    take(make_entry(quiz_round, person), quiz_round, "b")

    basis = own_training(person).topics[0].missed[0].legal_basis

    assert basis is not None
    assert basis.text == "Điều 5 Nghị định số 61/2018/NĐ-CP"
    assert basis.has_expired
    assert basis.replacement is not None
    assert basis.replacement.number == "118/2025/NĐ-CP"
    assert basis.replacement.is_in_force


def test_a_question_met_twice_counts_once_by_the_later_answer():
    person = make_person()
    quiz_round = make_round({"Hộ tịch": 1, "Đất đai": 1})
    entry = make_entry(quiz_round, person)
    take(entry, quiz_round, "ba", number=1)
    take(entry, quiz_round, "ab", number=2)

    training = own_training(person)

    assert (training.asked_count, training.right_count) == (2, 1)
    assert [topic.share.name for topic in training.topics] == ["Đất đai"]


def test_a_struck_out_question_teaches_nothing():
    person = make_person()
    quiz_round = make_round({"Hộ tịch": 2})
    take(make_entry(quiz_round, person), quiz_round, "bb")
    quiz_round.pool.filter(version=versions_of(quiz_round)[0]).update(struck_out_at=timezone.now())

    training = own_training(person)

    assert training.asked_count == 1
    assert [question.stem for question in training.topics[0].missed] == ["Hộ tịch, câu 2"]


@pytest.mark.parametrize("fields", [{"state": RoundState.CLOSED}, {"shows_answers": False}])
def test_nothing_is_told_before_publication_or_where_answers_are_kept(fields: dict):
    person = make_person()
    quiz_round = make_round({"Hộ tịch": 1}, **fields)
    take(make_entry(quiz_round, person), quiz_round, "b")

    assert own_training(person).asked_count == 0


def test_a_colleagues_mistakes_are_not_mine():
    mine, theirs = make_person(), make_person()
    quiz_round = make_round({"Hộ tịch": 1})
    take(make_entry(quiz_round, mine), quiz_round, "a")
    take(make_entry(quiz_round, theirs), quiz_round, "b")

    training = own_training(mine)

    assert (training.asked_count, training.topics) == (1, ())


@pytest.mark.parametrize("round_count", [1, 3])
def test_own_training_takes_four_statements(
    round_count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    person = make_person()
    for _ in range(round_count):
        quiz_round = make_round({"Hộ tịch": round_count, "Đất đai": round_count})
        take(make_entry(quiz_round, person), quiz_round, "b" * 2 * round_count)

    with django_assert_num_queries(4):
        assert len(own_training(person).topics) == 2 * round_count


def taken_by(person_count: int, quiz_round, unit, choices: str) -> int:
    for number in range(person_count):
        person = make_person(f"Nguyễn Văn {number}", unit=unit)
        take(make_entry(quiz_round, person), quiz_round, choices)
    return make_contest_unit(quiz_round.contest, unit).pk


def test_a_group_of_five_is_shown_and_a_group_of_four_is_not():
    quiz_round = make_round({"Hộ tịch": 2})
    five = taken_by(5, quiz_round, make_unit("Phường An Khê"), "ab")
    four = taken_by(4, quiz_round, make_unit("Phường Chính Gián"), "bb")

    shown, hidden = group_topics(quiz_round, [five]), group_topics(quiz_round, [four])

    assert [(share.asked_count, share.percent, share.person_count) for share in shown.shares] == [
        (10, 50, 5)
    ]
    assert shown.suppressed_names == ()
    assert (hidden.shares, hidden.suppressed_names) == ((), ("Hộ tịch",))


def test_several_attempts_of_one_person_are_one_person():
    quiz_round = make_round({"Hộ tịch": 1})
    unit = make_unit("Phường An Khê")
    entry = make_entry(quiz_round, make_person(unit=unit))
    for number in range(1, 7):
        take(entry, quiz_round, "b", number=number)

    topics = group_topics(quiz_round, [entry.contest_unit_id])

    assert topics.suppressed_names == ("Hộ tịch",)


def test_an_invalid_entry_is_not_part_of_the_group():
    quiz_round = make_round({"Hộ tịch": 1})
    unit = taken_by(5, quiz_round, make_unit("Phường An Khê"), "b")
    entry = quiz_round.contest.entries.first()
    entry.invalid_at, entry.invalid_reason = timezone.now(), "Thi hộ"
    entry.save()

    assert group_topics(quiz_round, [unit]).shares == ()


def test_a_group_has_nothing_before_publication():
    quiz_round = make_round({"Hộ tịch": 1}, state=RoundState.CLOSED)
    unit = taken_by(5, quiz_round, make_unit("Phường An Khê"), "b")

    topics = group_topics(quiz_round, [unit])

    assert (topics.shares, topics.suppressed_names) == ((), ())


@pytest.mark.parametrize("person_count", [1, 3])
def test_group_topics_take_three_statements(
    person_count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    quiz_round = make_round({"Hộ tịch": person_count})
    unit = taken_by(person_count, quiz_round, make_unit("Phường An Khê"), "b" * person_count)

    with django_assert_num_queries(3):
        group_topics(quiz_round, [unit])
