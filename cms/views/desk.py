"""Reports of the editors' desk, in the back office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.editors import calendar, links, rules
from core.clock import read_clock


@require_safe
def show_calendar(request: HttpRequest) -> HttpResponse:
    if not rules.can_see_reports(request.user):
        raise PermissionDenied
    today = timezone.localdate(read_clock())
    first = calendar.read_month(request.GET.get("month", ""), today=today)
    before, after = calendar.neighbours(first)
    context: dict[str, Any] = {
        "first": first,
        "before": before,
        "after": after,
        "today": today,
        "days": calendar.month_of(first),
    }
    return render(request, "cms/editors/calendar.html", context)


@require_safe
def show_links(request: HttpRequest) -> HttpResponse:
    if not rules.can_see_reports(request.user):
        raise PermissionDenied
    return render(request, "cms/editors/links.html", {"report": links.report_links()})
