"""What every page's foot leads to, and the search at the head of the site."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from cms.models import HomePage, LifeEvent, SiteInfo
from counter.models import CounterSettings
from tests.cms.factories import make_procedure

pytestmark = pytest.mark.django_db


def test_the_foot_of_every_page_leads_to_who_answers_for_it(client):
    info = SiteInfo.for_site(Site.objects.get())
    info.phone, info.email = "024 1234 5678", "mot-cua@phuong.example"
    info.save()
    foot = client.get("/contests/").text.split('class="site-footer"')[1]
    assert 'href="tel:02412345678"' in foot
    for name in ("cms:accessibility", "cms:privacy"):
        assert f'href="{reverse(name)}"' in foot
        assert client.get(reverse(name)).status_code == 200
    assert f'{reverse("cms:report_problem")}?page=%2Fcontests%2F"' in foot


def test_the_privacy_page_says_the_days_that_bookings_are_kept(client):
    CounterSettings.objects.update_or_create(pk=1, defaults={"retention_days": 17})
    assert "17 ngày sau ngày hẹn" in client.get(reverse("cms:privacy")).text


@pytest.mark.parametrize("page", ["//other.example/x", "https://other.example", "/" + "x" * 400])
def test_a_report_names_pages_of_our_own_only(client, settings, page):
    settings.PUBLIC_URL = "https://mot-cua.example"
    address = reverse("cms:report_problem")
    assert "https://mot-cua.example/news/" in client.get(address, {"page": "/news/"}).text
    refused = client.get(address, {"page": page})
    assert refused.status_code == 200
    assert page not in refused.text.split("<main")[1].split("</main>")[0]


def test_a_missing_page_offers_a_search_and_ways_on(client):
    page = client.get("/khong-co/").text.split("<main")[1].split("</main>")[0]
    assert f'action="{reverse("cms:search")}"' in page
    assert 'href="/contests/"' in page


def test_the_front_page_asks_and_offers_events_that_have_procedures(client):
    event = LifeEvent.objects.create(name="Sinh con", order=1)
    LifeEvent.objects.create(name="Chưa có thủ tục nào", order=2)
    procedure = make_procedure(life_events=[event])
    page = client.get("/").text
    home = HomePage.objects.get(locale__language_code="vi")
    assert f'<label for="front-search">{home.headline}</label></h1>' in page
    assert f"{procedure.get_parent().url}?event=sinh-con" in page
    assert "Chưa có thủ tục nào" not in page
    type(procedure).objects.get().unpublish()
    assert "?event=sinh-con" not in client.get("/").text
