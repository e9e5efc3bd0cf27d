"""From a page to the loudspeaker and to Zalo."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.models import ArticleIndexPage, ArticlePage
from cms.plain_text import page_paragraphs
from outreach.models import Script, Topic, ZaloPost
from outreach.scripting import current_version
from outreach.zalo.publicity import is_still_public
from people.roles import EDITOR, UNIT_HEAD
from tests.cms.factories import make_article
from tests.outreach.factories import make_person, make_post, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> ArticlePage:
    return make_article(
        "Giờ thứ 9",
        summary="UBND mở thêm một giờ.",
        text="<h2>Làm gì</h2><p>Mở từ <b>8h30</b> &amp; đến 17h.</p>"
        "<ul><li>Một</li><li>Hai</li></ul>",
    )


@pytest.fixture
def editor():
    return make_person(EDITOR, unit=make_unit("Phường Thanh Khê"))


def test_a_page_as_paragraphs(article):
    assert page_paragraphs(article) == [
        "UBND mở thêm một giờ.",
        "Làm gì",
        "Mở từ 8h30 & đến 17h.",
        "Một",
        "Hai",
    ]


def test_every_block_of_an_article_can_be_read():
    article = make_article()
    article.body = ArticlePage.body.field.to_python(
        [
            {"type": "quote", "value": {"text": "Nhanh hơn trước.", "attribution": "Bà Lan"}},
            {
                "type": "figures",
                "value": {"items": [{"value": "97", "label": "người được giúp", "note": ""}]},
            },
            {"type": "callout", "value": {"kind": "info", "title": "Lưu ý", "text": "<p>Nhớ</p>"}},
            {
                "type": "table",
                "value": {
                    "columns": [{"type": "text", "heading": "Việc"}],
                    "rows": [{"values": ["Khai sinh"]}],
                    "caption": "",
                },
            },
        ]
    )
    said = " ".join(page_paragraphs(article))
    for words in ("Nhanh hơn trước.", "Bà Lan", "97", "người được giúp", "Lưu ý", "Nhớ"):
        assert words in said
    assert "Khai sinh" in said
    assert "info" not in said


def test_a_script_begins_with_the_words_of_the_page(client, article, editor):
    client.force_login(editor)
    address = reverse("cms:script_from_page", args=[article.pk])
    page = client.get(address)
    assert "Mở từ 8h30" in page.content.decode()
    form = page.context["form"]
    answer = client.post(
        address,
        {
            "title": form.initial["title"],
            "text": form.initial["text"],
            "unit": editor.unit_id,
            "topic": Topic.objects.first().pk,
        },
    )
    script = Script.objects.get()
    assert answer.url == reverse("outreach:script", args=[script.pk])
    assert (script.source_page_id, script.source_title) == (article.pk, "Giờ thứ 9")
    assert script.source_url.startswith("http")
    assert "tám giờ ba mươi phút" in current_version(script).reading_text


def test_only_those_who_edit_the_page_pass_it_on(client, article, editor):
    addresses = [
        reverse(f"cms:{name}", args=[article.pk]) for name in ("script_from_page", "page_to_zalo")
    ]
    for address in addresses:
        assert client.get(address).status_code == 302
    for person, status in [(editor, 200), (make_person(UNIT_HEAD, unit=editor.unit), 403)]:
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == status
    client.force_login(editor)
    assert client.get(reverse("cms:script_from_page", args=[int("9" * 19)])).status_code == 404


def test_a_public_page_goes_into_the_outbox_once(client, article, editor):
    client.force_login(editor)
    address = reverse("cms:page_to_zalo", args=[article.pk])
    assert "Mở từ 8h30" in client.get(address).content.decode()
    assert client.post(address, {}).url == reverse("outreach:zalo")
    post = ZaloPost.objects.get()
    assert post.title == "Giờ thứ 9"
    assert post.page_url == f"http://testserver{article.get_url()}"
    assert post.cover_url.startswith("http://testserver/og/")
    assert not post.is_shown
    assert client.post(address, {}).status_code == 422
    assert ZaloPost.objects.count() == 1


@pytest.mark.parametrize("hidden_by", ["draft", "restriction"])
def test_what_is_not_public_goes_nowhere(client, article, editor, hidden_by):
    if hidden_by == "draft":
        article.unpublish()
    else:
        PageViewRestriction.objects.create(
            page=ArticleIndexPage.objects.get(locale__language_code="vi"), restriction_type="login"
        )
    client.force_login(editor)
    answer = client.post(reverse("cms:page_to_zalo", args=[article.pk]), {})
    assert answer.url == reverse("outreach:zalo")
    assert not ZaloPost.objects.exists()


@pytest.mark.parametrize("hidden_by", ["unpublishing", "restriction", "deletion"])
def test_what_waits_for_zalo_is_withdrawn_with_its_page(article, hidden_by):
    post = make_post(page_id=article.pk)
    if hidden_by == "unpublishing":
        article.unpublish()
    elif hidden_by == "deletion":
        article.delete()
    else:
        PageViewRestriction.objects.create(
            page=ArticleIndexPage.objects.get(locale__language_code="vi"), restriction_type="login"
        )
    post.refresh_from_db()
    assert post.state == ZaloPost.State.CANCELLED
    assert not is_still_public(post.page_id)


def test_the_back_office_offers_both(client, article, editor):
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert reverse("cms:script_from_page", args=[article.pk]) in page
    assert reverse("cms:page_to_zalo", args=[article.pk]) in page
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("outreach:scripts") in home
    assert client.get(reverse("abbreviations:index")).status_code == 200
    assert client.get(reverse("broadcast_topics:index")).status_code == 200
