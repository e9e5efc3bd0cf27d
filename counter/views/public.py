"""What everyone may see: the offices with today's state, and one office with its hours."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from core.clock import read_clock
from core.vietnamese import nfc
from counter import queries, rules
from counter.hours import format_intervals, local_day
from counter.models import Office, OpeningHours
from counter.words import weekday_label

# Today's state is told to the minute.
CACHE_SECONDS = 30
PER_PAGE = 30
QUERY_CHARS = 80


@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    at = read_clock()
    words = nfc(request.GET.get("q", "")[:QUERY_CHARS])
    offices = queries.matching(queries.offices_with_hours(from_day=local_day(at)), words)
    page = Paginator(offices, PER_PAGE).get_page(request.GET.get("page"))
    listed = [queries.today_of(office, at) for office in page]
    context: dict[str, object] = {
        "page": page,
        "words": words,
        "offices": queries.in_order_of_state(listed),
    }
    return _public(request, "counter/office_list.html", context)


@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    at = read_clock()
    found = find_office(code, at=at)
    hours = list(found.hours.all())
    context = {
        "office": found,
        "today": queries.today_of(found, at),
        "weekday_today": local_day(at).weekday(),
        "week": [(day, weekday_label(day), _hours_of(hours, day)) for day in range(7)],
        "extra": [item for item in hours if item.is_extra],
        "closures": list(found.closures.all()),
        "days": queries.bookable_days(found, at),
        "can_serve": request.user.is_authenticated and rules.can_serve(request.user, found),
    }
    return _public(request, "counter/office.html", context)


def find_office(code: str, *, at: datetime) -> Office:
    """An office of the site with what its facts need. Raises Http404."""
    found = queries.offices_with_hours(from_day=local_day(at)).filter(code=code.lower()).first()
    if found is None:
        raise Http404
    return found


def _hours_of(hours: list[OpeningHours], weekday: int) -> list[str]:
    return [
        format_intervals([(item.starts, item.ends)])
        for item in hours
        if item.weekday == weekday and not item.is_extra
    ]


def _public(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """A visitor's page may be kept for a moment by the visitor's own browser."""
    response = render(request, template, context)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, private=True, max_age=CACHE_SECONDS)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
