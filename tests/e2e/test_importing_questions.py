"""From an office's Word file into the bank and back: two questions put right in place."""

from pathlib import Path

import pytest

from people.roles import AUTHOR
from quizzes.models import Question, QuestionBank
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.training.factories import make_person

INPUTS = Path(__file__).parent.parent / "inputs"
PASSWORD = "mat-khau-tot"


@pytest.mark.parametrize(("width", "javascript"), [(DESKTOP, True), (PHONE, False)])
def test_a_word_file_is_put_right_imported_and_taken_back(visit, site, width, javascript):
    author = make_person("Lê Thị Soạn Câu", AUTHOR)
    bank = QuestionBank.objects.create(code=f"nhap-{width}", name="Ngân hàng nhập thử")
    bank.owners.add(author)
    with visit(width=width, javascript=javascript) as desk:
        desk.sign_in(author.staff_code, PASSWORD)
        desk.goto(f"/bank/{bank.code}/import/")
        desk.check()
        desk.page.set_input_files("input[type=file]", INPUTS / "de-thi-gach-chan.docx")
        desk.press("Xem trước")
        desk.says("Các câu trong tệp")
        desk.check()
        desk.page.locator("#import-tabs a", has_text="Không nhập được").click()
        put_right(desk, "26", ["Một ngày", "Hai ngày"])
        if not desk.page.locator(".import-card", has_text="Câu 27").count():
            desk.page.locator("#import-tabs a", has_text="Tất cả").click()
        put_right(desk, "27", ["Bộ phận Một cửa", "Phòng Tư pháp"])
        desk.check()
        desk.page.locator("#import-tabs a", has_text="Tất cả").click()
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


def put_right(desk: Visitor, number: str, options: list[str]) -> None:
    card = desk.page.locator(".import-card", has_text=f"Câu {number}").filter(
        has=desk.page.locator("[data-edit]")
    )
    card.last.locator("[data-edit]").click()
    form = desk.page.locator(".import-card.is-edited")
    form.wait_for()
    for index, option in enumerate(options):
        form.locator(f"[name=option_{index}]").fill(option)
    form.locator("[name=right_0]").check()
    form.get_by_role("button", name="Lưu câu này").click()
    desk.says("Đã sửa ở đây")
    form.wait_for(state="detached")
