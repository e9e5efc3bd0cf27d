"""Where scans come from: sums by day, place and link."""

from dataclasses import dataclass
from math import ceil

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.clock import read_clock
from people.access import SignedInRequest, allowed
from posters.forms import DEFAULT_PERIOD, ScanFilterForm
from posters.rules import can_make_posters
from posters.scan_queries import DayScans, scans_by_day, scans_by_place

CHART_HEIGHT = 100
BAR_STEP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: int
    height: int


@require_safe
@allowed(can_make_posters)
def scans(request: SignedInRequest) -> HttpResponse:
    form = ScanFilterForm({"days": DEFAULT_PERIOD, **request.GET.dict()})
    first, last = form.period(timezone.localdate(read_clock()))
    place = form.chosen_place
    place_id = place.pk if place else None
    days = scans_by_day(first=first, last=last, place_id=place_id)
    total = sum(day.scan_count for day in days)
    context = {
        "form": form,
        "days": days,
        "first": first,
        "last": last,
        "total": total,
        "peak": max(days, key=lambda day: day.scan_count),
        "places": scans_by_place(first=first, last=last, place_id=place_id),
        "bars": bars_of(days),
        "chart_width": len(days) * BAR_STEP,
        "chart_height": CHART_HEIGHT,
        "is_scans": True,
    }
    return render(request, "posters/scans.html", context)


def bars_of(days: list[DayScans]) -> list[Bar]:
    """A bar for each day that has scans, at least one unit high; the highest fills the chart."""
    highest = max((day.scan_count for day in days), default=0) or 1
    bars = []
    for number, day in enumerate(days):
        height = ceil(day.scan_count * CHART_HEIGHT / highest)
        if height:
            bars.append(Bar(number * BAR_STEP + 1, CHART_HEIGHT - height, height))
    return bars
