"""The staff's pages: the own unit's counter, nobody else's."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from counter.attending import mark_booking
from counter.enums import Mark
from counter.errors import MarkRefused
from counter.models import Booking, Closure, CounterSettings, Office, OpeningHours
from people import roles
from people.models import User
from tests.counter.factories import (
    FIVE,
    MONDAY,
    NOON,
    add_evening,
    add_week,
    book,
    make_clerk,
    make_office,
    moment,
)
from tests.people.factories import make_unit, make_user
from tests.printing.pdf import plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office() -> Office:
    office = make_office("Một cửa phường Thử", code="phuong-thu")
    add_week(office)
    add_evening(office)
    return office


@pytest.fixture
def clerk(office: Office) -> User:
    return make_clerk(office)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


PAGES = [
    "desk_day",
    "desk_print",
    "desk_pdf",
    "desk_hours",
    "desk_feedback",
    "desk_feedback_export",
    "desk_comments",
    "desk_poster",
]
POSTS = [
    ("desk_mark", {"booking_id": 1}),
    ("desk_add_extra", {}),
    ("desk_remove_extra", {"pk": 1}),
    ("desk_add_closure", {}),
    ("desk_remove_closure", {"pk": 1}),
    ("desk_mark_comment", {"answer_id": 1}),
]


def address(name: str, office: Office, **more) -> str:
    return reverse(f"counter:{name}", kwargs={"code": office.code, **more})


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_an_office_are_for_its_units_counter(name: str, office: Office, clerk: User):
    url = address(name, office)
    assert signed_in(clerk).get(url).status_code == 200
    administrator = signed_in(make_user(roles.ADMINISTRATOR)).get(url)
    assert administrator.status_code == 200
    assert "no-store" in administrator.headers["Cache-Control"]
    outsider = make_user(roles.COUNTER, unit=make_unit())
    above = make_user(roles.COUNTER)
    colleague = make_user(unit=office.unit)
    head = make_user(roles.UNIT_HEAD, roles.EDITOR, unit=office.unit)
    assert signed_in(outsider).get(url).status_code == 404
    assert [signed_in(user).get(url).status_code for user in (above, colleague, head)] == [403] * 3
    anonymous = Client().get(url)
    assert anonymous.status_code == 302
    assert anonymous.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("name", "more"), POSTS)
def test_nobody_else_changes_anything(name: str, more: dict, office: Office, clerk: User):
    booking = book(office).booking
    hours = office.hours.get(slot_minutes__gt=0)
    url = address(name, office, **more)
    outsider, colleague = make_user(roles.COUNTER, unit=make_unit()), make_user(unit=office.unit)
    assert signed_in(outsider).post(url, {"mark": "undo"}).status_code == 404
    assert signed_in(colleague).post(url, {"mark": "undo"}).status_code == 403
    assert Client().post(url).status_code == 302
    assert signed_in(clerk).get(url).status_code == 405
    booking.refresh_from_db()
    hours.refresh_from_db()
    assert booking.state == "booked"


@pytest.mark.parametrize("name", ["desk_new", "desk_settings"])
def test_setting_offices_up_is_for_administrators(name: str, clerk: User):
    url = reverse(f"counter:{name}")
    assert signed_in(make_user(roles.ADMINISTRATOR)).get(url).status_code == 200
    assert signed_in(clerk).get(url).status_code == 403


def test_the_role_bars_nobody_from_a_contest_and_asks_for_no_second_factor():
    assert roles.COUNTER not in roles.BARRED_FROM_ENTERING | roles.MFA_ROLES
    group = Group.objects.get(name=roles.COUNTER)
    assert [permission.codename for permission in group.permissions.all()] == ["serve_office"]


def test_a_clerk_lands_at_the_day_list(office: Office, clerk: User):
    client = Client()
    client.login(username=clerk.staff_code, password="mot-cua-2026!")
    page = client.get("/start/", follow=True)
    assert page.request["PATH_INFO"] == address("desk_day", office)
    assert (
        signed_in(make_user(roles.COUNTER, unit=make_unit())).get("/counter/desk/").status_code
        == 200
    )


def test_another_offices_booking_cannot_be_marked(office: Office, clerk: User):
    other = make_office()
    add_evening(other)
    booking = book(other).booking
    page = signed_in(clerk).post(
        address("desk_mark", office, booking_id=booking.pk), {"mark": "arrived"}, follow=True
    )
    assert "Không có lịch hẹn này" in page.text
    booking.refresh_from_db()
    assert booking.state == "booked"


@pytest.mark.parametrize("count", [1, 3])
def test_the_day_list_takes_eight_statements(
    office: Office, clerk: User, count: int, django_assert_num_queries
):
    office.hours.filter(slot_minutes__gt=0).update(capacity=3)
    for number in range(count):
        book(office, phone=f"091234510{number}")
    client = signed_in(clerk)
    client.get(address("desk_day", office))
    # session, person, two of permissions, roles, office, list, days with bookings
    with django_assert_num_queries(8):
        client.get(address("desk_day", office))


def test_the_day_list_is_shown_and_printed(office: Office, clerk: User):
    book(office, name="Trần Thị Hẹn")
    client = signed_in(clerk)
    for name in ("desk_day", "desk_print"):
        page = client.get(address(name, office)).text
        assert "Trần Thị Hẹn" in page
        assert "0912345001" in page
        assert "Thứ Hai, 23/11/2026" in page
    paper = client.get(address("desk_pdf", office))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "Trần Thị Hẹn" in " ".join(plain(paper.content))
    assert "Trần Thị Hẹn" not in client.get(address("desk_day", office) + "?day=2026-11-24").text


@pytest.mark.parametrize("day", ["x", "2026-13-01", "9999-12-31", "0001-01-01", "", "\x00"])
def test_a_day_that_is_none_is_said_and_today_is_shown(office: Office, clerk: User, day: str):
    page = signed_in(clerk).get(address("desk_day", office), {"day": day})
    assert page.status_code == 200
    assert "notice-error" in page.text
    assert "Thứ Hai, 23/11/2026" in page.text


def test_marks_go_forward_and_back(office: Office, clerk: User, clock):
    booking = book(office).booking
    clock.move_to(FIVE)
    client = signed_in(clerk)
    url = address("desk_mark", office, booking_id=booking.pk)

    def mark(**fields: str) -> Booking:
        assert client.post(url, fields).status_code == 302
        booking.refresh_from_db()
        return booking

    assert mark(mark="arrived").state == "arrived"
    assert mark(mark="done").state == "done"
    assert mark(mark="undo").state == "arrived"
    assert mark(mark="undo").state == "booked"
    assert (mark(mark="no_show", note="Không nghe\x00 máy").note) == "Không nghe máy"
    assert booking.marked_by == clerk
    assert (mark(mark="undo").state, booking.note) == ("booked", "")
    assert "trạng thái “Đã đặt”" in client.post(url, {"mark": "done"}, follow=True).text
    assert "Không hiểu việc" in client.post(url, {"mark": "x"}, follow=True).text


def test_nobody_fails_to_come_before_the_time(office: Office, clerk: User):
    booking = book(office).booking
    with pytest.raises(MarkRefused):
        mark_booking(
            office, booking.pk, mark=Mark.NO_SHOW, by=clerk, at=FIVE - timedelta(minutes=1)
        )
    with pytest.raises(MarkRefused):
        mark_booking(office, booking.pk, mark=Mark.ARRIVED, by=clerk, at=NOON - timedelta(days=1))
    early = FIVE - timedelta(hours=1, minutes=1)
    with pytest.raises(MarkRefused, match="từ 16:00 23/11/2026"):
        mark_booking(office, booking.pk, mark=Mark.ARRIVED, by=clerk, at=early)
    mark_booking(office, booking.pk, mark=Mark.ARRIVED, by=clerk, at=FIVE - timedelta(hours=1))


def test_a_huge_number_of_a_booking_is_no_fault(office: Office, clerk: User):
    url = address("desk_mark", office, booking_id=10**19)
    assert signed_in(clerk).post(url, {"mark": "arrived"}).status_code == 302


def test_a_clerk_writes_the_week_as_on_the_door(office: Office, clerk: User):
    client = signed_in(clerk)
    url = address("desk_hours", office)
    week = {f"day_{day}": "7h30-11h30, 13h30-17h" for day in range(5)}
    assert client.post(url, {**week, "day_5": "08:00-10:00"}).status_code == 302
    assert office.hours.filter(weekday=5, slot_minutes=0).count() == 1
    assert office.hours.filter(slot_minutes=0).count() == 11
    assert office.hours.filter(slot_minutes__gt=0).count() == 1
    assert "Thứ Bảy 08:00–10:00" in AuditEvent.objects.latest("pk").summary

    page = client.post(url, {**week, "day_0": "sáng"}).text
    assert "Không đọc được “sáng”" in page
    assert office.hours.filter(slot_minutes=0).count() == 11


EXTRA = {"repeats": "2", "starts": "17:00", "ends": "18:30", "slot_minutes": "30", "capacity": "2"}


def test_extra_hours_are_added_and_taken_away(office: Office, clerk: User):
    client = signed_in(clerk)
    assert client.post(address("desk_add_extra", office), EXTRA).status_code == 302
    added = office.hours.get(weekday=2, slot_minutes=30)
    once = {**EXTRA, "repeats": "", "on_date": "2026-11-29"}
    assert client.post(address("desk_add_extra", office), once).status_code == 302
    assert office.hours.get(on_date=date(2026, 11, 29)).capacity == 2
    assert "Chủ nhật, 29/11/2026" in client.get(address("desk_hours", office)).text
    client.post(address("desk_remove_extra", office, pk=added.pk))
    assert not OpeningHours.objects.filter(pk=added.pk).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"repeats": ""}, "không cả hai"),
        ({"on_date": "2026-11-29"}, "không cả hai"),
        ({"repeats": "", "on_date": "2026-11-01"}, "đã qua"),
        ({"repeats": "", "on_date": "9999-12-31"}, "Năm phải từ"),
        ({"repeats": "", "on_date": "31/02/2026"}, "Ngày không đúng"),
        ({"repeats": "9"}, "Mỗi tuần vào"),
        ({"ends": "16:00"}, "Giờ kết thúc phải sau"),
        ({"slot_minutes": "120"}, "dài hơn cả khung giờ"),
        ({"slot_minutes": "0"}, "một số từ 5 trở lên"),
        ({"capacity": "99999999999999999999"}, "một số không quá 100"),
        ({"starts": "x"}, "Từ"),
    ],
)
def test_wrong_extra_hours_are_said(office: Office, clerk: User, changes: dict, said: str):
    page = signed_in(clerk).post(address("desk_add_extra", office), {**EXTRA, **changes})
    assert page.status_code == 200
    assert said in page.text
    assert OpeningHours.objects.filter(slot_minutes__gt=0).count() == 1


def test_a_closure_tells_how_many_wait(office: Office, clerk: User):
    book(office)
    client = signed_in(clerk)
    url = address("desk_add_closure", office)
    page = client.post(url, {"first_day": "2026-11-23", "reason": "Mất điện"}, follow=True).text
    assert "Có 1 người đã đặt lịch" in page
    closure = Closure.objects.get()
    assert closure.last_day == MONDAY
    wrong = client.post(url, {"first_day": "2026-12-02", "last_day": "2026-12-01", "reason": "x"})
    assert "Ngày cuối phải từ ngày đầu" in wrong.text
    client.post(address("desk_remove_closure", office, pk=closure.pk))
    assert not Closure.objects.exists()


def test_an_administrator_sets_an_office_up_and_the_retention(office: Office):
    client = signed_in(make_user(roles.ADMINISTRATOR))
    fields = {
        "unit": make_unit().pk,
        "name": "Một cửa mới",
        "code": "mot-cua-moi",
        "address": "Số 2",
        "is_active": "on",
    }
    assert client.post(reverse("counter:desk_new"), fields).status_code == 302
    assert Office.objects.get(code="mot-cua-moi").search_key == "mot cua moi so 2"
    for code in ("feedback", "phuong-thu", "có dấu", ""):
        page = client.post(reverse("counter:desk_new"), {**fields, "code": code})
        assert page.status_code == 200
    edited = client.post(address("desk_edit", office), {**fields, "code": "phuong-thu"})
    assert edited.status_code == 302
    assert client.post(reverse("counter:desk_settings"), {"retention_days": "7"}).status_code == 302
    assert CounterSettings.objects.get().retention_days == 7
    assert "365" in client.post(reverse("counter:desk_settings"), {"retention_days": "366"}).text


def test_a_clerk_does_not_rename_the_office(office: Office, clerk: User):
    page = signed_in(clerk).post(address("desk_edit", office), {"name": "Khác"}, follow=True)
    assert "Chỉ Quản trị" in page.text
    office.refresh_from_db()
    assert office.name == "Một cửa phường Thử"


def test_bookings_stay_on_the_list_when_their_hours_are_gone(office: Office, clerk: User):
    book(office, name="Trần Thị Hẹn")
    office.hours.all().delete()
    assert "Trần Thị Hẹn" in signed_in(clerk).get(address("desk_day", office)).text
    assert moment(17) == FIVE
