"""Middleware that serves every app."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

GetResponse = Callable[[HttpRequest], HttpResponse]


class ShortPathMiddleware:
    """Answers the paths of ``settings.SHORT_PATHS`` before any other middleware runs.

    Saving an answer is the request that comes by the thousand. Session, user, locale and message
    middleware are over half of its cost and it needs none of them: a signed attempt token says who
    asks (quizzes.answering). Such a view checks everything itself and returns JSON only.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.views: dict[str, GetResponse] = {
            path: import_string(name) for path, name in settings.SHORT_PATHS.items()
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = self.views.get(request.path_info)
        return view(request) if view else self.get_response(request)


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
