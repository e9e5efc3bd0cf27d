"""Two languages meet in a page: the one it is written in, and the one its reader chose.

The address says the first ("/en/…"; no prefix: the default language), the cookie the second. Where
the address has a prefix it says both.
"""

from django.conf import settings
from django.http import HttpRequest
from django.urls import LocalePrefixPattern, URLPattern, URLResolver
from django.utils.translation import get_language


def language_of_path(path: str) -> str:
    """The language whose prefix the address has ("/en/articles/": "en"), else the default."""
    first = path.lstrip("/").partition("/")[0]
    known = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return first if first in known and path.startswith(f"/{first}/") else settings.LANGUAGE_CODE


def chosen_language(request: HttpRequest) -> str:
    """The language of the interface: the prefix of the address, the cookie, the default."""
    written = language_of_path(request.path_info)
    if written != settings.LANGUAGE_CODE:
        return written
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = {code for code, _name in settings.LANGUAGES}
    return asked if asked in known else settings.LANGUAGE_CODE


def in_language(name: str, name_in_english: str) -> str:
    """The name of a thing with two, in the language spoken at the moment; one that nobody has
    translated is said in Vietnamese."""
    return (get_language() == "en" and name_in_english) or name


class _PagePrefix(LocalePrefixPattern):
    """Django's own lets an address through only when the interface is in its language; here a
    Vietnamese page is read within an English interface too."""

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, object]]:
        language = language_of_path(f"/{path}")
        prefix = "" if language == settings.LANGUAGE_CODE else f"{language}/"
        return path.removeprefix(prefix), (), {}


def pages_in_languages(*patterns: URLPattern) -> URLResolver:
    """URL patterns under the prefix of a page's language."""
    return URLResolver(_PagePrefix(prefix_default_language=False), list(patterns))
