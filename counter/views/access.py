"""What every page of the staff begins with."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from counter import rules
from counter.forms.desk import DayForm
from counter.hours import local_day
from counter.models import Office
from counter.queries import offices_served_by
from people.access import SignedInRequest, allowed

type StaffView = Callable[..., HttpResponseBase]


def for_office(view: StaffView) -> StaffView:
    """``view(request, office, …)`` of an office that the person serves; any other one is as absent
    as one that does not exist. What it shows is kept nowhere: counters share their PCs."""

    @never_cache
    @allowed(rules.can_serve_some)
    @wraps(view)
    def guarded(request: SignedInRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        office = offices_served_by(request.user).filter(code=code).first()
        if office is None:
            raise Http404
        return view(request, office, *args, **kwargs)

    return guarded


def asked_day(request: HttpRequest, at: datetime) -> date:
    """``?day=``; what cannot be read is said, and today is shown."""
    today = local_day(at)
    if "day" not in request.GET:
        return today
    form = DayForm(request.GET)
    if form.is_valid():
        day: date = form.cleaned_data["day"]
        return day
    messages.error(request, " ".join(str(error) for error in form.errors["day"]))
    return today


def private_file(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def context_of(office: Office, here: str, **more: Any) -> dict[str, Any]:
    """What templates/counter/desk_base.html reads."""
    return {"office": office, "here": here, **more}
