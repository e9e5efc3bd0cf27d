"""What the pages of news show. Every query names its order and what it leaves out."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.visibility import open_to_all

if TYPE_CHECKING:
    from cms.models import ArticleIndexPage, ArticlePage, NewsSection

RELATED_SHOWN = 3


def _articles() -> Any:
    return open_to_all(apps.get_model("cms", "ArticlePage").objects.all())


def _with_pictures(articles: Any) -> Any:
    """With section, cover and the cover's renditions, in two more statements."""
    covers = get_image_model().objects.prefetch_related("renditions")
    return articles.select_related("section").prefetch_related(Prefetch("cover", queryset=covers))


def articles_below(
    index: "ArticleIndexPage", *, section: "NewsSection | None" = None, year: int | None = None
) -> "QuerySet[ArticlePage]":
    """Published articles of the index that are open to everyone, newest first."""
    found = _with_pictures(_articles().child_of(index)).order_by("-published_on", "-pk")
    if section is not None:
        found = found.filter(section=section)
    if year is not None:
        found = found.filter(published_on__year=year)
    return found


def latest_articles(language: str, limit: int = 5) -> "list[ArticlePage]":
    """Published articles in the language, open to everyone, newest first."""
    found = _with_pictures(_articles()).filter(locale__language_code=language)
    return list(found.order_by("-published_on", "-pk")[:limit])


def sections_with_articles(index: "ArticleIndexPage") -> "QuerySet[NewsSection]":
    """Sections that hold something to read, in the editors' order."""
    held = _articles().child_of(index).filter(section__isnull=False).values("section")
    sections = apps.get_model("cms", "NewsSection").objects
    return sections.filter(pk__in=held).order_by("position", "name")


def years_of(index: "ArticleIndexPage") -> list[int]:
    """Years in which the index has articles, the newest first."""
    days = _articles().child_of(index).dates("published_on", "year", order="DESC")
    return [day.year for day in days]


def related_to(article: "ArticlePage") -> list[Any]:
    """Pages named by the editor that are published; if none is named, the newest articles of the
    same section (of all, for an article without one)."""
    named = [related.target_id for related in article.related.all()]
    if named:
        pages = open_to_all(Page.objects.filter(pk__in=named)).specific()
        return sorted(pages, key=lambda page: named.index(page.pk))
    others = (
        _articles()
        .filter(locale_id=article.locale_id)
        .exclude(pk=article.pk)
        .order_by("-published_on", "-pk")
    )
    if article.section_id:
        others = others.filter(section=article.section_id)
    return list(others.select_related("section")[:RELATED_SHOWN])


def load_renditions(article: "ArticlePage") -> None:
    """Every picture of the article with its renditions: one statement, however many there are."""
    pictures = [image for image in (article.cover, article.share_image) if image]
    for block in article.body:
        pictures += _pictures(block.block_type, block.value)
    prefetch_related_objects(pictures, "renditions")


def _pictures(block_type: str, value: Any) -> list[Any]:
    if block_type == "picture":
        found = [value["image"]]
    elif block_type == "gallery":
        found = [picture["image"] for picture in value["pictures"]]
    elif block_type == "video":
        found = [value["poster"]]
    else:
        found = []
    return [image for image in found if image]
