"""What others show of a page: the address, a title, a sentence and a picture."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from wagtail.images.models import SourceImageIOError

from cms.cards import DESIGN, HEIGHT, WIDTH, Card, draw_card
from cms.frame import read_frame
from core.addresses import absolute
from outreach.zalo.sharing import share_link

if TYPE_CHECKING:
    from wagtail.images.models import AbstractImage

    from cms.models.base import PublicPage

_VERSION_LENGTH = 12
_FOLDER = "cards"


def sharing(page: "PublicPage", request: HttpRequest) -> dict[str, Any]:
    """url, title, description, image (absolute), image_width, image_height, zalo_url, mail_url."""
    url = public_url(page, request)
    description = page.share_description()
    return {
        "url": url,
        "title": page.title,
        "description": description,
        "image": page.get_share_image_url(request),
        "image_width": WIDTH,
        "image_height": HEIGHT,
        "zalo_url": share_link(url),
        "mail_query": {"subject": page.title, "body": f"{description}\n\n{url}"},
    }


def public_url(page: "PublicPage", request: HttpRequest) -> str:
    """The page's one address for the world; "" for a new page in preview, which has none yet."""
    path = page.get_url(request) if page.pk else None
    return absolute(path) if path else ""


def picture_url(image: "AbstractImage") -> str:
    """Empty when the original is lost (a restored database without its files)."""
    try:
        return absolute(image.get_rendition(f"fill-{WIDTH}x{HEIGHT}|format-jpeg").url)
    except SourceImageIOError:
        return ""


def card_url(page: "PublicPage", request: HttpRequest) -> str:
    """The address of the drawn card; a page that is not saved yet has the site's own picture."""
    if not page.pk:
        return absolute(static("img/og.png"))
    return absolute(reverse("cms:card", args=[page.pk, card_version(card_of(page, request))]))


def card_of(page: "PublicPage", request: HttpRequest) -> Card:
    frame = read_frame(request, page.language)
    with translation.override(page.language):  # one card, whoever asks
        kind = str(page.kind_label)
    return Card(kind, page.title, frame.get("name", ""), frame.get("owner", ""))


def card_version(card: Card) -> str:
    """Another one whenever the picture would be another: others keep pictures by address."""
    told = "\n".join([str(DESIGN), card.kind, card.title, card.site_name, card.owner])
    return hashlib.sha256(told.encode()).hexdigest()[:_VERSION_LENGTH]


def keep_card(owner: str, card: Card) -> bytes:
    """The card as PNG, drawn once and kept on the disk; older versions of its owner's card go."""
    storage = storages["private"]
    folder, name = f"{_FOLDER}/{owner}", f"{card_version(card)}.png"
    path = f"{folder}/{name}"
    try:
        with storage.open(path) as file:
            kept: bytes = file.read()
        return kept
    except FileNotFoundError:  # not asked before: another may delete it in between
        pass
    drawn = draw_card(card)
    if storage.exists(folder):
        for old in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{old}")
    storage.save(path, ContentFile(drawn))
    return drawn
