"""What the frame of every page says: whose site it is, and the way around it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from cms.frame import read_frame


def site_info(request: HttpRequest) -> dict[str, Any]:
    """``site_info`` (name, owner, address, phone, email, navigation, footer_links), read only when
    a template asks for it."""
    return {"site_info": SimpleLazyObject(lambda: _read(request))}


def _read(request: HttpRequest) -> dict[str, Any]:
    """In the language of the reader, within which a page may speak another."""
    language = getattr(request, "LANGUAGE_CODE", None) or get_language()
    frame = read_frame(request, language)
    contests = frame.get("places", {}).get("cms.contestindexpage", {}).get("url")
    with override(language):
        own = [{"url": contests or reverse("quizzes:contests"), "label": gettext("Cuộc thi")}]
        if frame.get("has_offices"):
            own.append({"url": reverse("counter:offices"), "label": gettext("Bộ phận Một cửa")})
    # An editor may have put the list of contests into the menus too.
    known = {way["url"] for way in own}
    ways = [*own, *(page for page in frame["pages"] if page["url"] not in known)]
    return {
        **frame,
        "navigation": ways,
        "footer_links": ways,
    }
