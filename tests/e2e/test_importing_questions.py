"""From an office's Word file into the bank and back: two questions put right in place."""

import pytest

from people.roles import AUTHOR
from quizzes.models import Question, QuestionBank
from tests.e2e.browsing import DESKTOP, PHONE
from tests.e2e.importing import put_two_questions_right, upload_word_file
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"


@pytest.mark.parametrize(("width", "javascript"), [(DESKTOP, True), (PHONE, False)])
def test_a_word_file_is_put_right_imported_and_taken_back(visit, site, width, javascript):
    author = make_person("Lê Thị Soạn Câu", AUTHOR)
    bank = QuestionBank.objects.create(code=f"nhap-{width}", name="Ngân hàng nhập thử")
    bank.owners.add(author)
    with visit(width=width, javascript=javascript) as desk:
        desk.sign_in(author.staff_code, PASSWORD)
        upload_word_file(desk, bank.code)
        put_two_questions_right(desk)
        desk.press("Nhập vào ngân hàng")
        desk.says("Kết quả nhập câu hỏi")
        desk.check()
        assert Question.objects.filter(bank=bank).count() == 27

        desk.press("Hoàn tác lần nhập này")
        desk.check()
        desk.press("Hoàn tác")
        desk.says("ngân hàng trở lại như trước khi nhập")
        desk.check()
        assert not Question.objects.filter(bank=bank).exists()
        desk.goto(f"/bank/{bank.code}/imports/")
        desk.says("Đã hoàn tác")
        desk.check()
