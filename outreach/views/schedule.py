"""The timetable of a unit's loudspeakers, a week at a time."""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from outreach import rules, timetable
from outreach.forms import SlotForm
from outreach.models import Slot
from outreach.scheduling import end_slot, plan_airings, planned_airings
from outreach.scripting import reading_settings
from outreach.views.fetching import (
    chosen_day,
    chosen_unit,
    is_key,
    open_units,
    own_or_first,
    readable_scripts,
)
from people.access import SignedInRequest, allowed


@require_safe
@allowed(rules.can_read_scripts)
@never_cache
def schedule(request: SignedInRequest) -> HttpResponse:
    units = open_units(request.user)
    unit = chosen_unit(request, units) or own_or_first(request.user, units)
    today = timezone.localdate()
    first, last = timetable.week_of(chosen_day(request, today=today))
    airings = planned_airings(unit, first=first, last=last) if unit else []
    by_day = {
        day: list(found) for day, found in groupby(airings, key=lambda airing: airing.begins.date())
    }
    days = [first + timedelta(days=step) for step in range(timetable.WEEKDAY_COUNT)]
    return render(
        request,
        "outreach/schedule.html",
        {
            "unit": unit,
            "units": units,
            "days": [(day, by_day.get(day, [])) for day in days],
            "today": today,
            "first": first,
            "last": last,
            "before": first - timedelta(days=7),
            "after": first + timedelta(days=7),
            "clash_count": sum(airing.clashes for airing in airings),
            "airing_count": len(airings),
            "can_plan": unit is not None and rules.can_plan_for(request.user, unit),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_plan)
@never_cache
def new_slot(request: SignedInRequest) -> HttpResponse:
    units = open_units(request.user)
    today = timezone.localdate()
    initial = {"starts_on": today, "ends_on": today, "minutes": 5, "times": "05:30; 17:00"}
    if unit := chosen_unit(request, units) or own_or_first(request.user, units):
        initial["unit"] = unit.pk
    key = request.GET.get("script", "")
    script = readable_scripts(request.user).filter(pk=int(key)).first() if is_key(key) else None
    if script is not None:
        initial["script"] = script.pk
        current = script.versions.get(number=script.version_number)
        seconds = current.seconds_at(reading_settings().words_per_minute)
        initial["minutes"] = max(1, -(-seconds // 60))
    form = SlotForm(
        request.POST or None, units=units, scripts=readable_scripts(request.user), initial=initial
    )
    if form.is_valid():
        try:
            planned = plan_airings(**form.cleaned_data, by=request.user, at=read_clock())
        except DomainError as refusal:
            form.add_error("minutes", str(refusal))
        else:
            if planned:
                messages.success(request, _("Đã thêm vào lịch phát."))
            else:
                messages.info(request, _("Lịch phát này đã có sẵn nên không thêm nữa."))
            day = form.cleaned_data["starts_on"].isoformat()
            return _to_week(form.cleaned_data["unit"].pk, day)
    return render(
        request,
        "outreach/slot_form.html",
        {"form": form},
        status=422 if request.method == "POST" else 200,
    )


@require_POST
@allowed(rules.can_plan)
@never_cache
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    slot = get_object_or_404(Slot.objects.select_related("unit", "script"), pk=pk)
    if not rules.can_plan_for(request.user, slot.unit):
        raise Http404
    today = timezone.localdate()
    end_slot(slot, today=today, by=request.user, at=read_clock())
    messages.success(request, _("Đã bỏ bài khỏi lịch phát từ hôm nay."))
    return _to_week(slot.unit_id, max(slot.starts_on, today).isoformat())


def _to_week(unit_id: int, day: str) -> HttpResponse:
    return redirect(f"{reverse('outreach:schedule')}?unit={unit_id}&day={day}")
