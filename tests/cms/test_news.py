"""News: sections, years, feeds, and what an article shows."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import PageViewRestriction

from cms.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    Author,
    NewsSection,
    RelatedPage,
)
from tests.cms.factories import make_article
from tests.cms.test_pages import make_round

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def section(slug="huong-dan") -> NewsSection:
    return NewsSection.objects.get(slug=slug)


def picture(title="Quầy một cửa") -> Image:
    return Image.objects.create(title=title, file=get_test_image_file_jpeg(size=(800, 600)))


def with_body(article, *blocks):
    article.body = ArticlePage.body.field.to_python(
        [{"type": name, "value": value} for name, value in blocks]
    )
    article.save_revision().publish()
    return article


# The index ------------------------------------------------------------------------------------


def test_a_section_holds_its_own_articles_newest_first(client):
    make_article("Tin cũ", section=section(), published_on=date(2026, 1, 1))
    make_article("Tin mới", section=section(), published_on=date(2026, 5, 1))
    make_article("Tin khác", section=section("tin-hoat-dong"))
    page = client.get("/articles/sections/huong-dan/").text
    assert page.index("Tin mới") < page.index("Tin cũ")
    assert "Tin khác" not in page
    assert '<link rel="canonical" href="http://testserver/articles/sections/huong-dan/">' in page
    assert 'href="/articles/sections/chi-dao-dieu-hanh/"' not in page  # nothing to read there


def test_a_year_holds_its_own_articles(client):
    make_article("Tin năm cũ", published_on=date(2024, 12, 31))
    make_article("Tin năm nay", published_on=date(2026, 1, 1))
    page = client.get("/articles/years/2024/").text
    assert "Tin năm cũ" in page
    assert "Tin năm nay" not in page
    assert 'href="/articles/years/2026/"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/articles/years/1999/",
        "/articles/years/99999999999999999999/",
        "/articles/sections/khong-co/",
        "/articles/sections/khong-co/feed/",
        "/articles/khong-co/",
        "/articles/%00/",
        "/khong-co/",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    make_article()
    assert client.get(address).status_code == 404


def test_a_restricted_article_is_listed_nowhere(client):
    article = make_article("Bài nội bộ", section=section())
    make_article("Bài công khai", section=section())
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/", "/articles/", "/articles/sections/huong-dan/", "/articles/feed/"):
        shown = client.get(address).text
        assert "Bài nội bộ" not in shown
        assert "Bài công khai" in shown
    assert client.get(article.url).status_code == 302


# Feeds ----------------------------------------------------------------------------------------


def test_rss_names_articles_by_their_public_address(client):
    make_article("Một cửa & “hai” <cửa>", slug="bai-mot", section=section(), summary="Tóm tắt")
    make_article("Bản nháp", live=False)
    answer = client.get("/articles/feed/")
    assert answer["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(answer.content).find("channel")
    [item] = channel.findall("item")
    assert item.findtext("title") == "Một cửa & “hai” <cửa>"
    assert item.findtext("link") == "http://testserver/articles/bai-mot/"
    assert item.findtext("category") == "Hướng dẫn người dân"
    assert "Nov 2026" in item.findtext("pubDate")


def test_atom_of_a_section_holds_the_section_only(client):
    article = make_article("Trong mục", section=section())
    ArticleAuthor.objects.create(page=article, author=Author.objects.create(name="Ban Biên tập"))
    make_article("Ngoài mục")
    feed = ElementTree.fromstring(client.get("/articles/sections/huong-dan/feed/atom/").content)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Trong mục"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ban Biên tập"


def test_pages_announce_their_feeds(client):
    make_article(section=section())
    page = client.get("/articles/sections/huong-dan/").text
    assert 'type="application/rss+xml"' in page
    assert 'href="/articles/sections/huong-dan/feed/"' in page


# The article ----------------------------------------------------------------------------------


def test_a_cover_needs_words_and_shows_its_credit(client):
    with pytest.raises(ValidationError) as refused:
        make_article(cover=picture())
    assert "cover_alt" in refused.value.message_dict
    article = make_article(
        cover=picture(),
        cover_alt="Hai người ở quầy",
        cover_caption="Sáng thứ Hai",
        cover_credit="Thu Hà",
    )
    page = client.get(article.url).text
    assert 'alt="Hai người ở quầy"' in page
    assert "Sáng thứ Hai" in page
    assert "Ảnh: Thu Hà" in page


def test_an_article_may_not_stand_at_an_address_of_the_index():
    with pytest.raises(ValidationError) as refused:
        make_article(slug="feed")
    assert "slug" in refused.value.message_dict


def test_authors_sign_in_order(client):
    article = make_article()
    for order, name in enumerate(["Trần Văn An", "Lê Thị Bình"]):
        author = Author.objects.create(name=name, job_title="Phóng viên")
        ArticleAuthor.objects.create(page=article, author=author, sort_order=order)
    page = client.get(article.url).text
    assert page.index("Trần Văn An") < page.index("Lê Thị Bình")
    assert "Phóng viên" in page


def test_related_pages_are_the_editors_or_the_newest_of_the_section(client):
    first = make_article("Bài thứ nhất", section=section())
    second = make_article("Bài thứ hai", section=section())
    other = make_article("Bài mục khác")
    assert "Bài thứ hai" in client.get(first.url).text
    RelatedPage.objects.create(page=first, target=other)
    page = client.get(first.url).text
    assert "Bài mục khác" in page
    assert "Bài thứ hai" not in page
    other.unpublish()
    assert "Bài mục khác" not in client.get(first.url).text
    assert second.live


def test_a_file_says_what_it_is_and_how_large(client):
    document = get_document_model()(title="Mẫu đơn", file=ContentFile(b"x" * 2048, "mau.pdf"))
    document._set_document_file_metadata()
    document.save()
    article = with_body(make_article(live=False), ("file", {"file": document.pk, "title": ""}))
    page = client.get(article.url).text
    assert "Mẫu đơn" in page
    assert "PDF, 2,0" in page.replace("\xa0", " ")


def test_a_contest_is_shown_as_it_is_now_and_only_while_public(client):
    open_round = make_round(opens_in=-5, closes_in=60, name="Vòng tìm hiểu")
    contest = open_round.contest
    article = with_body(make_article(live=False), ("contest", {"contest": contest.pk}))
    page = client.get(article.url).text
    assert "Vòng tìm hiểu đang mở" in page
    assert f'href="/play/{open_round.pk}/"' in page
    contest.is_public = False
    contest.save()
    assert "Hội thi Một cửa" not in client.get(article.url).text


def test_a_page_that_is_taken_back_is_introduced_nowhere(client):
    target = make_article("Bài được giới thiệu", summary="Vì sao nên đọc")
    article = with_body(make_article(live=False), ("page", {"page": target.pk, "reason": ""}))
    assert "Vì sao nên đọc" in client.get(article.url).text
    PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    assert "Bài được giới thiệu" not in client.get(article.url).text.split("public-foot")[0]


@pytest.mark.parametrize("pictures", [1, 3])
def test_an_article_costs_at_most_ten_statements(client, django_assert_num_queries, pictures):
    article = make_article(
        section=section(), cover=picture(), cover_alt="Quầy", summary="x", live=False
    )
    for number in range(pictures):
        author = Author.objects.create(name=f"Tác giả {number}")
        ArticleAuthor.objects.create(page=article, author=author)
        make_article(f"Bài {number}", section=section())
    images = [picture(f"Ảnh {number}") for number in range(pictures)]
    with_body(
        ArticlePage.objects.get(pk=article.pk),
        *[
            ("picture", {"image": {"image": image.pk, "alt_text": "x", "decorative": False}})
            for image in images
        ],
    )
    client.get(article.url)
    with django_assert_num_queries(10):
        client.get(article.url)


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("address", "statements"), [("/", 10), ("/articles/", 10), ("/articles/feed/", 9)]
)
def test_lists_with_pictures_do_not_grow(
    client, django_assert_num_queries, address, statements, items
):
    for number in range(items):
        article = make_article(
            f"Bài {number}", section=section(), cover=picture(), cover_alt="Quầy một cửa"
        )
        author = Author.objects.create(name=f"Tác giả {number}")
        ArticleAuthor.objects.create(page=article, author=author)
    client.get(address)
    with django_assert_num_queries(statements):
        client.get(address)


def test_the_index_is_there_without_articles(client):
    assert "Chưa có bài viết" in client.get("/articles/").text
    assert ElementTree.fromstring(client.get("/articles/feed/").content) is not None
    assert ArticleIndexPage.objects.count() == 2  # one in each language
