"""RSS and Atom: what every feed of the site has, and the news, whole or of one section."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from cms import news_queries
from cms.frame import read_frame
from core.addresses import absolute

if TYPE_CHECKING:
    from cms.models import ArticleIndexPage, ArticlePage, NewsSection

ARTICLES_IN_FEED = 30
KINDS: dict[str, type[Rss201rev2Feed | Atom1Feed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


def answer(
    index: "ArticleIndexPage",
    request: HttpRequest,
    *,
    kind: str,
    section: "NewsSection | None" = None,
) -> HttpResponse:
    """The feed as a response. ``kind``: "rss" or "atom"."""
    home = index.get_url(request)
    feed = begin(
        request,
        kind=kind,
        language=index.language,
        name=section.label if section else index.title,
        link=f"{home}sections/{section.slug}/" if section else home or "/",
        description=section.description if section else index.intro,
    )
    found = news_queries.articles_below(index, section=section).prefetch_related(
        "authorships__author"
    )
    for article in found[:ARTICLES_IN_FEED]:
        _add(feed, article, request)
    return finish(feed)


def begin(
    request: HttpRequest, *, kind: str, language: str, name: str, link: str, description: str
) -> Rss201rev2Feed | Atom1Feed:
    """An empty feed of this site at the address that was asked for. ``link``: path of the page that
    it follows."""
    frame = read_frame(request, language)
    return KINDS[kind](
        title=" · ".join(filter(None, [name, frame.get("name"), frame.get("owner")])),
        link=absolute(link),
        description=description or name,
        language=language,
        feed_url=absolute(request.path),
        feed_guid=absolute(request.path),
    )


def finish(feed: Rss201rev2Feed | Atom1Feed) -> HttpResponse:
    # A browser shows it as text instead of offering a file; readers look inside.
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _add(feed: SyndicationFeed, article: "ArticlePage", request: HttpRequest) -> None:
    address = absolute(article.get_url(request) or "/")
    picture = article.get_share_image_url(request) if article.cover else ""
    picture_type = "image/png" if picture.endswith(".png") else "image/jpeg"
    feed.add_item(
        title=article.title,
        link=address,
        description=article.summary,
        unique_id=address,
        unique_id_is_permalink=True,
        pubdate=_moment(article),
        updateddate=article.last_published_at,
        author_name=", ".join(entry.author.name for entry in article.authorships.all()) or None,
        categories=[article.section.label] if article.section else [],
        enclosures=[Enclosure(picture, "0", picture_type)] if picture else [],
    )


def _moment(article: "ArticlePage") -> datetime:
    """The day is the editor's; the time of day is that of the first publication, if it fits."""
    first = article.first_published_at
    if first and timezone.localdate(first) == article.published_on:
        return first
    return timezone.make_aware(datetime.combine(article.published_on, time(8)))
