"""The whole contest day in a browser, on the files an office really sends.

Organisers and authors sit at a desk, contestants hold a phone; every page is looked at in both
widths (``Visitor.check``).
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from people.models import Unit, User
from people.roles import AUTHOR, ORGANISER
from quizzes.models import Attempt, Question, QuestionVersion, Response, Round
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.training.factories import make_person

INPUTS = Path(__file__).parent.parent / "inputs"
OFFICE_PASSWORD = "mat-khau-tot"
OWN_PASSWORD = "cau-vong-tren-song-hong"
UNIT = "Phường Thượng Cát"
CONTEST = "Hội thi Công chức Một cửa 2026"
ROUND = "/organise/contests/hoi-thi-2026/rounds/1/"


@dataclass(frozen=True)
class Slip:
    name: str
    identity: str
    code: str


@pytest.fixture
def organiser(site: str) -> User:
    return make_person("Đặng Thị Thư Ký", ORGANISER)


@pytest.fixture
def author(site: str) -> User:
    return make_person("Vũ Văn Ra Đề", AUTHOR)


@pytest.fixture
def reviewer(site: str) -> User:
    return make_person("Lý Thị Thẩm Định", AUTHOR)


def test_the_contest_day(visit, organiser: User, author: User, reviewer: User):
    with visit(width=DESKTOP) as desk:
        desk.sign_in(organiser.staff_code, OFFICE_PASSWORD)
        import_the_roster(desk)
        slips = print_slips(desk)

        with visit(width=DESKTOP) as study:
            study.sign_in(author.staff_code, OFFICE_PASSWORD)
            import_questions(study)
            name_people_of_the_bank(study, reviewer, organiser)
        with visit(width=DESKTOP) as second:
            second.sign_in(reviewer.staff_code, OFFICE_PASSWORD)
            approve_questions(second)

        create_the_contest(desk)
        take_the_roster(desk)
        draw_up_the_blueprint(desk)
        make_it_ready(desk)

        with visit(width=PHONE) as phone:
            sign_in_with_slip(phone, slips[0])
            attempt = take_the_round_with_a_bad_network(phone)
            watch(desk, running=1)
            hand_in(phone, attempt)
            with visit(width=DESKTOP) as colleague:
                sign_in_with_slip(colleague, slips[1])
                take_the_round_and_run_out_of_will(colleague)
                close_and_publish(desk)
            read_the_own_result(phone, attempt)

            print_the_result_sheet(desk, slips[0])
            verify_address = issue_certificates(desk, slips[0])
            fetch_the_own_certificate(phone, slips[0])

    with visit(width=PHONE) as anyone:
        look_at_the_board(anyone, slips[0])
        verify_the_certificate(anyone, verify_address, slips[0])


# people and questions -------------------------------------------------------------------------


def import_the_roster(desk: Visitor) -> None:
    desk.goto("/people/roster-imports/")
    desk.check()
    desk.page.set_input_files("input[type=file]", INPUTS / "danh-sach-can-bo.xlsx")
    desk.press("Tải lên và xem cột")
    desk.says("Mỗi cột trong tệp là thông tin gì")
    desk.check()
    desk.press("Xem trước")
    desk.says("Xem trước danh sách")
    rejected = desk.page.locator(".figures div", has_text="Không nhận").locator("dd")
    expect(rejected).to_have_text("3")
    desk.check()
    desk.press("Nhập danh sách này")
    desk.says("Kết quả nhập danh sách")
    desk.check()
    assert User.objects.filter(staff_code__startswith="CB0").count() == 320
    assert Unit.objects.filter(name=UNIT).exists()


def print_slips(desk: Visitor) -> list[Slip]:
    """The codes as they are on the paper: nobody can read them anywhere else."""
    desk.press("In phiếu đăng nhập")
    desk.says("Đơn vị còn người chưa đăng nhập")
    desk.check()
    desk.fill(unit=str(Unit.objects.get(name=UNIT).pk))
    desk.press("Cấp phiếu và mở trang in")
    desk.page.locator(".slip").first.wait_for()
    desk.check()
    slips = []
    for slip in desk.page.locator(".slip").all()[:2]:
        identity, code = slip.locator("strong").all_inner_texts()[:2]
        slips.append(Slip(slip.locator(".slip-name").inner_text(), identity, code))
    return slips


def import_questions(study: Visitor) -> None:
    study.goto("/bank/")
    study.check()
    study.press("Tạo ngân hàng")
    study.fill(name="Ngân hàng Một cửa", code="mot-cua")
    study.check()
    study.press("Tạo ngân hàng")
    study.says("Chưa có câu hỏi")
    study.check()
    study.press("Nhập từ tệp")
    study.check()
    study.page.set_input_files("input[type=file]", INPUTS / "de-thi-bang-dap-an.docx")
    study.press("Xem trước")
    study.says("Các câu trong tệp")
    study.fill(topic="Một cửa, một cửa liên thông")
    study.page.get_by_label("Gửi duyệt luôn các câu được nhập").check()
    study.check()
    study.press("Nhập vào ngân hàng")
    study.says("Kết quả nhập câu hỏi")
    study.check()
    study.press("Xem câu hỏi")
    study.check()
    study.press("Xem danh sách câu hỏi")
    study.page.locator("table td.title a").first.click()
    study.check()


def name_people_of_the_bank(study: Visitor, reviewer: User, organiser: User) -> None:
    study.press("Người phụ trách, duyệt, xem")
    study.check()
    reviewers = study.page.get_by_role("group", name="Người duyệt")
    reviewers.get_by_label(reviewer.full_name, exact=False).check()
    readers = study.page.get_by_role("group", name="Người được xem")
    readers.get_by_label(organiser.full_name, exact=False).check()
    study.press("Lưu")
    study.says("Đã lưu người phụ trách, người duyệt và người được xem.")


def approve_questions(second: Visitor) -> None:
    """Nobody approves the own questions: it takes a second person, and one tick for all."""
    second.goto("/bank/mot-cua/")
    second.press("Duyệt câu hỏi")
    second.page.locator("thead [data-bulk-action-select-all-checkbox]").check()
    second.press("Duyệt các câu đã chọn")
    waiting = Question.objects.filter(bank__code="mot-cua", state="in_review").count()
    second.says(f"Duyệt: {waiting} câu.")
    second.press("Duyệt")
    second.says(f"Duyệt: {waiting} câu.")
    assert Question.objects.filter(bank__code="mot-cua", state="approved").count() == waiting


# the contest ----------------------------------------------------------------------------------


def create_the_contest(desk: Visitor) -> None:
    desk.goto("/organise/")
    desk.check()
    desk.press("Lập cuộc thi")
    now = timezone.localtime()
    desk.fill(
        name=CONTEST,
        code="hoi-thi-2026",
        issuing_agency="UBND phường Thượng Cát",
        opens_at=f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        closes_at=f"{now + timedelta(hours=3):%Y-%m-%dT%H:%M}",
    )
    desk.page.get_by_label("Hội thi cấp xã, một vòng trực tuyến").check()
    desk.check()
    desk.press("Lập cuộc thi", within=desk.page.locator("form.form"))
    desk.says("Chưa có danh sách thí sinh.")
    desk.check()
    desk.press("Thể lệ, thông tin")
    desk.page.get_by_label("hiện trên trang tin").check()
    desk.check()
    desk.press("Lưu")
    desk.says("Xem trang công khai của cuộc thi")


def take_the_roster(desk: Visitor) -> None:
    desk.press("Đơn vị dự thi")
    desk.check()
    for box in desk.page.locator("[name=units]").all():
        box.check()
    desk.press("Chốt danh sách")
    desk.says("Đơn vị trong danh sách")
    desk.check()
    desk.press("Thí sinh")
    desk.fill(q="hoang thanh yen")
    desk.press("Tìm")
    desk.says("Hoàng Thanh Yến")
    desk.check()


def draw_up_the_blueprint(desk: Visitor) -> None:
    desk.goto(f"{ROUND}blueprint/")
    topic = desk.page.locator("select[name='cells-0-topic']")
    topic.select_option(label="Một cửa, một cửa liên thông")
    desk.fill(**{"cells-0-question_count": "5", "cells-0-centipoints": "2"})
    desk.page.keyboard.press("Tab")
    desk.says("Cả đề: 5 câu, 10 điểm")
    desk.check()
    desk.press("Lưu ma trận đề")
    desk.says("Việc còn lại trước khi mở")


def make_it_ready(desk: Visitor) -> None:
    desk.check()
    desk.press("Đặt sẵn sàng")
    desk.check()
    desk.press("Đặt sẵn sàng", within=desk.page.locator("form.form"))
    desk.says("Đang mở")
    desk.check()


# taking it ------------------------------------------------------------------------------------


def sign_in_with_slip(person: Visitor, slip: Slip) -> None:
    person.goto("/accounts/login/")
    person.check()
    person.goto("/people/first-sign-in/")
    person.check()
    person.fill(identity=slip.identity, code=slip.code)
    person.press("Tiếp tục")
    person.says(slip.name)
    person.check()
    person.fill(password1=OWN_PASSWORD, password2=OWN_PASSWORD)
    person.press("Lưu mật khẩu và đăng nhập")
    person.page.wait_for_url(lambda url: "/first-sign-in/" not in url)


def start(person: Visitor) -> Attempt:
    person.goto("/play/")
    person.check()
    person.page.locator("main .item-list h3 a").first.click()
    person.says("Thời gian làm bài")
    person.check()
    person.press("Bắt đầu làm bài")
    person.page.wait_for_url("**/play/attempts/*/")
    return Attempt.objects.get(pk=int(re.findall(r"/attempts/(\d+)/", person.page.url)[0]))


def choose(page: Page, slot: int, option: int = 0) -> None:
    page.locator(f"[data-slot='{slot}'] label.option").nth(option).click()


def expect_saved(page: Page, slot: int) -> None:
    question = page.locator(f"[data-slot='{slot}']")
    expect(question).to_have_attribute("data-save", "saved")
    expect(question.locator("[data-save-text]")).to_have_text(re.compile(r"Đã lưu \d\d:\d\d:\d\d"))


def take_the_round_with_a_bad_network(phone: Visitor) -> Attempt:
    attempt = start(phone)
    phone.check()
    page = phone.page
    tells_no_key(page, attempt)
    choose(page, 0)
    expect_saved(page, 0)

    # The network is cut: the choice stays here and says so. It returns: the choice goes by itself.
    phone.context.set_offline(True)
    choose(page, 1)
    choose(page, 2, option=1)
    expect(page.locator("[data-slot='1']")).to_have_attribute("data-save", "pending")
    phone.says("Mất kết nối: 2 câu chưa lưu, đang giữ trên máy này")
    assert Response.objects.filter(attempt=attempt).count() == 1
    phone.check()
    phone.context.set_offline(False)
    for slot in (1, 2):
        expect_saved(page, slot)
    assert Response.objects.filter(attempt=attempt).count() == 3

    # A reload and a second tab continue the same attempt; the tabs follow each other.
    page.reload()
    for slot in (0, 1, 2):
        expect_saved(page, slot)
    second = phone.context.new_page()
    second.goto(page.url)
    choose(second, 0, option=1)
    expect_saved(second, 0)
    expect(page.locator("[data-slot='0'] label.option input").nth(1)).to_be_checked()
    second.close()
    assert Attempt.objects.filter(entry=attempt.entry).count() == 1
    assert Response.objects.filter(attempt=attempt).count() == 3
    return attempt


def tells_no_key(page: Page, attempt: Attempt) -> None:
    versions = QuestionVersion.objects.filter(
        pk__in=[slot["version"] for slot in attempt.paper.slots]
    )
    source = page.content()
    assert all(version.stem[:30] in page.inner_text("main") for version in versions)
    for version in versions:
        assert not version.explanation or version.explanation[:30] not in source
    assert '"correct"' not in source


def hand_in(phone: Visitor, attempt: Attempt) -> None:
    phone.press("Xem lại và nộp bài")
    phone.says("Câu chưa trả lời (bấm để quay lại)")
    phone.check()
    phone.press("Quay lại làm tiếp")
    for slot in (3, 4):
        choose(phone.page, slot)
        expect_saved(phone.page, slot)
    phone.press("Xem lại và nộp bài")
    phone.says("Bạn đã trả lời tất cả các câu.")
    phone.fill(prediction="2")
    phone.press("Nộp bài")
    phone.says("Kết quả có khi Ban Tổ chức công bố.")
    phone.check()
    attempt.refresh_from_db()
    assert (attempt.finish_kind, attempt.answered_count) == ("handed_in", 5)
    assert attempt.prediction == 2


def take_the_round_and_run_out_of_will(person: Visitor) -> None:
    """Answers two questions and is still there when the round is closed."""
    start(person)
    for slot in (0, 1):
        choose(person.page, slot)
        expect_saved(person.page, slot)


# watching, closing, publishing ----------------------------------------------------------------


def watch(desk: Visitor, *, running: int) -> None:
    desk.goto(f"{ROUND}watch/")
    figure = desk.page.locator(".figures div", has_text="Đang làm bài").locator("dd")
    expect(figure).to_have_text(str(running))
    desk.check()


def close_and_publish(desk: Visitor) -> None:
    desk.goto(ROUND)
    desk.press("Đóng sớm")
    desk.press("Đóng vòng thi")
    desk.says("Vòng thi chưa hết giờ. Muốn đóng ngay, hãy ghi lý do.")
    desk.check()
    desk.fill(reason="Mọi người đã thi xong")
    desk.press("Đóng vòng thi")
    desk.says("Đã đóng, kết quả chưa công bố")
    desk.check()
    for tab in ("Kết quả cá nhân", "Kết quả đơn vị", "Thống kê", "Câu hỏi", "Nhật ký"):
        desk.press(tab)
        desk.check()
    desk.goto(ROUND)
    desk.press("Công bố kết quả")
    desk.press("Công bố")
    desk.says("Đã công bố lúc")
    assert Round.objects.get(contest__code="hoi-thi-2026").state == "published"
    assert (
        Attempt.objects.filter(round__contest__code="hoi-thi-2026", state="finished").count() == 2
    )


def read_the_own_result(phone: Visitor, attempt: Attempt) -> None:
    phone.page.reload()
    phone.says("Đáp án và giải thích")
    phone.check()
    phone.goto("/training/")
    phone.check()


# paper ----------------------------------------------------------------------------------------


def download(person: Visitor, label: str) -> bytes:
    with person.page.expect_download() as waiting:
        person.press(label)
    return Path(waiting.value.path()).read_bytes()


def text_of(pdf: bytes) -> str:
    assert pdf.startswith(b"%PDF")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def print_the_result_sheet(desk: Visitor, slip: Slip) -> None:
    quiz_round = Round.objects.get(contest__code="hoi-thi-2026")
    desk.goto(f"/organise/rounds/{quiz_round.pk}/result-sheet/")
    desk.check()
    for layout in ("A4 đứng", "A4 ngang, có thêm chức vụ"):
        desk.page.get_by_label(layout).check()
        sheet = text_of(download(desk, "Tạo tệp PDF"))
        assert slip.name in sheet
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in sheet


def issue_certificates(desk: Visitor, slip: Slip) -> str:
    """Returns the address that the QR code on the certificate holds."""
    desk.press("Cấp giấy chứng nhận")
    desk.check()
    desk.page.get_by_label("Người đã hoàn thành bài thi: 2 người").check()
    desk.press("Cấp và tạo tệp")
    desk.says("Cấp mới 2 giấy")
    desk.check()
    certificates = download(desk, "Tải tệp về")
    assert len(PdfReader(BytesIO(certificates)).pages) == 2
    assert slip.name in text_of(certificates)
    desk.press("Giấy chứng nhận")
    desk.says(slip.name)
    desk.check()
    row = desk.page.locator("tbody tr", has_text=slip.name)
    return row.get_by_role("link", name="Trang kiểm tra").get_attribute("href") or ""


def fetch_the_own_certificate(phone: Visitor, slip: Slip) -> None:
    phone.goto("/certificates/")
    phone.check()
    assert slip.name in text_of(download(phone, "Tải về"))


# what everyone sees ---------------------------------------------------------------------------


def look_at_the_board(anyone: Visitor, slip: Slip) -> None:
    anyone.goto("/contests/")
    anyone.check()
    anyone.press(CONTEST)
    anyone.check()
    anyone.press("Xem kết quả", exact=False)
    anyone.says(slip.name)
    assert slip.identity not in anyone.page.content()
    anyone.check()
    for tab in ("Đơn vị", "Thống kê"):
        anyone.press(tab)
        anyone.check()


def verify_the_certificate(anyone: Visitor, address: str, slip: Slip) -> None:
    anyone.goto(address)
    anyone.says("Có hiệu lực")
    anyone.says(slip.name)
    anyone.says(UNIT)
    assert slip.identity not in anyone.page.content()
    anyone.check()
