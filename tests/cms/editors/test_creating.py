"""A new page whose form arrives twice: the autosave and the button, or a double click."""

from uuid import uuid4

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import ArticleIndexPage, ArticlePage
from people import roles
from tests.cms.editors.people import make_member

pytestmark = pytest.mark.django_db

TITLE = "Quầy lưu động về thôn"


@pytest.fixture
def editor(client):
    user = make_member(roles.EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def address(editor):
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    return f"/admin/pages/add/cms/articlepage/{index.pk}/"


def form(**fields):
    empty = {
        f"{name}-{count}": 0
        for name in ("authorships", "related", "comments")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    body = nested_form_data(
        {"body": streamfield([("text", rich_text("<p>Mang giấy tờ gốc.</p>"))])}
    )
    return {
        "title": TITLE,
        "slug": "quay-luu-dong",
        "kind": "news",
        "summary": "Mỗi sáng thứ Bảy một thôn.",
        "published_on": "23/11/2026",
        **empty,
        **body,
        **fields,
    }


def send(client, address, **fields):
    return client.post(address, form(**fields))


def autosave(client, address, **fields):
    return client.post(address, form(**fields), headers={"accept": "application/json"})


def only_page():
    return ArticlePage.objects.get(title__startswith=TITLE)


def test_the_form_names_its_page_before_it_is_made(client, address):
    pages = [client.get(address) for _ in range(2)]
    first, second = (page.context["form"]["creation_key"].value() for page in pages)
    assert first != second
    assert f'name="creation_key" value="{first}"' in pages[0].text


def test_the_button_after_an_autosave_it_did_not_hear_of_makes_one_page(client, address):
    key = uuid4()
    assert autosave(client, address, creation_key=key).json()["success"]
    answer = send(client, address, creation_key=key, title=f"{TITLE} sớm", **{"action-submit": "1"})
    assert answer.status_code == 302
    page = only_page()
    assert (page.title, page.slug, page.translation_key) == (f"{TITLE} sớm", "quay-luu-dong", key)
    assert page.workflow_in_progress


def test_an_autosave_that_comes_after_the_button_changes_nothing(client, address):
    key = uuid4()
    send(client, address, creation_key=key, **{"action-submit": "1"})
    late = autosave(client, address, creation_key=key, title=f"{TITLE} cũ")
    assert (late.status_code, late.json()["error_code"]) == (400, "validation_error")
    assert only_page().title == TITLE


def test_a_double_click_leads_to_the_page_that_was_made(client, address):
    key = uuid4()
    for _ in range(2):
        answer = send(client, address, creation_key=key, **{"action-submit": "1"})
    page = only_page()
    assert answer.url == f"/admin/pages/{page.pk}/edit/"


def test_the_page_of_somebody_else_is_never_replaced(client, address):
    key = uuid4()
    send(client, address, creation_key=key)
    theirs = only_page()
    client.force_login(make_member(roles.EDITOR))
    answer = send(client, address, creation_key=key, title=f"{TITLE} khác")
    assert answer.url == f"/admin/pages/{theirs.pk}/edit/"
    assert only_page().title == TITLE


def test_a_form_without_a_key_is_checked_as_ever(client, address):
    assert send(client, address).status_code == 302
    again = send(client, address)
    assert "slug" in again.context["form"].errors
    assert only_page()


def test_a_key_that_is_none_is_told(client, address):
    answer = send(client, address, creation_key="không phải khóa")
    assert "creation_key" in answer.context["form"].errors
