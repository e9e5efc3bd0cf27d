"""Setting an office up: its facts, weekly hours, bookable extra hours, closures."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.clock import read_clock
from core.errors import DomainError
from counter import offices, queries, rules
from counter.forms.desk import (
    ClosureForm,
    ExtraHoursForm,
    OfficeForm,
    RetentionForm,
    WeeklyHoursForm,
)
from counter.hours import local_day
from counter.models import CounterSettings, Office
from counter.views.access import context_of, for_office
from counter.words import day_words, weekday_label
from people.access import SignedInRequest, allowed

_READ_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_POST)
@never_cache
@allowed(rules.can_manage_offices)
def new_office(request: SignedInRequest) -> HttpResponse:
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = offices.save_office(form.save(commit=False), by=request.user, at=read_clock())
        messages.success(request, _("Đã thêm. Bây giờ hãy ghi giờ làm việc."))
        return redirect("counter:desk_hours", office.code)
    return render(request, "counter/desk_office.html", {"form": form, "here": "index"})


@require_http_methods(_READ_AND_POST)
@for_office
def edit_office(request: SignedInRequest, office: Office) -> HttpResponse:
    """Administrators only: a unit's staff keep its hours."""
    if not rules.can_manage_offices(request.user):
        messages.error(request, _("Chỉ Quản trị sửa được thông tin này."))
        return redirect("counter:desk_hours", office.code)
    name = office.name
    form = OfficeForm(request.POST or None, instance=office)
    if request.method == "POST" and form.is_valid():
        offices.save_office(form.save(commit=False), by=request.user, at=read_clock())
        messages.success(request, _("Đã lưu thông tin."))
        return redirect("counter:desk_hours", office.code)
    office.name = name  # a refused form has changed it in memory
    return render(request, "counter/desk_office.html", context_of(office, "edit", form=form))


@require_http_methods(_READ_AND_POST)
@never_cache
@allowed(rules.can_manage_offices)
def retention(request: SignedInRequest) -> HttpResponse:
    kept = CounterSettings.objects.first() or CounterSettings(pk=1)
    form = RetentionForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["retention_days"]
        offices.set_retention(days, by=request.user, at=read_clock())
        messages.success(request, _("Đã lưu thời hạn giữ dữ liệu."))
        return redirect("counter:desk")
    return render(request, "counter/desk_settings.html", {"form": form, "here": "settings"})


@require_http_methods(_READ_AND_POST)
@for_office
def edit_hours(request: SignedInRequest, office: Office) -> HttpResponse:
    at = read_clock()
    form = WeeklyHoursForm(request.POST or None, office=office)
    if request.method == "POST" and form.is_valid():
        offices.replace_weekly_hours(office, form.weekly(), by=request.user, at=at)
        messages.success(request, _("Đã lưu giờ làm việc hằng tuần."))
        return redirect("counter:desk_hours", office.code)
    return _page(request, office, at=at, weekly_form=form)


@require_POST
@for_office
def add_extra(request: SignedInRequest, office: Office) -> HttpResponse:
    at = read_clock()
    form = ExtraHoursForm(request.POST)
    if form.is_valid():
        try:
            offices.add_extra_hours(office, form.save(commit=False), by=request.user, at=at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm giờ ngoài giờ; người dân đặt lịch được ngay."))
            return redirect("counter:desk_hours", office.code)
    return _page(request, office, at=at, extra_form=form)


@require_POST
@for_office
def remove_extra(request: SignedInRequest, office: Office, pk: int) -> HttpResponse:
    try:
        offices.remove_extra_hours(office, pk, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Đã bỏ khung giờ. Lịch hẹn đã đặt vẫn còn trong danh sách ngày.")
        )
    return redirect("counter:desk_hours", office.code)


@require_POST
@for_office
def add_closure(request: SignedInRequest, office: Office) -> HttpResponse:
    at = read_clock()
    form = ClosureForm(request.POST)
    if form.is_valid():
        closure = form.save(commit=False)
        try:
            offices.add_closure(office, closure, by=request.user, at=at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_closed(request, office, closure.first_day, closure.last_day)
            return redirect("counter:desk_hours", office.code)
    return _page(request, office, at=at, closure_form=form)


def _say_closed(request: SignedInRequest, office: Office, first: Any, last: Any) -> None:
    waiting = queries.count_waiting(office, first=first, last=last)
    if waiting:
        messages.warning(
            request,
            _(
                "Đã thêm ngày nghỉ. Có %s người đã đặt lịch trong những ngày này: hãy mở danh sách "
                "ngày và gọi báo cho họ."
            )
            % waiting,
        )
    else:
        messages.success(request, _("Đã thêm ngày nghỉ."))


@require_POST
@for_office
def remove_closure(request: SignedInRequest, office: Office, pk: int) -> HttpResponse:
    try:
        offices.remove_closure(office, pk, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ ngày nghỉ."))
    return redirect("counter:desk_hours", office.code)


def _page(
    request: SignedInRequest,
    office: Office,
    *,
    at: datetime,
    weekly_form: WeeklyHoursForm | None = None,
    extra_form: ExtraHoursForm | None = None,
    closure_form: ClosureForm | None = None,
) -> HttpResponse:
    """The three parts of the page, one of them with what was wrong in it."""
    today = local_day(at)
    extra = [
        (item, day_words(item.on_date) if item.on_date else weekday_label(item.weekday or 0))
        for item in office.hours.all()
        if item.is_extra and (item.on_date is None or item.on_date >= today)
    ]
    context = context_of(
        office,
        "hours",
        today=queries.today_of(office, at),
        weekly_form=weekly_form or WeeklyHoursForm(office=office),
        extra_form=extra_form or ExtraHoursForm(),
        closure_form=closure_form or ClosureForm(),
        extra=extra,
        closures=list(office.closures.filter(last_day__gte=today)),
        can_manage=rules.can_manage_offices(request.user),
    )
    return render(request, "counter/desk_hours.html", context)
