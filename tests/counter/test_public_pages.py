"""What citizens see and send, without an account and without JavaScript."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from counter import limiting
from counter.form_stamps import MAX_SECONDS, make_stamp
from counter.models import Booking, Office, OpeningHours
from counter.queries import offices_today
from tests.counter.factories import NOON, add_evening, add_week, book, make_office

pytestmark = pytest.mark.django_db

PHONE = "0912 345 678"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office() -> Office:
    office = make_office("Một cửa phường Thử", code="phuong-thu")
    add_week(office)
    add_evening(office)
    return office


def slot_address(office: Office, slot: str = "2026-11-23T17:00") -> str:
    return f"{reverse('counter:book', args=[office.code])}?slot={slot}"


def filled(purpose: str = "booking", *, age_seconds: int = 10, **changes: str) -> dict[str, str]:
    stamp = make_stamp(purpose, at=timezone.now() - timedelta(seconds=age_seconds))
    fields = {"stamp": stamp, "name": "Nguyễn Văn Thử", "phone": PHONE, "consent": "on"}
    return {**fields, **changes}


def code_in(page: str) -> str:
    found = re.search(r"<strong>([2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4})</strong>", page)
    assert found, page
    return found[1]


def test_the_list_tells_todays_state(client: Client, office: Office):
    page = client.get("/counter/").text
    assert "Một cửa phường Thử" in page
    assert "Mở lại 13:30" in page


@pytest.mark.parametrize(
    ("words", "found"), [("phuong thu", True), ("PHƯỜNG", True), ("xa", False)]
)
def test_the_list_is_searched_without_marks(client: Client, office, words: str, found: bool):
    page = client.get("/counter/", {"q": words}).text
    assert ("Một cửa phường Thử" in page) == found


@pytest.mark.parametrize(
    "query", ["page=999999999999999999999", "page=x", "q=%00", "q=" + "a" * 999]
)
def test_junk_in_the_address_is_no_fault(client: Client, office, query: str):
    assert client.get(f"/counter/?{query}").status_code == 200


def test_an_office_shows_its_hours_and_a_hidden_one_does_not_exist(client: Client, office: Office):
    page = client.get("/counter/phuong-thu/").text
    assert "07:30–11:30" in page
    assert "17:00–18:00" in page
    Office.objects.update(is_active=False)
    assert client.get("/counter/phuong-thu/").status_code == 404
    assert client.get("/counter/phuong-thu/book/").status_code == 404
    assert "Một cửa phường Thử" not in client.get("/counter/").text


@pytest.mark.parametrize("count", [1, 3])
def test_todays_state_takes_three_statements(count: int, django_assert_num_queries):
    for _number in range(count):
        office = make_office()
        add_week(office)
        add_evening(office)
    with django_assert_num_queries(3):
        listed = offices_today(NOON)
    assert len(listed) == count
    with django_assert_num_queries(0):
        assert "Mở lại 13:30" in render_to_string("counter/_today.html", {"offices_today": listed})


def test_the_home_slot_is_empty_without_offices():
    assert (
        render_to_string("counter/_today.html", {"offices_today": offices_today(NOON)}).strip()
        == ""
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_four_statements(client: Client, count: int, django_assert_num_queries):
    for _number in range(count):
        add_week(make_office())
    with django_assert_num_queries(4):
        client.get("/counter/")


def test_a_citizen_books_looks_the_booking_up_and_cancels_it(client: Client, office: Office):
    assert "17:30" in client.get(reverse("counter:book", args=[office.code])).text
    form = client.get(slot_address(office)).text
    assert "tự xóa sau ngày hẹn 30 ngày" in form
    booked = client.post(slot_address(office), filled())
    code = code_in(booked.text)
    assert "no-store" in booked.headers["Cache-Control"]
    assert Booking.objects.get().phone == "0912345678"

    found = client.post("/counter/booking/", {"phone": PHONE, "code": code.lower()})
    assert "Nguyễn Văn Thử" in found.text
    token = re.search(r'name="token" value="([^"]+)"', found.text)[1]
    cancelled = client.post("/counter/booking/cancel/", {"token": token}, follow=True)
    assert "Đã hủy lịch hẹn" in cancelled.text
    assert Booking.objects.get().state == "cancelled"


def test_the_booked_page_leads_to_cancelling_and_to_the_phones_calendar(client: Client):
    office = make_office("Bộ phận Một cửa; phường Thử, " + "rất dài " * 12, code="dai")
    add_evening(office)
    page = client.post(slot_address(office), filled()).text
    asked = client.post(reverse("counter:lookup"), {"phone": PHONE, "code": code_in(page)}).text
    assert "Hủy lịch hẹn" in asked
    assert Booking.objects.get().state == "booked"
    address = reverse("counter:calendar")
    token = re.search(r'name="calendar_token" value="([^"]+)"', page)[1]
    kept = client.post(address, {"calendar_token": token})
    assert kept.headers["Content-Type"].startswith("text/calendar")
    lines = kept.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    text = kept.content.decode().replace("\r\n ", "")
    assert "DTSTART:20261123T100000Z" in text
    assert "SUMMARY:Lịch hẹn: Bộ phận Một cửa\\; phường Thử\\, rất dài" in text
    assert "Nguyễn" not in text
    assert "912345678" not in text
    for token in ("", "x", "\x00", signing.dumps(1, salt="counter.cancel")):
        assert client.post(address, {"calendar_token": token}).status_code == 302


def test_the_summary_of_errors_is_short(client: Client, office: Office):
    page = client.post(slot_address(office), filled(name="", phone="", consent="")).text
    summary = page[page.index("error-summary") : page.index("form-trap")]
    assert "Hãy nhập họ và tên." in summary
    assert "Hãy nhập số điện thoại." in summary
    assert "Đồng ý: " in summary
    assert "Tôi đồng ý" not in summary


def test_a_second_click_shows_the_same_code(client: Client, office: Office):
    form = filled()
    first, again = (client.post(slot_address(office), form).text for _time in range(2))
    assert code_in(first) == code_in(again)
    assert Booking.objects.count() == 1


def test_no_public_page_or_address_holds_a_number_or_a_name(client: Client, office: Office):
    book(office, phone="0912345111", name="Trần Thị Kín")
    for address in ("/counter/", "/counter/phuong-thu/", "/counter/phuong-thu/book/"):
        page = client.get(address).text
        assert "0912345111" not in page
        assert "Kín" not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "024 3825 1234"}, "Cần số di động Việt Nam"),
        ({"phone": ""}, "Hãy nhập số điện thoại."),
        ({"phone": "09\x0012345678"}, "Số điện thoại di động"),
        ({"name": "12"}, "họ và tên bằng chữ"),
        ({"name": "a" * 500}, "Họ và tên"),
        ({"consent": ""}, "Cần đồng ý"),
        ({"second_page": "http://spam"}, "phải để trống"),
        ({"stamp": "bad"}, "không còn nguyên vẹn"),
        ({"stamp": ""}, "không còn nguyên vẹn"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(client, office, changes, said: str):
    page = client.post(slot_address(office), filled(**changes))
    assert page.status_code == 200
    assert said in page.text
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("age_seconds", "said"), [(1, "nhanh quá"), (MAX_SECONDS + 60, "Trang mở đã lâu")]
)
def test_too_fast_and_too_old_forms_come_back_and_can_be_sent(
    client, office, clock, age_seconds, said
):
    page = client.post(slot_address(office), filled(age_seconds=age_seconds)).text
    assert said in page
    assert "Nguyễn Văn Thử" in page
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    clock.shift(5)
    assert code_in(client.post(slot_address(office), filled(stamp=stamp)).text)


@pytest.mark.parametrize(
    "slot",
    ["2026-11-23T17:10", "2026-11-16T17:00", "x", "9999-12-31T23:59", "0001-01-01T00:00", "\x00"],
)
def test_a_slot_that_is_none_leads_back_to_the_choice(client: Client, office, slot: str):
    page = client.get(reverse("counter:book", args=[office.code]), {"slot": slot})
    assert page.status_code == 200
    assert "Giờ này không còn nhận đặt lịch" in page.text
    assert "17:30" in page.text


def test_a_full_slot_and_a_second_booking_are_refused_in_words(client: Client, office: Office):
    book(office, phone="0912345678")
    page = client.post(slot_address(office), filled()).text
    assert "Không đặt được lịch với số điện thoại này" in page
    assert "đã có lịch hẹn trong ngày" not in page
    book(office, phone="0912345002")
    page = client.post(slot_address(office), filled(phone="0912345003")).text
    assert "vừa hết chỗ" in page


def test_a_number_tells_the_same_booked_or_tried_too_often(client, office, monkeypatch):
    monkeypatch.setattr(
        limiting, "BOOKING_OF_PHONE", limiting.Limit("counter-booking-phone", 2, 3600)
    )
    OpeningHours.objects.filter(capacity__gt=0).update(capacity=9)
    office.phone = "0236 000 000"
    office.save()
    other = "0912345003"
    told = [
        re.findall(r"Không đặt được lịch[^<]*", client.post(slot_address(office), form).text)
        for form in (filled(), filled(), filled(phone=other), filled(phone=other))
    ]
    assert told[0] == told[2] == []
    assert told[1] == told[3]
    assert "0236 000 000" in told[1][0]
    limited = client.post(slot_address(office), filled(phone=other)).text
    assert told[1][0] in limited
    # The limit speaks even where no booking stands.
    Booking.objects.update(state="cancelled")
    assert told[1][0] in client.post(slot_address(office), filled()).text


def test_many_bookings_from_one_address_are_held_back(client: Client, office: Office, monkeypatch):
    monkeypatch.setattr(limiting, "BOOKING", limiting.Limit("counter-booking", 1, 3600))
    client.post(slot_address(office), filled())
    page = client.post(slot_address(office), filled(phone="0912345003")).text
    assert "quá nhiều lần gửi" in page
    elsewhere = client.post(
        slot_address(office), filled(phone="0912345003"), REMOTE_ADDR="203.0.113.9"
    )
    assert code_in(elsewhere.text)


def test_guessing_at_a_code_is_held_back(client: Client, office: Office):
    code = book(office, phone="0912345678").code
    for _time in range(limiting.LOOKUP_OF_PHONE.failures):
        page = client.post("/counter/booking/", {"phone": PHONE, "code": "22222222"})
        assert "Không có lịch hẹn nào" in page.text
    page = client.post("/counter/booking/", {"phone": PHONE, "code": code})
    assert "quá nhiều lần gửi" in page.text


@pytest.mark.parametrize("token", ["", "x", "1:abc", "\x00"])
def test_a_forged_cancellation_cancels_nothing(client: Client, office: Office, token: str):
    book(office)
    page = client.post("/counter/booking/cancel/", {"token": token}, follow=True)
    assert "Hãy tra cứu lại" in page.text
    assert Booking.objects.get().state == "booked"


def test_the_addresses_hashed_today_say_nothing_tomorrow(rf):
    request = rf.get("/")
    today, tomorrow = (
        limiting.address_guard(limiting.BOOKING, request, at=NOON + timedelta(days=days))
        for days in range(2)
    )
    assert "127.0.0.1" not in today.source
    assert today.source != tomorrow.source
