"""Every kind of question on a phone: by keyboard alone, and without JavaScript."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import expect

from people.models import User
from quizzes import essay_marking, rounds
from quizzes.kinds import KINDS
from quizzes.models import Attempt, QuestionFile, QuestionVersion, Response, Round
from quizzes.pools import sheet_of
from quizzes.question_files import add_file
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.quizzes.bank_factories import make_author
from tests.quizzes.contest_factories import give_role, make_organiser
from tests.quizzes.importing.word_files import picture_bytes
from tests.quizzes.play_factories import make_entry, make_round, make_user

PASSWORD = "mat-khau-tot"
ESSAY = "Xin lỗi công dân, báo cáo người phụ trách."
TYPED = {"number": "917,5", "short_text": "bí mật nhà nước", "essay": ESSAY}


@pytest.fixture
def quiz_round(site: str) -> Round:
    quiz_round = make_round(
        questions=len(KINDS),
        kinds=tuple(KINDS),
        opens_at=timezone.now() - timedelta(minutes=5),
        name="Vòng 1: Mọi dạng câu hỏi",
    )
    show_a_picture(quiz_round)
    return quiz_round


def show_a_picture(quiz_round: Round) -> None:
    """The one that the sample of a situation names by its number; a drawn version never changes."""
    version = QuestionVersion.objects.get(pools__round=quiz_round, kind="situation")
    number = version.content["media"]["file"]
    if QuestionFile.objects.filter(pk=number).exists():
        return
    bank = version.question.bank
    picture = ContentFile(picture_bytes(), name="quay.png")
    file, _is_new = add_file(bank, picture, by=make_author(bank), at=timezone.now())
    QuestionFile.objects.filter(pk=file.pk).update(id=number)


@pytest.fixture
def contestant(quiz_round: Round) -> User:
    return make_entry(quiz_round, make_user()).user


def start(person: Visitor, contestant: User, quiz_round: Round) -> Attempt:
    person.sign_in(contestant.staff_code, PASSWORD)
    person.goto(f"/play/{quiz_round.pk}/")
    person.press("Bắt đầu làm bài")
    person.page.wait_for_url("**/play/attempts/*/")
    return Attempt.objects.get(entry__user=contestant)


def kinds_of(attempt: Attempt) -> list[str]:
    return [item.version.kind for item in sheet_of(attempt.paper, attempt.round)]


def tab_to(person: Visitor, name: str) -> None:
    """Press Tab until the field of this name has the focus."""
    for _ in range(60):
        if person.page.evaluate("document.activeElement.name || ''") == name:
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by keyboard")


def answer_by_keyboard(person: Visitor, slot: int, kind: str) -> None:
    keyboard = person.page.keyboard
    if kind in TYPED:
        tab_to(person, f"slot-{slot}-0")
        keyboard.type(TYPED[kind])
    elif kind == "statements":
        for place in range(4):
            tab_to(person, f"slot-{slot}-{place}")
            keyboard.press("Space")
    elif kind in {"ordering", "matching"}:
        for place in range(4 if kind == "ordering" else 3):
            tab_to(person, f"slot-{slot}-{place}")
            for _ in range(place + 1):
                keyboard.press("ArrowDown")
    else:
        tab_to(person, f"slot-{slot}")
        keyboard.press("Space")


def test_every_kind_is_answered_by_keyboard_on_a_phone(visit, quiz_round: Round, contestant: User):
    with visit(width=PHONE) as person:
        attempt = start(person, contestant, quiz_round)
        person.check()
        kinds = kinds_of(attempt)
        for slot, kind in enumerate(kinds):
            answer_by_keyboard(person, slot, kind)
        person.page.keyboard.press("Tab")
        expect(person.page.locator("[data-question]:not([data-save=saved])")).to_have_count(0)
        choices = dict(Response.objects.filter(attempt=attempt).values_list("slot", "choice"))
        answers = {kind: choices[slot] for slot, kind in enumerate(kinds)}
        assert answers["number"] == "917.5"
        assert answers["short_text"] == TYPED["short_text"]
        assert answers["essay"] == ESSAY
        assert set(answers["statements"].values()) == {True}
        assert len(answers["matching"]) == 3
        assert sorted(answers["ordering"]) == ["a", "b", "c", "d"]

        # what was typed is there again, and nothing is sent a second time
        person.page.reload()
        essay = person.page.locator("textarea")
        assert essay.input_value() == ESSAY
        person.check()

        person.press("Xem lại và nộp bài")
        person.says("Bạn đã trả lời tất cả các câu.")
        person.press("Nộp bài")
        person.says("Bạn đã nộp bài")
    attempt.refresh_from_db()
    assert (attempt.answered_count, attempt.unmarked_count) == (len(kinds), 1)


def test_a_slip_and_what_is_missing_are_told_at_the_question(
    visit, quiz_round: Round, contestant: User
):
    with visit(width=PHONE) as person:
        attempt = start(person, contestant, quiz_round)
        kinds = kinds_of(attempt)
        questions = person.page.locator("[data-question]")
        number = questions.nth(kinds.index("number"))
        number.locator("[data-typed]").fill("mười lăm")
        number.get_by_text("Hãy nhập một số, ví dụ 15 hoặc 15,5.").wait_for()
        number.locator("[data-typed]").fill("15")
        number.get_by_text("Đã lưu").wait_for()

        ordering = questions.nth(kinds.index("ordering"))
        for place in (0, 1):
            ordering.locator("select").nth(place).select_option(index=3)
        ordering.get_by_text("Có nhiều ý cùng chọn thứ tự 3").wait_for()
        ordering.locator("select").nth(1).select_option(index=1)
        ordering.get_by_text("Câu này còn 2 ý chưa chọn.").wait_for()
        person.check()
        person.press("Xem lại và nộp bài")
        person.says("Câu cần xem lại")
        person.check()


def test_every_kind_is_answered_without_javascript(visit, quiz_round: Round, contestant: User):
    with visit(width=PHONE, javascript=False) as person:
        attempt = start(person, contestant, quiz_round)
        kinds = kinds_of(attempt)
        for slot, kind in enumerate(kinds):
            question = person.page.locator("[data-question]").nth(slot)
            if kind in TYPED:
                question.locator("[data-typed]").fill(TYPED[kind])
            for place, select in enumerate(question.locator("select").all()):
                select.select_option(index=place + 1)
            for group in question.locator("[role=radiogroup]").all():
                group.locator("input").last.check()
            if question.locator("[data-reads=ticks]").count():
                question.locator("input:not([type=hidden])").first.check()
        person.press("Lưu tất cả")
        person.says(f"Đã lưu {len(kinds)} câu trả lời.")
        person.check()
        person.press("Xem lại và nộp bài")
        person.press("Nộp bài")
        person.says("Bạn đã nộp bài")
    attempt.refresh_from_db()
    assert attempt.answered_count == len(kinds)


def test_the_jury_marks_the_essay_and_the_contestant_reads_it(
    visit, quiz_round: Round, contestant: User
):
    organiser = make_organiser(quiz_round.contest)
    judge = give_role(make_user("Đỗ Văn Quyết"), "Ban Giám khảo")
    quiz_round.contest.jury.add(judge)
    with visit(width=PHONE) as person, visit(width=DESKTOP) as marker:
        attempt = start(person, contestant, quiz_round)
        person.page.locator("textarea").fill(ESSAY)
        person.press("Xem lại và nộp bài")
        person.press("Nộp bài")
        person.says("Bạn đã nộp bài")
        assert Response.objects.get(attempt=attempt).choice == ESSAY
        rounds.close_round(quiz_round, by=organiser, at=timezone.now(), reason="Xong")

        marker.sign_in(judge.staff_code, PASSWORD)
        marker.goto("/marking/")
        marker.check()
        marker.press(quiz_round.name)
        marker.check()
        marker.press("Bắt đầu chấm")
        marker.says(ESSAY)
        marker.check()
        marker.fill(centipoints="1,75", remark="Đủ ý")
        marker.press("Lưu điểm")
        marker.says("Đã chấm xong")

        quiz_round.refresh_from_db()
        assert essay_marking.first_waiting(essay_marking.essay_sheets(quiz_round)) == ""
        rounds.close_round(quiz_round, by=organiser, at=timezone.now())
        rounds.publish_round(quiz_round, by=organiser, at=timezone.now())
        person.page.reload()
        person.says("Nhận xét của người chấm")
        person.check()


def test_words_just_typed_outlive_an_outage_and_a_reload(
    visit, quiz_round: Round, contestant: User
):
    with visit(width=PHONE) as person:
        attempt = start(person, contestant, quiz_round)
        page = person.page
        page.on("dialog", lambda dialog: dialog.accept())
        page.route("**/play/answer/", lambda route: route.abort())
        page.locator("textarea").press_sequentially("Kính gửi ông K.")
        page.reload()  # before the pause after which text is saved
        assert page.locator("textarea").input_value() == "Kính gửi ông K."
        page.unroute("**/play/answer/")
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(page.locator("[data-save=pending], [data-save=saving]")).to_have_count(0)
        assert Response.objects.get(attempt=attempt).choice == "Kính gửi ông K."
