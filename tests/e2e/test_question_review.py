"""The life of a question between two people: written, submitted, returned, mended, approved."""

import re

import pytest

from people.models import User
from people.roles import AUTHOR
from quizzes.models import QuestionBank
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"


@pytest.fixture
def bank(site: str) -> QuestionBank:
    return QuestionBank.objects.create(
        code=f"duyet-{QuestionBank.objects.count()}", name="Ngân hàng để duyệt"
    )


@pytest.fixture
def people(bank: QuestionBank) -> tuple[User, User]:
    author, reviewer = make_person("Tô Văn Soạn", AUTHOR), make_person("Kiều Thị Duyệt", AUTHOR)
    bank.owners.add(author)
    bank.reviewers.add(reviewer)
    return author, reviewer


@pytest.mark.parametrize("javascript", [True, False])
def test_written_returned_mended_and_approved(visit, bank: QuestionBank, people, javascript: bool):
    author, reviewer = people
    with (
        visit(width=DESKTOP, javascript=javascript) as writing,
        visit(width=PHONE, javascript=javascript) as reading,
    ):
        writing.sign_in(author.staff_code, PASSWORD)
        reading.sign_in(reviewer.staff_code, PASSWORD)
        page = write(writing, bank)
        writing.press("Gửi duyệt")
        writing.says("cần người khác duyệt")
        assert writing.page.get_by_role("button", name="Duyệt", exact=True).count() == 0

        reading.goto(page)
        reading.check()
        reading.press("Trả lại để sửa")
        reading.says("Hãy ghi nhận xét")
        reading.page.locator("textarea[name=text]").fill("Thiếu căn cứ pháp lý.")
        reading.press("Trả lại để sửa")
        reading.says("Đã trả lại để sửa")

        mend(writing, page)
        reading.goto(page)
        reading.press("So sánh các phiên bản")
        reading.says("Điều 8 Nghị định 61")
        reading.check()
        reading.press("Về trang câu hỏi")
        reading.press("Duyệt")
        reading.says("Đã duyệt câu hỏi.")
        reading.check()
    question = bank.questions.get()
    assert (question.state, question.versions.count()) == ("approved", 2)


def write(writing: Visitor, bank: QuestionBank) -> str:
    """The address of the new question's page."""
    writing.goto(f"/bank/{bank.code}/questions/new/")
    writing.check()
    writing.fill(
        stem="Bộ phận Một cửa làm việc mấy ngày một tuần?",
        topic="new",
        new_topic="Một cửa",
        option_0="Bốn ngày",
        option_1="Năm ngày",
        option_2="Bảy ngày",
    )
    writing.press("Bỏ dòng D")
    writing.says("Thêm dòng")
    assert writing.page.locator("[name=option_3]").count() == 0
    writing.press("Lưu", within=writing.page.locator(".form-actions"))
    writing.says("Chưa có đáp án đúng")
    writing.check()
    writing.page.locator("[name=correct]").nth(1).check()
    writing.press("Lưu", within=writing.page.locator(".form-actions"))
    writing.says("Đã lưu câu hỏi thành bản nháp.")
    writing.check()
    assert re.search(r"/questions/\d+/$", writing.page.url)
    return writing.page.url


def mend(writing: Visitor, page: str) -> None:
    writing.goto(page)
    writing.says("Thiếu căn cứ pháp lý.")
    writing.press("Sửa câu hỏi")
    writing.fill(legal_basis="Điều 8 Nghị định 61/2018/NĐ-CP")
    writing.press("Lưu", within=writing.page.locator(".form-actions"))
    writing.says("Đã lưu câu hỏi.")
    writing.press("Đã giải quyết")
    writing.says("1 nhận xét đã giải quyết")
    writing.press("Gửi duyệt")
    writing.says("Đã gửi duyệt.")
