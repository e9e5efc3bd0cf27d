"""What the frame of every page says: whose site it is, and the way around it."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from wagtail.models import Site

from cms.models.settings import SiteInfo

CACHE_KEY = "cms.site_info"
CACHE_SECONDS = 300


def site_info(request: HttpRequest) -> dict[str, Any]:
    """``site_info`` (name, owner, address, phone, email, navigation, footer_links), read only when
    a template asks for it and kept for five minutes; publishing a page or saving the settings
    forgets it (cms.signals)."""
    return {"site_info": SimpleLazyObject(lambda: _read(request))}


def _read(request: HttpRequest) -> dict[str, Any]:
    kept = cache.get(CACHE_KEY)
    if kept is None:
        kept = _collect(request)
        cache.set(CACHE_KEY, kept, CACHE_SECONDS)
    own = [{"url": reverse("quizzes:contests"), "label": gettext("Cuộc thi")}]
    found: dict[str, Any] = {
        **kept,
        "navigation": [*own, *kept["pages"]],
        "footer_links": [*own, *kept["pages"]],
    }
    return found


def _collect(request: HttpRequest) -> dict[str, Any]:
    site = Site.find_for_request(request)
    if site is None:
        return {"pages": []}
    info = SiteInfo.for_site(site)
    pages = site.root_page.get_children().live().public().in_menu()
    return {
        "name": info.name,
        "owner": info.owner,
        "address": info.address,
        "phone": info.phone,
        "email": info.email,
        "pages": [{"url": page.get_url(request, site), "label": page.title} for page in pages],
    }
