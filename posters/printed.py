"""A stored poster as the facts that are drawn."""

from django.conf import settings
from django.urls import reverse

from posters.composing import PosterFacts, SheetItem
from posters.models import Poster, ShortLink


def facts_of(poster: Poster) -> PosterFacts:
    """Three statements at most: reads the place, the items and their links."""
    items = poster.items.select_related("link").order_by("position")
    return PosterFacts(
        size=poster.size,
        title=poster.title,
        place_name=poster.place.name,
        agency=poster.agency,
        made_on=poster.made_on,
        contact=poster.contact,
        items=tuple(
            SheetItem(item.title, item.detail, short_address(item.link) if item.link else "")
            for item in items
        ),
        list_url=short_address(poster.list_link) if poster.list_link else "",
    )


def short_address(link: ShortLink) -> str:
    """Absolute, without a closing slash: each sign makes the code denser."""
    return f"{settings.PUBLIC_URL}{reverse('posters:follow', args=[link.code])}"
