"""The six demo articles."""

import re

import pytest

from cms.demo.articles import ARTICLES
from cms.demo.loading import load_articles
from cms.models import ArticleIndexPage, ArticlePage
from core.clock import read_clock


def texts(value):
    if isinstance(value, str):
        yield re.sub("<[^>]+>", " ", value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"kind", "type"}:
                yield from texts(inner)
    else:
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_has_a_readable_length_and_says_that_districts_ended(article):
    text = " ".join(text for _name, value in article.body for text in texts(value))
    assert 350 <= len(text.split()) <= 600
    assert "01/7/2025" in text


@pytest.mark.django_db
def test_loading_twice_makes_six_articles_that_render(client):
    index = ArticleIndexPage.objects.get()
    assert load_articles(index, at=read_clock()) == 6
    index.refresh_from_db()
    assert load_articles(index, at=read_clock()) == 0
    assert ArticlePage.objects.live().count() == 6
    for article in ArticlePage.objects.all():
        page = client.get(article.url).text
        assert "Lao động Thủ đô" in page
        assert "2024" in page
