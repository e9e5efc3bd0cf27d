"""RSS and Atom of the law: the instruments that came or changed last."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms import feeds
from core.addresses import absolute
from legal.queries import published

if TYPE_CHECKING:
    from cms.models import RegulationIndexPage

FEED_LENGTH = 30


def answer(
    index: "RegulationIndexPage", request: HttpRequest, *, kind: str, at: datetime
) -> HttpResponse:
    """The feed as a response, each instrument with its standing in the title. ``kind``: "rss" or
    "atom"."""
    library = index.get_url(request) or "/"
    feed = feeds.begin(
        request,
        kind=kind,
        language=index.language,
        name=index.title,
        link=library,
        description=index.intro,
    )
    day = timezone.localdate(at)
    for instrument in published(day).order_by("-updated_at", "-pk")[:FEED_LENGTH]:
        address = absolute(f"{library}{instrument.slug}/")
        feed.add_item(
            title=f"{instrument.number} · {instrument.standing_label}",
            link=address,
            description=instrument.title,
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=instrument.updated_at,
            updateddate=instrument.updated_at,
            author_name=instrument.issuer,
        )
    return feeds.finish(feed)
