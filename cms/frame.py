"""Whose site it is, and the way around it: read once and kept for five minutes.

Publishing a page or saving the settings forgets it (cms.signals).
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.visibility import open_to_all
from counter.models import Office

_CACHE_KEY = "cms.site_info"
CACHE_SECONDS = 300


def cache_key(language: str) -> str:
    return f"{_CACHE_KEY}.{language}"


def cache_keys() -> list[str]:
    return [cache_key(code) for code, _name in settings.LANGUAGES]


def read_frame(request: HttpRequest, language: str | None = None) -> dict[str, Any]:
    """As one language has it, which is the one spoken at the moment unless given.

    ``home``: path of the front page; ``root``: its key, None where this language has none; name,
    owner, address, phone, email; ``has_offices``: whether a one-stop office is on the site;
    ``pages``: the pages in menus as {url, label}; ``children``: slug of each page below the front
    page → label of its type; ``places``: label of a type → {url, label} of the first published
    page of it below the front page."""
    language = language or get_language() or settings.LANGUAGE_CODE
    kept: dict[str, Any] | None = cache.get(cache_key(language))
    if kept is None:
        kept = _collect(request, language)
        cache.set(cache_key(language), kept, CACHE_SECONDS)
    return kept


def _collect(request: HttpRequest, language: str) -> dict[str, Any]:
    from cms.models.settings import SiteInfo

    site = Site.find_for_request(request)
    if site is None:
        return {"home": "/", "root": None, "pages": [], "children": {}, "places": {}}
    info = SiteInfo.for_site(site)
    root = _root(site, language)
    children = list(root.get_children().order_by("path"))
    shown = list(open_to_all(root.get_children()).order_by("path"))
    places: dict[str, dict[str, str]] = {}
    for page in shown:
        places.setdefault(_type_of(page), _link(page, request, site))
    return {
        "home": root.get_url(request, site) or "/",
        "root": root.pk if root.locale.language_code == language else None,
        **info.in_language(language),
        "phone": info.phone,
        "email": info.email,
        "has_offices": Office.objects.filter(is_active=True).exists(),
        "pages": [_link(page, request, site) for page in shown if page.show_in_menus],
        "children": {page.slug: _type_of(page) for page in children},
        "places": places,
    }


def _root(site: Site, language: str) -> Page:
    """The front page of the language; the site's own while that is not published."""
    translations = site.root_page.get_translations().filter(locale__language_code=language)
    found: Page | None = open_to_all(translations).first()
    return found or site.root_page


def _type_of(page: Page) -> str:
    """ "cms.articleindexpage"; content types are kept in memory by Django."""
    found = ContentType.objects.get_for_id(page.content_type_id)
    return f"{found.app_label}.{found.model}"


def _link(page: Page, request: HttpRequest, site: Site) -> dict[str, str]:
    return {"url": page.get_url(request, site) or "/", "label": page.title}
