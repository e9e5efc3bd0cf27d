"""Starting and handing in without session and user, for the minute in which everybody does.

``core.middleware.ShortPathMiddleware`` asks these first. None means: take the long way, to the view
of the same address in ``play_pages``, which decides anew and says why not.
"""

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.clock import read_clock
from quizzes import attempts, starting
from quizzes.forms.play import HandInForm
from quizzes.models import Attempt
from quizzes.tokens import read_start_token, read_token


def start(request: HttpRequest, round_id: str) -> HttpResponse | None:
    user_id = read_start_token(
        request.POST.get("token"),
        round_id=int(round_id),
        session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
        max_age_seconds=settings.SESSION_COOKIE_AGE,
    )
    if user_id is None:
        return None
    try:
        attempt_id = starting.start_first_attempt(user_id, int(round_id), at=read_clock())
    except (OperationalError, InterfaceError):
        _drop_connection()
        return None
    return None if attempt_id is None else _to("quizzes:questions", attempt_id)


def hand_in(request: HttpRequest, attempt_id: str) -> HttpResponse | None:
    if read_token(request.POST.get("token")) != int(attempt_id):
        return None
    form = HandInForm(request.POST, has_prediction="prediction" in request.POST)
    if not form.is_valid():
        return None
    attempt = Attempt(pk=int(attempt_id))
    prediction = form.cleaned_data.get("prediction")
    try:
        attempts.hand_in(attempt, prediction=prediction, at=read_clock())
    except Attempt.DoesNotExist:
        return None
    except (OperationalError, InterfaceError):
        _drop_connection()
        return None
    return _to("quizzes:result", int(attempt_id))


def _drop_connection() -> None:
    """The database was started anew, or ended the connection: the long way opens another."""
    connection.close()


def _to(name: str, attempt_id: int) -> HttpResponse:
    address = reverse(name, args=[attempt_id])
    return HttpResponseRedirect(address, headers={"Cache-Control": "private, no-store"})
