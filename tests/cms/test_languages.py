"""Pages in two languages: which one an address, a reader and a search get; who may translate."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from cms.finding.searching import search
from cms.models import ContestIndexPage, ContestPage, HomePage
from core.clock import read_clock
from people import roles
from quizzes.models import Contest
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article, make_instrument, make_procedure

pytestmark = pytest.mark.django_db

NOTE = "This page is in Vietnamese only."


def translate(page, title, **fields):
    """Published, at the address of its English title."""
    english = page.copy_for_translation(Locale.objects.get(language_code="en")).specific
    english.title, english.slug = title, title.lower().replace(" ", "-")
    for name, value in fields.items():
        setattr(english, name, value)
    english.save_revision().publish()
    return english.specific_class.objects.get(pk=english.pk)


def reader(language):
    client = Client()
    client.cookies["django_language"] = language
    return client


def switch(client, path, language):
    return client.post(reverse("set_language"), {"language": language, "next": path})["Location"]


def test_the_english_tree_is_there_once():
    assert HomePage.objects.get(locale__language_code="en").url == "/en/"
    paths = [page.url for page in HomePage.objects.get(slug="home-en").get_children()]
    assert sorted(paths) == [
        f"/en/{slug}/" for slug in ("articles", "contests", "models", "procedures", "regulations")
    ]


def test_each_language_has_its_own_front_page_menu_and_list(client):
    english = translate(make_article("Bài tiếng Việt"), "An English article", summary="In short.")
    only = make_article("Bài chưa dịch")
    front = client.get("/en/").text
    assert '<html lang="en">' in front
    assert "An English article" in front
    assert "Bài" not in front
    navigation = front.split('class="site-nav"')[1].split("</nav>")[0]
    assert 'href="/en/articles/"' in navigation
    assert 'href="/articles/"' not in navigation
    listed = client.get("/en/articles/").text
    assert english.url in listed
    fallback = listed.split('id="only-vietnamese-title"')[1]
    assert f'href="{only.url}" hreflang="vi" lang="vi"' in fallback
    assert "Bài tiếng Việt" not in listed
    assert "An English article" not in Client().get("/").text + Client().get("/articles/").text
    feed = client.get("/en/articles/feed/").text
    assert "<language>en</language>" in feed
    assert "An English article" in feed
    assert "Bài" not in feed


def test_a_kept_page_is_never_given_in_the_other_language(settings):
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    source = make_article("Bài tiếng Việt")
    english = translate(source, "An English article")
    for _time in range(2):  # drawn, then kept
        assert '<html lang="vi">' in reader("vi").get(source.url).text
        around = reader("en").get(source.url).text
        assert '<html lang="en">' in around
        assert '<main id="main" tabindex="-1" lang="vi">' in around
        for language in ("vi", "en"):
            there = reader(language).get(english.url)
            assert '<html lang="en">' in there.text
            assert 'tabindex="-1">' in there.text
    english.title = "Changed"
    english.save_revision().publish()
    assert "Changed" in Client().get(english.url).text


def test_the_switch_leads_to_the_translation_and_else_stays_and_says_so():
    source, only = make_article("Có bản dịch"), make_article("Không có bản dịch")
    english = translate(source, "Translated")
    visitor = Client()
    assert switch(visitor, source.url, "en") == english.url
    assert switch(visitor, english.url, "vi") == source.url
    assert switch(visitor, only.url, "en") == only.url
    assert NOTE in visitor.get(only.url).text
    assert "Read it in English" in visitor.get(source.url).text
    assert NOTE not in visitor.get(source.url).text
    source.unpublish()
    assert switch(visitor, english.url, "vi") == "/articles/"
    english.unpublish()
    assert switch(visitor, "/articles/", "en") == "/en/articles/"


@pytest.mark.parametrize("came_from", ["//evil.example/", "https://evil.example/", "\0", "/x/\0/"])
def test_the_switch_leads_nowhere_else(came_from):
    found = switch(Client(), came_from, "en")
    assert found.startswith("/")
    assert not found.startswith("//")


def test_an_instrument_is_found_in_each_language_and_has_one_public_address(client, settings):
    settings.PUBLIC_URL = "https://motcua.example.vn"
    make_instrument("118/2025/NĐ-CP")
    path = "/regulations/118-2025-nd-cp/"
    assert switch(client, path, "en") == f"/en{path}"
    page = client.get(f"/en{path}").text
    assert f'rel="canonical" href="https://motcua.example.vn{path}"' in page


def test_who_reads_english_goes_on_in_english():
    visitor = Client()
    visitor.get("/en/")
    assert '<html lang="en">' in visitor.get("/search/").text
    assert '<html lang="vi">' in Client().get("/search/").text


def test_search_engines_are_told_of_both(client, settings):
    settings.PUBLIC_URL = "https://motcua.example.vn"
    source = make_article("Có bản dịch")
    english = translate(source, "Translated")
    here = "https://motcua.example.vn"
    for page in (source, english):
        text = client.get(page.url).text
        assert f'rel="canonical" href="{here}{page.url}"' in text
        assert f'hreflang="vi" href="{here}{source.url}"' in text
        assert f'hreflang="en" href="{here}{english.url}"' in text
        assert f'hreflang="x-default" href="{here}{source.url}"' in text
    assert "hreflang" not in client.get(make_article("Một mình").url).text.split("</head>")[0]
    make_instrument("118/2025/NĐ-CP")
    sitemap = client.get("/sitemap.xml").text
    places = [part.split("</loc>")[0] for part in sitemap.split("<loc>")[1:]]
    assert len(places) == len(set(places))
    assert f"{here}{english.url}" in places
    assert sum("118-2025" in place for place in places) == 1
    entry = sitemap.split(f"<loc>{here}{english.url}</loc>")[1].split("</url>")[0]
    assert f'hreflang="vi" href="{here}{source.url}"' in entry
    english.unpublish()
    assert english.url not in client.get("/sitemap.xml").text
    assert "hreflang" not in client.get(source.url).text.split("</head>")[0]


def found(words, language):
    answer = search(words, day=timezone.localdate(read_clock()), language=language)
    return [(hit.entry.address, hit.entry.language) for hit in answer.hits]


def test_a_search_answers_in_the_language_asked(client):
    source, only = make_article("Hội chợ Vinafest"), make_article("Vinafest năm sau")
    english = translate(source, "The Vinafest fair", summary="Short.")
    assert set(found("vinafest", "vi")) == {(source.url, "vi"), (only.url, "vi")}
    assert found("vinafest", "en") == [(english.url, "en"), (only.url, "vi")]
    client.cookies["django_language"] = "en"
    assert client.get("/search/?q=vinafest").text.count("in Vietnamese") == 1
    english.unpublish()
    assert (source.url, "vi") in found("vinafest", "en")


def test_a_translation_that_is_closed_is_no_translation(client):
    source = make_article("Có bản dịch")
    english = translate(source, "Translated")
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    assert "hreflang" not in client.get(source.url).text.split("</head>")[0]
    assert switch(client, source.url, "en") == source.url


def test_the_code_of_a_procedure_and_the_contest_of_a_page_are_translated_with_it(client):
    procedure = make_procedure("Đăng ký khai sinh", code="1.001193")
    english = translate(procedure, "Birth registration")
    assert english.code is None
    assert "1.001193" in client.get(english.url).text
    contest = Contest.objects.create(
        code="hoi-thi", name="Hội thi", issuing_agency="UBND phường", is_public=True
    )
    page = ContestPage(title="Hội thi", contest=contest)
    ContestIndexPage.objects.get(locale__language_code="vi").add_child(instance=page)
    page.copy_for_translation(Locale.objects.get(language_code="en"))
    draft = page.get_translation(Locale.objects.get(language_code="en")).get_latest_revision()
    draft.as_object().save_revision().publish()
    assert client.get("/en/contests/hoi-thi/").status_code == 200
    assert "/en/contests/hoi-thi/" in client.get("/en/contests/").text


@pytest.mark.parametrize(("role", "status"), [(roles.EDITOR, 200), (roles.AUTHOR, 302)])
def test_editors_translate_and_others_do_not(client, role, status):
    article = make_article()
    client.force_login(make_member(role))
    address = reverse("simple_translation:submit_page_translation", args=[article.pk])
    assert client.get(address).status_code == status
    if status == 200:
        assert "Dịch trang" in client.get(address).text
        english = Locale.objects.get(language_code="en")
        client.post(address, {"locales": [english.pk]})
        assert not article.get_translation(english).live
    else:
        client.post(address, {})
        assert not article.get_translations().exists()


@pytest.mark.parametrize("items", [1, 3])
def test_english_pages_keep_to_their_statements(client, django_assert_num_queries, items):
    for number in range(items):
        make_article(f"Bài chưa dịch {number}")
        page = translate(make_article(f"Bài {number}"), f"English {number}")
    for address, statements in (("/en/", 8), (page.url, 8), ("/en/articles/", 10)):
        client.get(address)
        with django_assert_num_queries(statements, info=address):
            client.get(address)


def test_an_english_front_page_that_is_taken_back_leaves_the_vietnamese_one(client):
    HomePage.objects.get(locale__language_code="en").unpublish()
    assert client.get("/en/").status_code == 404
    page = reader("en").get("/").text
    assert NOTE in page
    assert Page.objects.filter(locale__language_code="en").exists()
