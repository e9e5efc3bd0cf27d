"""Articles of the kind "model" become reform models in place."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import ArticleIndexPage, ArticlePage, ReformModelIndexPage, ReformModelPage
from tests.cms.factories import make_article, make_model

pytestmark = pytest.mark.django_db
migration = import_module("cms.migrations.0011_reform_model_pages")


def migrate():
    """The catalogue of the migrated database is there already: take it away first."""
    ReformModelIndexPage.objects.get(locale__language_code="vi").delete()
    migration.turn_articles_into_models(apps, SimpleNamespace(connection=connection))
    ContentType.objects.clear_cache()


def make_old(title="Giờ làm việc thứ 9", **fields):
    fields = {"kind": "model", "model_unit": "Huyện Ba Vì", "model_year": 2024, **fields}
    article = make_article(title, **fields)
    article.save_revision().publish()
    return article


def test_a_model_article_keeps_its_page_its_words_and_its_history(client):
    article = make_old(slug="gio-thu-9", source_name="Báo Lao động Thủ đô")
    migrate()
    model = ReformModelPage.objects.get(pk=article.pk)
    assert (model.unit_name, model.launched, model.source_name) == (
        "Huyện Ba Vì",
        "năm 2024",
        "Báo Lao động Thủ đô",
    )
    assert model.get_parent().specific == ReformModelIndexPage.objects.get(
        locale__language_code="vi"
    )
    page = client.get("/models/gio-thu-9/").text
    assert "Nội dung bài viết." in page
    draft = model.get_latest_revision_as_object()
    assert isinstance(draft, ReformModelPage)
    assert (draft.unit_name, draft.launched) == ("Huyện Ba Vì", "năm 2024")
    assert not ArticlePage.objects.filter(pk=article.pk).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_old_address_leads_to_the_new(client):
    make_old(slug="gio-thu-9")
    migrate()
    assert Redirect.objects.count() == 1
    answer = client.get("/articles/gio-thu-9/")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/models/gio-thu-9/")


def test_news_and_what_has_aliases_stay(client):
    news = make_article("Tin tức")
    copied = make_old("Mô hình có bản sao")
    copied.create_alias(update_slug="ban-sao")
    migrate()
    kept = set(ArticlePage.objects.values_list("pk", flat=True))
    assert {news.pk, copied.pk} <= kept
    assert not ReformModelPage.objects.exists()
    assert client.get(copied.url).status_code == 200


def test_an_editor_goes_on_writing_where_the_article_was(client, django_user_model):
    article = make_old()
    migrate()
    client.force_login(
        django_user_model.objects.create_superuser("QT1", full_name="Trần Quốc Khải")
    )
    page = client.get(f"/admin/pages/{article.pk}/edit/")
    assert page.status_code == 200
    assert "Huyện Ba Vì" in page.text
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    assert client.get(f"/admin/pages/{index.pk}/").status_code == 200


def test_many_models_are_counted_to_the_base_36():
    for number in range(12):
        make_old(f"Mô hình {number}")
    migrate()
    index = ReformModelIndexPage.objects.get(locale__language_code="vi")
    assert index.numchild == index.get_children().count() == 12
    assert Page.find_problems() == ([], [], [], [], [])
    assert make_model("Mô hình mới").path.endswith("000D")
