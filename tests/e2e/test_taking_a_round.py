"""Taking a round: by keyboard at a desk, and on a phone without any JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from people.models import User
from quizzes.models import Attempt, Response, Round
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.quizzes.play_factories import make_entry, make_round, make_user

PASSWORD = "mat-khau-tot"


@pytest.fixture
def quiz_round(site: str) -> Round:
    return make_round(
        questions=4,
        kinds=("single_choice", "multiple_choice", "true_false"),
        opens_at=timezone.now() - timedelta(minutes=5),
    )


@pytest.fixture
def contestant(quiz_round: Round) -> User:
    return make_entry(quiz_round, make_user()).user


def arrive_and_start(person: Visitor, contestant: User) -> Attempt:
    person.sign_in(contestant.staff_code, PASSWORD)
    person.goto("/play/")
    person.says("Vòng 1: Trắc nghiệm")
    person.check()
    person.press("Vòng 1: Trắc nghiệm")
    person.press("Bắt đầu làm bài")
    person.page.wait_for_url("**/play/attempts/*/")
    return Attempt.objects.get(entry__user=contestant)


def choices_of(attempt: Attempt) -> dict[int, list[str]]:
    return dict(Response.objects.filter(attempt=attempt).values_list("slot", "choice"))


def test_a_round_is_taken_by_keyboard_alone(visit, contestant: User):
    with visit(width=DESKTOP) as person:
        attempt = arrive_and_start(person, contestant)
        person.check()
        for _ in range(4):
            person.page.keyboard.press("A")
            person.page.wait_for_timeout(50)
            person.page.keyboard.press("ArrowRight")
        person.says("Đã trả lời 4/4")
        expect(person.page.locator("[data-question]:not([data-save=saved])")).to_have_count(0)
        assert len(choices_of(attempt)) == 4

        person.press("Xem lại và nộp bài")
        person.says("Bạn đã trả lời tất cả các câu.")
        person.check()
        person.press("Nộp bài")
        person.says("Bạn đã nộp bài")
        person.check()

    attempt.refresh_from_db()
    assert (attempt.state, attempt.answered_count) == ("finished", 4)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_round_is_taken_without_javascript(visit, contestant: User, width: int):
    with visit(width=width, javascript=False) as person:
        attempt = arrive_and_start(person, contestant)
        questions = person.page.locator("[data-question]")
        for number in range(1, 4):
            questions.nth(number - 1).locator("input:not([type=hidden])").first.check()
        # Any of the buttons saves every choice on the page.
        person.press("Lưu", within=questions.nth(1), exact=False)
        assert set(choices_of(attempt)) == {0, 1, 2}
        assert questions.nth(0).get_by_text("Đã lưu").is_visible()

        person.press("Bỏ chọn", within=questions.nth(0))
        assert choices_of(attempt)[0] == []

        person.press("Xem lại và nộp bài")
        person.says("Câu chưa trả lời (bấm để quay lại)")
        person.press("Nộp bài")
        person.says("Bạn đã nộp bài")

        person.goto(f"/play/attempts/{attempt.pk}/")
        person.says("Bạn đã nộp bài")

    attempt.refresh_from_db()
    assert (attempt.finish_kind, attempt.answered_count) == ("handed_in", 2)
