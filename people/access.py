"""Views for some people only: others get 403, strangers the sign-in page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from people.models import User


class SignedInRequest(HttpRequest):
    """What a view behind `allowed` or `login_required` gets, for the type checker."""

    user: User
    htmx: HtmxDetails


type View = Callable[..., HttpResponseBase]


def allowed(predicate: Callable[[Any], bool]) -> Callable[[View], View]:
    """Let in whoever `predicate(user)` says; `people.rules` has the predicates."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not predicate(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def signed_in(request: HttpRequest) -> User:
    """The person of a view behind `allowed` or `login_required`."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
