"""Putting the demo articles into the page tree."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cms.demo.articles import ARTICLES, DISTRICTS_ENDED_ON, SOURCE
from cms.models import ArticleIndexPage, ArticlePage
from cms.models.articles import ArticleKind


def load_articles(parent: ArticleIndexPage, *, at: datetime, owner: Any = None) -> int:
    """Publish the six articles below ``parent``; those that are there (by slug) stay as they are.

    Returns how many were made.
    """
    there = set(parent.get_children().values_list("slug", flat=True))
    missing = [article for article in ARTICLES if article.slug not in there]
    for article in missing:
        page = ArticlePage(
            title=article.title,
            slug=article.slug,
            kind=ArticleKind.MODEL,
            published_on=timezone.localdate(at) - timedelta(days=article.days_old),
            summary=article.summary,
            model_unit=article.unit,
            model_year=article.year,
            unit_ended_on=DISTRICTS_ENDED_ON,
            source_name=SOURCE,
            owner=owner,
            live=False,
        )
        page.body = ArticlePage.body.field.to_python(
            [{"type": name, "value": value} for name, value in article.body]
        )
        parent.add_child(instance=page)
        page.save_revision(user=owner).publish(user=owner)
    return len(missing)
