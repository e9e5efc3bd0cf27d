"""Kept pages: nothing personal in them, and never an old one after a change."""

import gzip
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache, caches
from django.test import Client
from wagtail.models import PageViewRestriction

from cms import frame, page_cache, signals
from core.clock import read_clock
from people.models import User
from tests.cms.factories import make_article, make_instrument
from tests.cms.test_pages import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()


def test_a_kept_page_costs_no_statement(client, django_assert_num_queries):
    article = make_article()
    client.get("/")  # makes the settings of the site, which begins a generation
    for address in ("/", "/articles/", article.url, "/articles/feed/"):
        first = client.get(address)
        with django_assert_num_queries(0, info=address):
            again = Client().get(address)
        assert again.content == first.content
        assert again["Content-Type"] == first["Content-Type"]
        assert again["X-Frame-Options"] == "DENY"
        assert "default-src 'self'" in again["Content-Security-Policy"]


def test_a_reader_who_has_the_page_gets_no_body(client):
    first = client.get("/")
    assert first["Cache-Control"] == "no-cache"
    assert "Cookie" in first["Vary"]
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_it_is_compressed_for_those_who_can_read_that(client):
    plain = client.get("/")
    zipped = client.get("/", headers={"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert "Accept-Encoding" in zipped["Vary"]


def test_publishing_and_taking_back_are_seen_at_once(client):
    assert "Tin vừa đăng" not in client.get("/").text
    article = make_article("Tin vừa đăng", live=False)
    article.save_revision().publish()
    assert "Tin vừa đăng" in client.get("/").text
    article.title = "Tin đã sửa"
    article.save_revision().publish()
    assert "Tin đã sửa" in client.get("/").text
    assert "Tin đã sửa" in client.get(article.url).text
    article.refresh_from_db()
    article.unpublish()
    assert "Tin đã sửa" not in client.get("/").text
    assert client.get(article.url).status_code == 404


def test_a_page_that_is_closed_to_the_public_is_gone_at_once(client):
    article = make_article()
    assert client.get(article.url).status_code == 200
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(article.url).status_code == 302


@pytest.mark.parametrize("change", ["instrument", "round", "site"])
def test_what_else_the_front_page_shows_is_seen_at_once(client, change):
    instrument = make_instrument("118/2025/NĐ-CP", issued_on="2025-06-09")
    make_round(opens_in=-5, closes_in=60, name="Vòng một")
    assert "Về việc theo 118/2025" in client.get("/").text
    if change == "instrument":
        instrument.status = "expired"
        instrument.save()
        assert "Về việc theo 118/2025" not in client.get("/").text
    elif change == "round":
        make_round(opens_in=-5, closes_in=30, name="Vòng hai")
        assert "Vòng hai" in client.get("/").text
    else:
        from cms.models import SiteInfo

        info = SiteInfo.objects.first() or SiteInfo(site_id=1)
        info.owner = "UBND phường Nghĩa Đô"
        info.save()
        assert "Nghĩa Đô" in client.get("/").text


def test_languages_are_kept_apart(client):
    client.get("/")
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in client.get("/").text
    assert '<html lang="vi">' in Client().get("/").text


def test_a_person_who_is_signed_in_neither_fills_nor_gets_the_kept_page(client):
    person = User.objects.create_user("NV1", full_name="Phạm Thu Uyên")
    client.force_login(person)
    own = client.get("/")
    assert "Phạm Thu Uyên" in own.text
    assert "private" in own["Cache-Control"]
    assert "Phạm Thu Uyên" not in Client().get("/").text
    assert "Phạm Thu Uyên" in client.get("/").text


def test_the_page_sets_no_cookie_and_the_language_still_changes():
    visitor = Client(enforce_csrf_checks=True)
    assert not visitor.get("/").cookies
    answer = visitor.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert answer.status_code == 302
    assert '<html lang="en">' in visitor.get("/").text


@pytest.mark.parametrize("address", ["/?page=2", "/search/?q=x", "/accounts/login/"])
def test_only_plain_public_pages_are_kept(client, address):
    client.get(address)
    assert not [key for key in caches["pages"]._cache if "generation" not in key]


def test_a_page_is_kept_no_longer_than_a_round_stays_closed(client):
    round_ = make_round(opens_in=1, closes_in=60)
    round_.opens_at = read_clock() + timedelta(seconds=20)
    round_.save()
    at = read_clock()
    response = client.get("/articles/")
    assert response.status_code == 200
    page = _home(client)
    assert 0 < page_cache.seconds_to_keep(page, at) <= 20


def _home(client):
    """The answer as the middleware sees it."""
    seen = []
    keep = page_cache._pack

    def listen(response):
        seen.append(response)
        return keep(response)

    page_cache._pack = listen
    try:
        client.get("/")
    finally:
        page_cache._pack = keep
    return seen[0]


def test_a_page_drawn_before_the_change_is_committed_is_forgotten(
    django_capture_on_commit_callbacks,
):
    before = page_cache._generation()
    with django_capture_on_commit_callbacks(execute=True):
        make_article()
        during = page_cache._generation()
    after = page_cache._generation()
    assert len({before, during, after}) == 3


def test_no_page_is_kept_past_midnight(client):
    late = datetime(2026, 7, 1, 16, 59, 50, tzinfo=UTC)  # ten seconds to midnight here
    for address in ("/", make_article().url, "/regulations/"):
        response = client.get(f"{address}?")
        assert page_cache.seconds_to_keep(_shown(response), late) <= 10, address
        assert page_cache.seconds_to_keep(_shown(response), late - timedelta(hours=9)) == 60


def _shown(response):
    return SimpleNamespace(public_page=response.context["page"])


def test_the_frame_is_forgotten_again_when_the_change_is_committed(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signals._forget()
        cache.set(frame.cache_key("en"), {"name": "đọc trước khi ghi xong"})
    assert cache.get(frame.cache_key("en")) is None
