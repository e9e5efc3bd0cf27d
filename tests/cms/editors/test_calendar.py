"""What appears and disappears in a month."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.editors import calendar
from cms.models import ArticlePage
from cms.tasks import publish_scheduled
from core.clock import read_clock
from people import roles
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db


def at(day, hour=0):
    return datetime(2027, 3, day, hour, tzinfo=timezone.get_default_timezone())


def schedule(title, moment):
    page = make_article(title, live=False)
    page.go_live_at = moment
    page.save_revision().publish()
    return page


def shown(first=date(2027, 3, 1)):
    return [
        (entry.day.day, entry.kind, entry.page.draft_title or entry.page.title)
        for _day, entries in calendar.month_of(first)
        for entry in entries
    ]


def test_a_month_in_order():
    schedule("Hẹn", at(20, 8))
    make_article("Đã đăng", published_on=date(2027, 3, 5))
    ends = make_article("Hẹn gỡ", published_on=date(2027, 2, 1))
    Page.objects.filter(pk=ends.pk).update(expire_at=at(31, 23))
    schedule("Tháng sau", at(31, 23) + timedelta(hours=1))
    assert shown() == [
        (5, "published", "Đã đăng"),
        (20, "scheduled", "Hẹn"),
        (31, "expires", "Hẹn gỡ"),
    ]


@pytest.mark.parametrize("text", ["", "2027-13", "x", "2027", "99999-01", "0-1", "2027-3-1", "\0"])
def test_bad_months_are_this_month(text, client):
    assert calendar.read_month(text, today=date(2026, 11, 23)) == date(2026, 11, 1)
    client.force_login(make_member(roles.EDITOR))
    assert client.get("/admin/reports/calendar/", {"month": text}).status_code == 200


def test_months_around_the_year():
    assert calendar.neighbours(date(2026, 12, 1)) == (date(2026, 11, 1), date(2027, 1, 1))
    assert calendar.neighbours(date(2027, 1, 1)) == (date(2026, 12, 1), date(2027, 2, 1))


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    schedule("Một", at(1))
    calendar.month_of(date(2027, 3, 1))
    with django_assert_num_queries(5):
        calendar.month_of(date(2027, 3, 1))
    for title in ("Hai", "Ba"):
        schedule(title, at(2))
    with django_assert_num_queries(5):
        calendar.month_of(date(2027, 3, 1))


def test_what_is_due_goes_up_by_itself():
    page = schedule("Hẹn", read_clock() + timedelta(hours=1))
    publish_scheduled()
    assert not ArticlePage.objects.get(pk=page.pk).live
    due = read_clock() - timedelta(minutes=1)
    revision = page.latest_revision
    revision.content["go_live_at"] = due.isoformat()
    revision.approved_go_live_at = due
    revision.save()
    publish_scheduled()
    assert ArticlePage.objects.get(pk=page.pk).live


def test_it_says_what_happens_when(client):
    schedule("Hẹn", at(20, 8))
    client.force_login(make_member(roles.EDITOR))
    page = client.get("/admin/reports/calendar/?month=2027-03").text
    assert "Hẹn đăng" in page
    assert "08:00" in page
