"""Middleware that serves every app."""

import re
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import get_resolver
from django.utils import translation
from django.utils.module_loading import import_string
from django_structlog.middlewares import RequestMiddleware

from core.errors import NotAllowed
from core.languages import chosen_language, language_of_path

GetResponse = Callable[[HttpRequest], HttpResponse]


class ShortPathMiddleware:
    """Answers ``settings.SHORT_PATHS`` and ``SHORT_POSTS`` before any other middleware runs.

    Saving an answer is the request that comes by the thousand. Session, user, locale and message
    middleware are over half of its cost and it needs none of them: a signed attempt token says who
    asks (quizzes.answering). Such a view checks everything itself and returns JSON only.

    A view of SHORT_POSTS answers a form of a page, by a redirect, or returns None: the request then
    goes the long way to the view that its address has in the URLs.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.views: dict[str, GetResponse] = {
            path: import_string(name) for path, name in settings.SHORT_PATHS.items()
        }
        self.posts: list[tuple[re.Pattern[str], Callable[..., HttpResponse | None]]] = [
            (re.compile(path), import_string(name)) for path, name in settings.SHORT_POSTS.items()
        ]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = self.views.get(request.path_info)
        if view is None:
            return self.short_post(request) or self.get_response(request)
        # A thread keeps the language of the request before.
        translation.activate(chosen_language(request))
        # A dead connection fails the save once, is dropped at the end of the request, and the page
        # sends again.
        _skip_health_check()
        return view(request)

    def short_post(self, request: HttpRequest) -> HttpResponse | None:
        if request.method != "POST":
            return None
        for path, view in self.posts:
            if found := path.fullmatch(request.path_info):
                _skip_health_check()
                return view(request, **found.groupdict())
        return None


def _skip_health_check() -> None:
    """Asking whether the connection lives would double the statements of a save."""
    for connection in connections.all(initialized_only=True):
        connection.health_check_done = True  # type: ignore[attr-defined]


class PermissionsPolicyMiddleware:
    """Denies the browser features that the product does not use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if request.path_info.startswith("/admin/"):
            # What django.views.decorators.csp.csp_override sets, for the views of a whole package.
            response._csp_config = settings.BACK_OFFICE_CSP  # type: ignore[attr-defined]
        return response


class StaticGZipMiddleware(GZipMiddleware):
    """Style sheets, modules and icons compressed on the way, where no build step has done it: the
    embedded default serves them straight from the source. Nothing else: what a page holds beside a
    reader's own words must not be compressed with them (BREACH)."""

    kinds = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_static = request.path_info.startswith(settings.STATIC_URL)
        if not is_static or not response.headers.get("Content-Type", "").startswith(self.kinds):
            return response
        return super().process_response(request, response)


class NotAllowedMiddleware:
    """A NotAllowed that the view lets pass is answered as if nothing were there.

    Views ask their predicate first, so this is the right that was taken away in between: a bank
    sealed while its page was being put together.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotAllowed):
            return None
        not_found = get_resolver().resolve_error_handler(404)
        return not_found(request, exception=Http404())  # type: ignore[call-arg]


class RequestLogMiddleware(RequestMiddleware):
    """One line a request: id, method, path, status, the user's key. Never a name, a search text or
    a secret: the query string is left out, and under /accounts/ and /drafts/ so is what the path
    carries.

    A user is named only when the page itself has loaded one: the log costs no statement.
    """

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        bound = structlog.contextvars.get_contextvars()
        response.headers.setdefault("X-Request-ID", bound.get("request_id", ""))
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        path = request.path
        if path.startswith(("/accounts/", "/drafts/")) and request.resolver_match:
            path = f"/{request.resolver_match.route}"
        return f"{request.method} {path}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        user = getattr(request, "_cached_user", None)
        if user is not None and user.pk is not None:
            structlog.contextvars.bind_contextvars(user_id=user.pk)


class ChosenLanguageMiddleware(LocaleMiddleware):
    """The language of the address or the one a person chose (cookie), else Vietnamese.

    Browsers on office PCs are often installed in English; that is no wish to read an office's
    pages in English, so Accept-Language is not asked.
    """

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()


class RememberLanguageMiddleware:
    """Who reads a page under "/en/" goes on in English where addresses have no prefix: the search,
    the contests, the counter. Stands before the kept pages, which set no cookie themselves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        language = language_of_path(request.path_info)
        if (
            response.status_code in {200, 304}
            and language != settings.LANGUAGE_CODE
            and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language
        ):
            remember_language(response, language)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
