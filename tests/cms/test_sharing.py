"""What others show of a page: tags, JSON-LD, and the drawn card."""

import json
import re
from io import BytesIO

import pytest
from django.core.files.storage import storages
from PIL import Image
from wagtail.images.models import Image as WagtailImage
from wagtail.images.tests.utils import get_test_image_file_jpeg

from cms.cards import Card, draw_card
from cms.models import ArticleIndexPage, SiteInfo
from cms.sharing import card_version, keep_card
from outreach.zalo.sharing import share_link
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db


def card_address(page: str) -> str:
    found = re.search(r'og:image" content="http://testserver(/og/[^"]+)"', page)
    assert found
    return found[1]


def test_a_page_without_a_picture_is_shared_with_its_card(client):
    article = make_article("Một cửa số")
    address = card_address(client.get(article.url).text)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert "max-age" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert client.get(address).content == answer.content


def test_the_address_of_the_card_changes_with_what_it_shows(client):
    article = make_article("Tên cũ")
    old = card_address(client.get(article.url).text)
    article.title = "Tên mới"
    article.save_revision().publish()
    new = card_address(client.get(article.url).text)
    assert new != old
    assert client.get(old).headers["Location"].endswith(new)
    info = SiteInfo.for_site(article.get_site())
    info.owner = "UBND phường Nghĩa Đô"
    info.save()
    assert card_address(client.get(article.url).text) != new


def test_nobody_draws_cards_of_what_is_not_published(client):
    draft = make_article("Bản nháp", live=False)
    plain = (
        ArticleIndexPage.objects.get(locale__language_code="vi").get_parent().get_parent()
    )  # the root: no public page
    for key in (draft.pk, plain.pk, 987654321, "9" * 18):
        assert client.get(f"/og/{key}-0123456789ab.png").status_code == 404
    assert client.get(f"/og/{'9' * 19}-0123456789ab.png").status_code == 404


def test_a_lead_image_is_cut_for_sharing(client):
    cover = WagtailImage.objects.create(
        title="Quầy một cửa", file=get_test_image_file_jpeg(size=(1600, 1200))
    )
    page = client.get(make_article(cover=cover, cover_alt="Quầy một cửa").url).text
    shared = re.search(r'og:image" content="([^"]+)"', page)
    assert shared
    assert "fill-1200x630" in shared[1]
    assert shared[1].startswith("http://testserver/media/images/")


def test_the_data_block_holds_whatever_the_title_holds(client):
    article = make_article('Một "cửa" </script><script>alert(1)</script> & cửa', slug="mot-cua")
    page = client.get(article.url).text
    assert "<script>alert" not in page
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    news, places = (json.loads(block) for block in blocks)
    assert news["headline"] == article.title
    assert news["url"] == "http://testserver/articles/mot-cua/"
    assert [item["name"] for item in places["itemListElement"]][-1] == article.title


def test_a_page_names_one_address_whatever_the_host_header_says(client):
    page = client.get(make_article(slug="bai").url, headers={"host": "localhost"}).text
    assert '<link rel="canonical" href="http://testserver/articles/bai/">' in page
    assert share_link("http://testserver/articles/bai/") in page


@pytest.mark.parametrize("title", ["", "A" * 400, "Chữ " * 120, "Nghiễm Ẫ Ộ Ỵ", "👩‍🌾 \u0301"])
def test_every_title_has_a_card(title):
    drawn = draw_card(Card("Tin tức", title, "Một Cửa", "UBND phường Nghĩa Đô"))
    assert Image.open(BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < 60_000


def test_a_page_whose_picture_is_lost_is_shared_with_its_card(client):
    cover = WagtailImage.objects.create(
        title="Ảnh đã mất", file=get_test_image_file_jpeg(size=(1600, 1200))
    )
    article = make_article(cover=cover, cover_alt="Quầy một cửa")
    cover.file.storage.delete(cover.file.name)
    assert card_address(client.get(article.url).text)
    assert "/og/" in client.get("/articles/feed/").text


def test_a_card_that_goes_while_it_is_read_is_drawn_again(monkeypatch):
    card = Card("Tin", "Một cửa", "Một Cửa", "UBND")
    drawn = keep_card("race", card)
    storage = storages["private"]
    storage.delete(f"cards/race/{card_version(card)}.png")
    answers = iter([True])  # it was there a moment ago
    monkeypatch.setattr(storage, "exists", lambda name: next(answers, False))
    assert keep_card("race", card) == drawn
