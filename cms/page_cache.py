"""Public pages for people who are not signed in, kept for a minute and dropped when anything shown
changes.

What is kept is the finished answer, so a page costs no statement at all. It is correct because

- only answers of public pages to requests without any cookie but the language's are kept, without
  a query string, and never one that sets a cookie: nothing personal can be in them;
- every change of what pages show (cms.signals) begins a new generation, and keys carry it;
- what changes by the clock alone (a round opens, an office closes) says when: the answer is kept
  no longer than that (PublicPage.changes_next_at);
- a change that no signal tells of (a bulk update, another process without Redis) is shown after
  PAGE_CACHE_SECONDS at the latest.

Browsers keep the page too but ask each time whether it still holds (ETag, 304).
"""

import gzip
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from core.clock import read_clock
from core.middleware import chosen_language

_GENERATION = "generation"
_MAX_PATH_LENGTH = 300
# What another request, or another layer, decides about for itself.
_OWN_HEADERS = frozenset({"content-length", "x-request-id", "set-cookie", "cache-control"})


@dataclass(frozen=True, slots=True)
class Kept:
    body: bytes  # gzipped
    etag: str
    headers: tuple[tuple[str, str], ...]


def begin_generation() -> None:
    """Forget every kept page: now, and again when the change is committed, because a page drawn in
    between was drawn from what was there before."""
    _renew()
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(_renew)


def _renew() -> None:
    caches["pages"].set(_GENERATION, secrets.token_hex(8), None)


def _generation() -> str:
    found: str | None = caches["pages"].get(_GENERATION)
    if found is None:
        _renew()
        found = caches["pages"].get(_GENERATION) or ""
    return found


def slot(name: str) -> str:
    """Where something is remembered as long as a page would be. Ask for it before you find out what
    to remember: a change in between makes it a slot that nobody reads any more."""
    return f"{_generation()}:{hashlib.sha256(name.encode()).hexdigest()}"


def hold(place: str) -> None:
    if settings.PAGE_CACHE_SECONDS:
        caches["pages"].set(place, True, settings.PAGE_CACHE_SECONDS)


def holds(place: str) -> bool:
    return bool(settings.PAGE_CACHE_SECONDS and caches["pages"].get(place))


def seconds_to_keep(response: Any, at: datetime) -> int:
    """Until the page changes by the clock, and PAGE_CACHE_SECONDS at most; 0: not at all."""
    most: int = settings.PAGE_CACHE_SECONDS
    changes_at = response.public_page.changes_next_at(at)
    if changes_at is None:
        return most
    return max(0, min(most, int((changes_at - at).total_seconds())))


class PageCacheMiddleware:
    """Stands before sessions, users and cookies: a kept page needs none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE_SECONDS or not _is_anonymous_reading(request):
            return _named_private(self.get_response(request))
        key = _key(request)
        kept: Kept | None = caches["pages"].get(key)
        if kept is None:
            at = read_clock()  # before it is drawn: midnight may pass meanwhile
            response = self.get_response(request)
            if not _may_be_kept(request, response):
                return _named_private(response)
            kept = _pack(response)
            if seconds := seconds_to_keep(response, at):
                caches["pages"].set(key, kept, seconds)
        return _answer(request, kept)


def _is_anonymous_reading(request: HttpRequest) -> bool:
    return (
        # A preview has the address of the page itself, and another text.
        not getattr(request, "is_dummy", False)
        and request.method in {"GET", "HEAD"}
        and not request.META.get("QUERY_STRING")
        and len(request.path_info) <= _MAX_PATH_LENGTH
        and not set(request.COOKIES) - {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    )


def _key(request: HttpRequest) -> str:
    told = "\n".join([request.get_host(), chosen_language(request), request.path_info])
    return slot(told)


def _may_be_kept(request: HttpRequest, response: Any) -> bool:
    return (
        response.status_code == 200
        and hasattr(response, "public_page")
        and request.method == "GET"
        and not response.streaming
        and not response.cookies
        # A page with a form of its own carries this reader's token.
        and "CSRF_COOKIE" not in request.META
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    )


def _pack(response: HttpResponse) -> Kept:
    headers = [
        (name, value) for name, value in response.items() if name.lower() not in _OWN_HEADERS
    ]
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return Kept(gzip.compress(response.content, 6), etag, tuple(headers))


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    response = HttpResponse(headers=dict(kept.headers))
    # No secret of a reader is in the page, so its length after compression tells nothing.
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = kept.body
        response["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(kept.body)
    response["Content-Length"] = str(len(response.content))
    response["ETag"] = kept.etag
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    answer: HttpResponse = get_conditional_response(request, etag=kept.etag, response=response)  # type: ignore[assignment]
    return answer


def _named_private(response: Any) -> HttpResponse:
    """The answer for one reader: no cache on the way may show it to another."""
    if hasattr(response, "public_page") and not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    answer: HttpResponse = response
    return answer
