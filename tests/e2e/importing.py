"""How an author brings a Word file into a bank, for the journeys that begin with one."""

from pathlib import Path

from tests.e2e.browsing import Visitor

INPUTS = Path(__file__).parent.parent / "inputs"


def upload_word_file(desk: Visitor, code: str, name: str = "de-thi-gach-chan.docx") -> None:
    desk.goto(f"/bank/{code}/import/")
    desk.check()
    desk.page.set_input_files("input[type=file]", INPUTS / name)
    desk.press("Xem trước")
    desk.says("Các câu trong tệp")
    desk.check()


def put_two_questions_right(desk: Visitor) -> None:
    """The two of "de-thi-gach-chan.docx" that cannot be taken as they are."""
    show(desk, "Không nhập được")
    put_right(desk, "26", ["Một ngày", "Hai ngày"])
    if not desk.page.locator(".import-card", has_text="Câu 27").count():
        show(desk, "Tất cả")
    put_right(desk, "27", ["Bộ phận Một cửa", "Phòng Tư pháp"])
    desk.check()
    show(desk, "Tất cả")


def show(desk: Visitor, tab: str) -> None:
    desk.page.locator("#import-tabs a", has_text=tab).click()


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
