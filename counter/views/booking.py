"""Booking a slot, finding a booking again, cancelling it. Names, numbers and codes travel in the
bodies of forms only, never in an address."""

from datetime import datetime

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.clock import read_clock
from core.errors import DomainError
from counter import limiting
from counter.booking import book_slot, cancel_booking, find_booking, shown
from counter.calendar_file import calendar_file
from counter.enums import BookingState
from counter.errors import BookingNotFound, CannotCancel, SlotGone
from counter.forms.public import BookingForm, LookupForm
from counter.hours import VIETNAM
from counter.models import Booking
from counter.queries import bookable_days, bookable_slot, retention_days
from counter.views.access import private_file
from counter.views.public import find_office

_CANCEL_SALT = "counter.cancel"
_CANCEL_SECONDS = 15 * 60
_CALENDAR_SALT = "counter.calendar"
_CALENDAR_SECONDS = 60 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Without a slot: which ones there are. With one: the form. After it: the code, once."""
    at = read_clock()
    office = find_office(code, at=at)
    context: dict[str, object] = {"office": office}
    starts_at = _moment(request.GET.get("slot", ""))
    slot = bookable_slot(office, starts_at, at) if starts_at else None
    if slot is None:
        if "slot" in request.GET:
            messages.error(request, str(SlotGone()))
        days = bookable_days(office, at)
        context["days"] = days
        context["first_free"] = next((day.day for day in days if day.free_count), None)
        return render(request, "counter/choose_slot.html", context)
    form = BookingForm(request.POST or None, at=at, retention_days=retention_days())
    context |= {"slot": slot, "form": form}
    if request.method != "POST":
        return render(request, "counter/book.html", context)
    guard = limiting.address_guard(limiting.BOOKING, request, at=at)
    try:
        limiting.refuse_if_blocked(guard, at=at)
        if form.is_valid():
            number = limiting.number_guard(form.cleaned_data["phone"], at=at)
            limiting.count(guard, at=at)
            limiting.refuse_number_if_blocked(number, office_phone=office.phone, at=at)
            limiting.count(number, at=at)
            booked = book_slot(
                office,
                starts_at=slot.starts_at,
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
                form_key=form.form_key,
                at=at,
            )
            context |= {
                "booking": booked.booking,
                "code": shown(booked.code),
                "calendar_token": _calendar_token(booked.booking),
            }
            return render(request, "counter/booked.html", context)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return render(request, "counter/book.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """By number and code together."""
    form = LookupForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        at = read_clock()
        phone = form.cleaned_data["phone"]
        guards = [
            limiting.address_guard(limiting.LOOKUP, request, at=at),
            limiting.phone_guard(phone, at=at),
        ]
        try:
            limiting.refuse_if_blocked(*guards, at=at)
            booking = find_booking(phone, form.cleaned_data["code"])
        except BookingNotFound as refusal:
            limiting.count(*guards, at=at)
            form.add_error(None, str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {
                "booking": booking,
                "may_cancel": booking.state == "booked" and booking.slot.starts_at > at,
                "token": signing.dumps(booking.pk, salt=_CANCEL_SALT),
                "calendar_token": _calendar_token(booking),
            }
            return render(request, "counter/found.html", context)
    return render(request, "counter/lookup.html", context)


@never_cache
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """By the token of the page that showed the booking."""
    try:
        pk = signing.loads(
            request.POST.get("token", "")[:400], salt=_CANCEL_SALT, max_age=_CANCEL_SECONDS
        )
    except signing.BadSignature:
        messages.error(request, _("Trang mở đã lâu. Hãy tra cứu lại rồi bấm hủy."))
        return redirect("counter:lookup")
    booking = Booking.objects.select_related("slot", "office").filter(pk=pk).first()
    try:
        if booking is None:
            raise CannotCancel
        cancel_booking(booking, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("counter:lookup")
    messages.success(request, _("Đã hủy lịch hẹn. Chỗ này dành cho người khác."))
    return redirect("counter:office", booking.office.code)


@never_cache
@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """The file for a phone's calendar, by the token of the page that showed the booking."""
    try:
        pk = signing.loads(
            request.POST.get("calendar_token", "")[:400],
            salt=_CALENDAR_SALT,
            max_age=_CALENDAR_SECONDS,
        )
    except signing.BadSignature:
        pk = None
    kept = Booking.objects.select_related("slot", "office").filter(state=BookingState.BOOKED)
    booking = kept.filter(pk=pk).first() if pk else None
    if booking is None:
        messages.error(request, _("Trang mở đã lâu hoặc lịch đã đổi. Hãy tra cứu lại lịch hẹn."))
        return redirect("counter:lookup")
    content = calendar_file(booking, at=read_clock())
    return private_file(content, name="lich-hen.ics", content_type="text/calendar; charset=utf-8")


def _calendar_token(booking: Booking) -> str:
    return signing.dumps(booking.pk, salt=_CALENDAR_SALT)


def _moment(text: str) -> datetime | None:
    """ "2026-11-28T17:00", Vietnamese wall-clock time."""
    try:
        found = datetime.strptime(text[:20], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        return None
    return found.replace(tzinfo=VIETNAM) if 2000 <= found.year <= 2100 else None
