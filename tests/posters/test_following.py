"""/q/<code>: where it leads, what it counts, what it never does."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import DomainError
from posters import targets
from posters.linking import Target, link_place
from posters.models import ScanCount, ShortLink
from posters.scanning import count_scan, is_scan
from tests.posters.factories import AT, make_link, make_place

pytestmark = pytest.mark.django_db

PHONE = {"user-agent": "Mozilla/5.0 (Linux; Android 6.0) Chrome/109 Mobile Zalo/24.1"}


def scans() -> int:
    return sum(ScanCount.objects.values_list("scan_count", flat=True))


@pytest.mark.parametrize("typed", ["upper", "lower"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_scan_leads_to_the_page_and_counts_once(client, typed, slash):
    link = make_link()
    code = link.code.lower() if typed == "lower" else link.code
    answer = client.get(f"/q/{code}{slash}", headers=PHONE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search/")
    count = ScanCount.objects.get()
    assert (count.link, count.day, count.scan_count) == (link, timezone.localdate(), 1)


def test_scans_of_a_day_add_up(client):
    link = make_link()
    for _scan in range(3):
        client.get(f"/q/{link.code}", headers=PHONE)
    assert ScanCount.objects.get().scan_count == 3


def test_a_scan_costs_two_statements_and_sets_no_cookie(client, django_assert_num_queries):
    link = make_link()
    with django_assert_num_queries(2):
        answer = client.get(f"/q/{link.code}", headers=PHONE)
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_day_is_the_local_one():
    link = make_link()
    count_scan(link, at=AT.replace(hour=18))  # 01:00 of the 24th in Hà Nội
    assert str(ScanCount.objects.get().day) == "2026-11-24"


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": "facebookexternalhit/1.1"},
        {"user-agent": "Zalo-Preview/1.0"},
        {"user-agent": "curl/8"},
        {**PHONE, "sec-purpose": "prefetch;prerender"},
    ],
)
def test_robots_and_previews_are_led_but_not_counted(client, headers):
    assert client.get(f"/q/{make_link().code}", headers=headers).status_code == 302
    assert scans() == 0


def test_a_head_is_not_counted_and_a_post_is_refused(client):
    link = make_link()
    assert client.head(f"/q/{link.code}", headers=PHONE).status_code == 302
    assert client.post(f"/q/{link.code}", headers=PHONE).status_code == 405
    assert scans() == 0


@pytest.mark.parametrize("code", ["XXXXX", "khong-co-ma", "%00%00%00%00", "0" * 300])
def test_an_unknown_code_says_so_and_offers_a_search(client, code):
    answer = client.get(f"/q/{code}", headers=PHONE)
    assert answer.status_code == 404
    assert "Không có mã này" in answer.text
    assert 'action="/search/"' in answer.text


def test_a_page_that_is_gone_is_named_and_looked_for(client, monkeypatch):
    link = make_link(key="page:1")
    monkeypatch.setattr(targets, "_FINDERS", [lambda key, path: None])
    answer = client.get(f"/q/{link.code}", headers=PHONE)
    assert answer.status_code == 404
    assert "Đăng ký khai sinh" in answer.text
    assert scans() == 1  # somebody stood before this wall


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"],
)
def test_no_link_leads_to_another_site(client, monkeypatch, path):
    with pytest.raises(DomainError):
        link_place(make_place(), target=Target(path=path, title="x"), at=AT)
    link = make_link(make_place("Nơi khác"))
    monkeypatch.setattr(targets, "_FINDERS", [lambda key, old: path])
    assert client.get(f"/q/{link.code}", headers=PHONE).status_code == 404


def test_the_database_itself_refuses_an_address_of_another_site():
    with pytest.raises(IntegrityError), transaction.atomic():
        ShortLink.objects.create(
            code="ACDEF", place=make_place(), target_path="//evil", title="x", created_at=AT
        )


def test_a_place_has_one_link_to_a_page_whatever_the_page_is_called_today():
    place = make_place()
    first = make_link(place, path="/a/", key="page:7")
    assert make_link(place, path="/b/", key="page:7") == first
    assert make_link(make_place("Nơi khác"), path="/a/", key="page:7") != first
    assert make_link(place, path="/a/") != first


@pytest.mark.parametrize(
    ("agent", "counts"),
    [
        ("Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) Chrome/120.0 Mobile Safari/537.36", True),
        ("Mozilla/5.0 (Linux; Android 14; SM-A155F) Chrome/120.0 Mobile Zalo android/24", True),
        ("meta-externalagent/1.1 (+https://developers.facebook.com/docs)", False),
        ("Mozilla/5.0 (compatible; AhrefsSiteAudit/6.1; +http://ahrefs.com/robot/)", False),
        ("Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", False),
        ("Mozilla/5.0 (compatible; YandexImages/3.0)", False),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36", False),
        ("axios/1.7", False),
        ("node-fetch", False),
        ("Scrapy/2.11", False),
        ("libwww-perl/6.7", False),
        ("Apache-HttpClient/4.5 (Java/17)", False),
        ("Dalvik/2.1.0 (Linux; U; Android 12)", False),
        ("", False),
    ],
)
def test_people_count_and_programs_do_not(agent: str, counts: bool):
    assert is_scan("GET", {"User-Agent": agent}) is counts
