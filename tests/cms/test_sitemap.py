"""What search engines are told: every public page under the public address, nothing else."""

import pytest
from wagtail.models import PageViewRestriction

from tests.cms.factories import make_article, make_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.PUBLIC_URL = "https://motcua.example.vn"


def test_public_pages_and_instruments_are_listed_under_the_public_address(client):
    article = make_article("Bài công khai")
    make_instrument("118/2025/NĐ-CP")
    sitemap = client.get("/sitemap.xml", headers={"host": "localhost"}).text
    assert f"<loc>https://motcua.example.vn{article.url}</loc>" in sitemap
    assert "<loc>https://motcua.example.vn/regulations/118-2025-nd-cp/</loc>" in sitemap
    assert "<loc>http://localhost" not in sitemap


def test_drafts_and_closed_pages_are_not(client):
    draft = make_article("Bản nháp", live=False)
    closed = make_article("Bài nội bộ")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_instrument("9/2026/NĐ-CP", live=False)
    sitemap = client.get("/sitemap.xml").text
    assert draft.slug not in sitemap
    assert closed.slug not in sitemap
    assert "9-2026" not in sitemap


def test_robots_are_told_where_the_list_is(client):
    told = client.get("/robots.txt")
    assert told.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: https://motcua.example.vn/sitemap.xml" in told.text
