"""What an account must settle before it goes on: a password of its own, a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from core.clock import read_clock
from people.rules import needs_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]

_SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
_SEEN_EVERY_SECONDS = 300


class AccountGateMiddleware:
    """Leads a signed-in person to what is still to do, and keeps the session of who is at work.

    A password that somebody else has set must be changed before anything else. Where
    settings.MFA_REQUIRED, the roles of `roles.MFA_ROLES` must set up a second factor first; only
    taking part in a round stays open to them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # a stranger has no session: asking for one would make every public page vary by cookie
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and not _is_free(request.path_info) and request.user.is_authenticated:
            if request.user.must_change_password:
                return _lead_to(request, "account_change_password")
            if settings.MFA_REQUIRED and _lacks_second_factor(request):
                return _lead_to(request, "mfa_index")
            _keep_session(request)
        return self.get_response(request)


def _is_free(path: str) -> bool:
    return path.startswith(tuple(settings.ACCOUNT_GATE_FREE_PATHS))


def _lacks_second_factor(request: HttpRequest) -> bool:
    if request.session.get("has_second_factor") or request.path_info.startswith("/play/"):
        return False
    if not needs_second_factor(request.user):
        return False
    has_one = Authenticator.objects.filter(user=request.user, type__in=_SECOND_FACTORS).exists()
    if has_one:
        request.session["has_second_factor"] = True
    return not has_one


def _keep_session(request: HttpRequest) -> None:
    """A session ends after idle hours, not after working hours: one write in five minutes.

    One that has just begun needs none: signing in wrote it."""
    now = int(read_clock().timestamp())
    began = getattr(request.user, "last_login", None)
    seen_at = request.session.get("seen_at") or (began.timestamp() if began else 0)
    if now - seen_at >= _SEEN_EVERY_SECONDS:
        request.session["seen_at"] = now


def _lead_to(request: HttpRequest, name: str) -> HttpResponse:
    address = reverse(name)
    if request.method == "GET" and not getattr(request, "htmx", False):
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
