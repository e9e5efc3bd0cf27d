"""A citizen comes out of hours, says how it was, and the counter reads both."""

import re
from datetime import time

import pytest
from django.utils import timezone

from counter.models import Office, OpeningHours
from people.models import User
from people.roles import COUNTER
from tests.e2e.browsing import DESKTOP, PHONE
from tests.people.factories import PASSWORD, make_unit, make_user

# What counter.form_stamps takes for reading the form.
READING_MILLISECONDS = 3_500


@pytest.fixture
def office(site: str) -> Office:
    """Open whenever the journey runs: tomorrow, and the day after for a slow one."""
    office = Office.objects.create(
        unit=make_unit("Phường Ngoài Giờ"),
        name="Một cửa phường Ngoài Giờ",
        code=f"ngoai-gio-{Office.objects.count()}",
        address="Số 9 đường Thử Nghiệm",
    )
    for weekday in range(7):
        OpeningHours.objects.create(
            office=office,
            weekday=weekday,
            starts=time(17),
            ends=time(18),
            slot_minutes=30,
            capacity=2,
        )
    return office


@pytest.fixture
def clerk(office: Office) -> User:
    return make_user(COUNTER, unit=office.unit, full_name="Cán Bộ Trực")


def test_a_citizen_books_on_a_phone_without_javascript_and_cancels(visit, office, clerk):
    with visit(width=PHONE, javascript=False) as citizen:
        citizen.goto("/counter/")
        citizen.press(office.name)
        citizen.check()
        citizen.press("Chọn ngày giờ")
        citizen.check()
        citizen.page.locator("main details").nth(1).locator("summary").click()
        citizen.page.locator("main details").nth(1).locator("a.slot").first.click()
        citizen.fill(name="Nguyễn Văn Ngoài Giờ", phone="0912 345 601")
        citizen.page.locator("[name=consent]").check()
        citizen.check()
        citizen.page.wait_for_timeout(READING_MILLISECONDS)
        citizen.press("Đặt lịch")
        citizen.says("Đã đặt lịch hẹn")
        citizen.check()
        code = citizen.page.locator(".ticket-code strong").inner_text()
        day = citizen.page.locator(".ticket-when").inner_text()
        assert "0912" not in citizen.page.url

        with visit(width=DESKTOP) as staff:
            staff.sign_in(clerk.staff_code, PASSWORD)
            on_date = re.search(r"(\d\d)/(\d\d)/(\d{4})", day)
            query = f"?day={on_date[3]}-{on_date[2]}-{on_date[1]}"
            staff.goto(f"/counter/desk/{office.code}/{query}")
            staff.says("Nguyễn Văn Ngoài Giờ")
            staff.check()
            staff.press("In danh sách")
            staff.says("0912345601")
            staff.check()
            staff.goto(f"/counter/desk/{office.code}/hours/")
            staff.check()

        citizen.goto("/counter/booking/")
        citizen.check()
        citizen.fill(phone="0912345601", code=code.lower())
        citizen.press("Tra cứu")
        citizen.says("Nguyễn Văn Ngoài Giờ")
        citizen.check()
        citizen.press("Hủy lịch hẹn")
        citizen.says("Đã hủy lịch hẹn")


def test_feedback_by_the_code_at_the_counter_is_seen_in_the_report(visit, office, clerk):
    for number in range(5):
        with visit(width=PHONE, javascript=number % 2 == 0) as citizen:
            citizen.goto(f"/counter/feedback/{office.code}/")
            if number == 0:
                citizen.check()
                citizen.page.locator("#id_overall_0").focus()
                citizen.page.keyboard.press("ArrowRight")  # by the keyboard: 1, then 2
                assert citizen.page.locator("#id_overall_1").is_checked()
            citizen.page.locator("[name=overall][value='5']").check()
            citizen.page.locator("[name=staff][value='4']").check()
            if number == 0:
                citizen.fill(comment="Phục vụ ngoài giờ rất tiện")
            citizen.page.wait_for_timeout(READING_MILLISECONDS)
            citizen.press("Gửi đánh giá")
            citizen.says("Cảm ơn ông (bà)")
    with visit(width=DESKTOP) as staff:
        staff.sign_in(clerk.staff_code, PASSWORD)
        staff.goto(f"/counter/desk/{office.code}/feedback/")
        # The running month says how many, not how satisfied: the last citizen has just left.
        staff.says(f"Tháng {timezone.localdate().month}")
        assert staff.page.get_by_text("5,00").count() == 0
        staff.check()
        staff.press("Đọc ý kiến viết")
        staff.says("Phục vụ ngoài giờ rất tiện")
        staff.press("Đánh dấu đã đọc")
        staff.says("Cán Bộ Trực")
        staff.check()
        staff.goto("/counter/desk/report/")
        staff.says(office.name)
        staff.check()
