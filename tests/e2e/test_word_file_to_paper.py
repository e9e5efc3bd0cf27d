"""The whole way of a question: an author's Word file, put right, reviewed by another, drawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import User
from people.roles import AUTHOR, ORGANISER
from quizzes import entries
from quizzes.enums import QuestionState
from quizzes.models import Question, QuestionBank, Round
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.e2e.importing import put_two_questions_right, upload_word_file
from tests.quizzes.contest_factories import make_contest, make_unit
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
TOPIC = "Một cửa, một cửa liên thông"
MENDED = ("Câu hỏi này không có phương án nào?", "Câu hỏi này chỉ có một phương án?")


@pytest.fixture
def bank(site: str) -> QuestionBank:
    return QuestionBank.objects.create(code="tu-word", name="Ngân hàng từ tệp Word")


@pytest.fixture
def quiz_round(bank: QuestionBank) -> Round:
    now = timezone.now()
    return Round.objects.create(
        contest=make_contest(name="Hội thi từ tệp Word"),
        number=1,
        name="Vòng 1",
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=3),
        duration_seconds=20 * 60,
    )


@pytest.fixture
def people(bank: QuestionBank, quiz_round: Round) -> dict[str, User]:
    """An author and a reviewer of the bank, an organiser who may read it, a contestant."""
    unit = make_unit("Phường Từ Tệp Word")
    people = {
        "author": make_person("Tạ Thị Soạn Tệp", AUTHOR),
        "reviewer": make_person("Phan Văn Xét Duyệt", AUTHOR),
        "organiser": make_person("Võ Thị Tổ Chức", ORGANISER),
        "contestant": make_person("Bùi Văn Dự Thi", unit=unit),
    }
    bank.owners.add(people["author"])
    bank.reviewers.add(people["reviewer"])
    bank.readers.add(people["organiser"])
    quiz_round.contest.organisers.add(people["organiser"])
    entries.take_roster(quiz_round.contest, [unit], by=None, at=timezone.now())
    return people


def test_a_word_file_becomes_a_drawn_paper(visit, bank: QuestionBank, quiz_round: Round, people):
    with visit(width=DESKTOP) as author:
        author.sign_in(people["author"].staff_code, PASSWORD)
        upload_word_file(author, bank.code)
        put_two_questions_right(author)
        author.fill(topic=TOPIC)
        author.page.get_by_label("Gửi duyệt luôn các câu được nhập").check()
        author.press("Nhập vào ngân hàng")
        author.says("Kết quả nhập câu hỏi")
        author.check()
    assert states(bank) == {QuestionState.IN_REVIEW: 27}

    with visit(width=DESKTOP) as reviewer:
        reviewer.sign_in(people["reviewer"].staff_code, PASSWORD)
        approve_one_then_all(reviewer, bank)
    assert states(bank) == {QuestionState.APPROVED: 27}

    home = f"/organise/contests/{quiz_round.contest.code}/rounds/1/"
    with visit(width=DESKTOP) as organiser:
        organiser.sign_in(people["organiser"].staff_code, PASSWORD)
        draw_up_the_blueprint(organiser, home)
        must_hold(organiser, home, MENDED)
        try_and_make_ready(organiser, home)

    with visit(width=PHONE) as phone:
        phone.sign_in(people["contestant"].staff_code, PASSWORD)
        phone.goto(f"/play/{quiz_round.pk}/")
        phone.press("Bắt đầu làm bài")
        phone.page.wait_for_url("**/attempts/**")
        phone.check()
        shown = phone.page.locator("main").inner_text()
    for stem in MENDED:
        assert stem in shown
    assert drawn_from(quiz_round) == {bank.pk: 10}


def approve_one_then_all(reviewer: Visitor, bank: QuestionBank) -> None:
    """One that was put right at its own page, the others together in the list."""
    one = bank.questions.get(current_version__stem=MENDED[0])
    reviewer.goto(f"/bank/{bank.code}/questions/{one.pk}/")
    reviewer.says("Một ngày")
    reviewer.check()
    reviewer.press("Duyệt")
    reviewer.says("Đã duyệt câu hỏi.")
    reviewer.goto(f"/admin/questions/?bank={bank.pk}&state={QuestionState.IN_REVIEW}")
    reviewer.page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    reviewer.press("Duyệt các câu đã chọn")
    reviewer.says("Duyệt: 26 câu.")
    reviewer.press("Duyệt", within=reviewer.page.locator("main form"))
    reviewer.says("Duyệt: 26 câu.")


def draw_up_the_blueprint(organiser: Visitor, home: str) -> None:
    organiser.goto(f"{home}blueprint/")
    organiser.page.locator("[name='cells-0-topic']").select_option(label=TOPIC)
    organiser.fill(**{"cells-0-question_count": "10", "cells-0-centipoints": "1", "total": "10"})
    organiser.press("Lưu ma trận đề")
    organiser.says("Việc còn lại trước khi mở")


def must_hold(organiser: Visitor, home: str, stems: tuple[str, ...]) -> None:
    organiser.goto(f"{home}constraints/")
    organiser.page.locator("input[name='q']:visible").last.fill("Câu hỏi này")
    organiser.press("Tìm", within=organiser.page.locator("main"))
    organiser.says("Câu tìm thấy")
    for stem in stems:
        organiser.page.get_by_label(stem, exact=False).check()
    organiser.press("Đề nào cũng phải có")
    organiser.says("Đã ghi 2 câu bắt buộc.")
    organiser.check()


def try_and_make_ready(organiser: Visitor, home: str) -> None:
    organiser.goto(f"{home}dry-run/")
    organiser.says("Đề đã rút thử")
    organiser.says(MENDED[1])
    organiser.check()
    organiser.goto(home)
    organiser.press("Đặt sẵn sàng")
    organiser.press("Đặt sẵn sàng", within=organiser.page.locator("form.form"))
    organiser.says("Vòng thi đã sẵn sàng.")
    organiser.check()


def states(bank: QuestionBank) -> dict[str, int]:
    found = list(Question.objects.filter(bank=bank).values_list("state", flat=True))
    return {state: found.count(state) for state in found}


def drawn_from(quiz_round: Round) -> dict[int, int]:
    """How many questions of which bank the one paper that was drawn holds."""
    [paper] = quiz_round.papers.all()
    versions = [slot["version"] for slot in paper.slots]
    questions = Question.objects.filter(versions__in=versions)
    banks = list(questions.values_list("bank", flat=True))
    return {bank: banks.count(bank) for bank in banks}
