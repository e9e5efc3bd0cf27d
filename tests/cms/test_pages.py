"""What a visitor sees of the public site."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from wagtail.models import Site

from cms.models import ArticleIndexPage, SiteInfo
from core.clock import read_clock
from legal.models import Instrument
from quizzes.enums import RoundState
from quizzes.models import Contest, Round
from tests.cms.factories import make_article, make_instrument

pytestmark = pytest.mark.django_db


def make_round(*, opens_in: int, closes_in: int, **fields) -> Round:
    """A round whose window is given in minutes from now."""
    at = read_clock()
    contest = Contest.objects.create(
        code=f"hoi-thi-{Contest.objects.count()}",
        name="Hội thi Một cửa",
        issuing_agency="UBND phường",
        is_public=fields.pop("is_public", True),
    )
    return Round.objects.create(
        contest=contest,
        number=1,
        name=fields.pop("name", "Vòng kiến thức"),
        state=fields.pop("state", RoundState.READY),
        opens_at=at + timedelta(minutes=opens_in),
        closes_at=at + timedelta(minutes=closes_in),
        duration_seconds=1800,
        **fields,
    )


def test_the_front_page_leads_into_the_round_that_is_open(client):
    open_round = make_round(opens_in=-5, closes_in=60)
    page = client.get("/").text
    assert "Vòng thi đang mở" in page
    assert "Hội thi Một cửa" in page
    assert f'href="/play/{open_round.pk}/"' in page
    assert "30 phút" in page


def test_the_front_page_announces_the_next_round_when_none_is_open(client):
    make_round(opens_in=60, closes_in=120)
    page = client.get("/").text
    assert "Vòng thi sắp mở" in page
    assert "Vào thi" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"state": RoundState.DRAFT},
        {"is_public": False},
        {"opens_in": -90, "closes_in": -30},
    ],
    ids=["in preparation", "not public", "over"],
)
def test_the_front_page_is_silent_about(client, fields):
    make_round(**{"opens_in": -5, "closes_in": 60, "name": "Vòng kín", **fields})
    assert "Vòng kín" not in client.get("/").text


def test_the_front_page_shows_published_results_only(client):
    make_round(
        opens_in=-90,
        closes_in=-30,
        name="Vòng đã công bố",
        state=RoundState.PUBLISHED,
        published_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    make_round(opens_in=-90, closes_in=-30, name="Vòng đã đóng", state=RoundState.CLOSED)
    page = client.get("/").text
    assert "Vòng đã công bố" in page
    assert "Vòng đã đóng" not in page


def test_an_article_tells_its_source_and_that_its_unit_has_ended(client):
    article = make_article(
        "Giờ làm việc thứ 9",
        kind="model",
        model_unit="Huyện Ba Vì",
        model_year=2024,
        unit_ended_on=date(2025, 7, 1),
        source_name="Báo Lao động Thủ đô",
    )
    page = client.get(article.url).text
    assert "Huyện Ba Vì" in page
    assert "Báo Lao động Thủ đô" in page
    assert "kết thúc hoạt động ngày 01/07/2025" in page


def test_nobody_outside_sees_what_is_not_published(client):
    draft = make_article("Bản nháp về đất đai", live=False)
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    assert client.get(draft.url).status_code == 404
    for address in ("/", index.url, "/search/?q=nháp"):
        assert "Bản nháp về đất đai" not in client.get(address).text


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x"])
def test_a_wrong_page_number_is_no_error(client, page):
    make_article()
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    assert client.get(index.url, {"page": page, "kind": "?"}).status_code == 200


def test_a_dead_instrument_is_never_shown_as_in_force(client):
    successor = make_instrument("118/2025/NĐ-CP")
    make_instrument("61/2018/NĐ-CP", status=Instrument.Status.EXPIRED, replaced_by=successor)
    home, listing = client.get("/").text, client.get("/regulations/").text
    assert "61/2018/NĐ-CP" not in home
    dead = listing[listing.index("instrument-dead") :]
    assert "Hết hiệu lực" in dead
    assert "Được thay thế bởi" in dead
    assert "118/2025/NĐ-CP" in dead
    # In force first.
    assert listing.index("118/2025/NĐ-CP") < listing.index("instrument-dead")


def test_a_successor_that_is_dead_too_is_called_so(client):
    last = make_instrument("118/2025/NĐ-CP")
    middle = make_instrument("61/2018/NĐ-CP", status="expired", replaced_by=last)
    make_instrument("93/2007/QĐ-TTg", status="expired", replaced_by=middle)
    page = client.get("/regulations/", {"q": "93/2007"}).text
    assert "cũng đã hết hiệu lực" in page
    assert "118/2025/NĐ-CP" in page


def test_instruments_are_filtered_by_status_and_folded_text(client):
    make_instrument("31/2024/QH15", title="Luật Đất đai", issuer="Quốc hội")
    make_instrument("45/2013/QH13", title="Luật Đất đai", status="expired")
    page = client.get("/regulations/", {"q": "luat dat dai", "standing": "in_force"}).text
    assert "31/2024/QH15" in page
    assert "45/2013/QH13" not in page


def test_the_frame_follows_the_settings_at_once(client):
    assert "Phường Nghĩa Đô" not in client.get("/").text
    info = SiteInfo.for_site(Site.objects.get())
    info.owner = "UBND phường Nghĩa Đô"
    info.save()
    assert "UBND phường Nghĩa Đô" in client.get("/").text


def test_pages_in_menus_are_the_navigation(client):
    page = client.get("/").text
    assert 'href="/articles/"' in page
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    index.show_in_menus = False
    index.save_revision().publish()
    navigation = client.get("/").text.split('class="site-nav"')[1].split("</nav>")[0]
    assert 'href="/articles/"' not in navigation


HOME, INDEX, REGULATIONS, SEARCH = "/", "/articles/", "/regulations/", "/search/?q=bai"


@pytest.mark.parametrize(
    ("address", "statements"), [(HOME, 8), (INDEX, 8), (REGULATIONS, 8), (SEARCH, 4)]
)
@pytest.mark.parametrize("items", [1, 3])
def test_statements_do_not_grow_with_the_list(
    client, django_assert_num_queries, address, statements, items
):
    for number in range(items):
        make_article(f"Bài số {number}")
        make_instrument(f"{number}/2025/NĐ-CP", title="Về bài thi", replaced_by=None)
        make_round(opens_in=-5, closes_in=60 + number)
    client.get(address)  # keeps what is kept: the site, the frame
    with django_assert_num_queries(statements):
        client.get(address)
    cache.clear()
