"""The back office of posters: who may, what it shows, what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError
from people import roles
from posters.making import MAX_ITEMS
from posters.models import Poster, PosterItem, ScanCount
from posters.scan_queries import scans_by_day, scans_by_place
from tests.posters.factories import make_link, make_place, make_printed, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    poster = make_printed()
    return [
        "/posters/",
        "/posters/scans/",
        f"/posters/{poster.pk}/",
        f"/posters/{poster.pk}/poster.pdf",
        "/posters/new/",
    ]


@pytest.mark.parametrize("role", [roles.EDITOR, roles.ADMINISTRATOR])
def test_editors_and_administrators_make_posters(client, addresses, role):
    client.force_login(person(role))
    assert [client.get(address).status_code for address in addresses] == [200] * 5


@pytest.mark.parametrize("role", [None, roles.AUTHOR, roles.ORGANISER, roles.JURY])
def test_nobody_else_does(client, addresses, role):
    client.force_login(person(role))
    assert [client.get(address).status_code for address in addresses] == [403] * 5


def test_a_stranger_is_asked_to_sign_in(client, addresses):
    assert {client.get(address).status_code for address in addresses} == {302}


def test_an_editor_keeps_places_in_the_back_office(client):
    client.force_login(person(roles.EDITOR))
    page = client.post("/admin/poster_places/new/", {"name": "Chợ  Đăm", "kind": "market"})
    assert page.status_code == 302
    assert "Chợ Đăm" in client.get("/admin/poster_places/").text
    again = client.post("/admin/poster_places/new/", {"name": "Chợ Đăm", "kind": "market"})
    assert "Đã có nơi treo tên này" in again.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    editor = person(roles.EDITOR)
    for number in range(count):
        make_printed(make_place(f"Nơi {number}"), by=editor)
    client.force_login(editor)
    with django_assert_num_queries(6):
        assert client.get("/posters/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_scans_cost_the_same_for_any_number(client, django_assert_num_queries, count):
    for number in range(count):
        link = make_link(make_place(f"Nơi {number}"))
        ScanCount.objects.create(link=link, day=timezone.localdate(), scan_count=2)
    client.force_login(person(roles.EDITOR))
    with django_assert_num_queries(8):
        assert client.get("/posters/scans/").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "days=x",
        "place=abc",
        "place=" + "9" * 19,
        "days=30&place=0",
        "page=99999999999",
        "place=%00",
    ],
)
def test_junk_in_the_filter_shows_all(client, query):
    make_link()
    client.force_login(person(roles.EDITOR))
    assert client.get(f"/posters/scans/?{query}").status_code == 200
    assert client.get(f"/posters/?{query}").status_code == 200
    assert client.get(f"/posters/new/?like={query[5:]}").status_code == 200


def test_sums_are_by_place_and_by_day():
    today = timezone.localdate()
    busy, quiet = make_link(make_place("Chợ")), make_link(make_place("Trạm y tế"))
    ScanCount.objects.create(link=busy, day=today, scan_count=5)
    ScanCount.objects.create(link=busy, day=today - timedelta(days=1), scan_count=2)
    ScanCount.objects.create(link=quiet, day=today - timedelta(days=400), scan_count=9)
    span = {"first": today - timedelta(days=6), "last": today}
    places = scans_by_place(**span)
    assert [(item.place.name, item.scan_count) for item in places] == [("Chợ", 7), ("Trạm y tế", 0)]
    assert [day.scan_count for day in scans_by_day(**span)] == [0, 0, 0, 0, 0, 2, 5]
    assert sum(day.scan_count for day in scans_by_day(**span, place_id=quiet.place_id)) == 0


def test_a_poster_printed_again_keeps_its_codes():
    place = make_place()
    first, second = make_printed(place), make_printed(place, size="a3")
    codes = [list(p.items.values_list("link__code", flat=True)) for p in (first, second)]
    assert codes[0] == codes[1]


@pytest.mark.parametrize("count", [0, MAX_ITEMS + 1])
def test_nothing_or_too_much_makes_no_poster(count):
    with pytest.raises(DomainError):
        make_printed(count=count)
    assert not Poster.objects.exists()
    assert not PosterItem.objects.exists()
