"""The day list of a counter: who comes when, who came; on screen and on paper."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from counter import queries, rules
from counter.attending import mark_booking, possible_marks
from counter.day_document import day_document
from counter.enums import Mark
from counter.hours import local_day
from counter.models import Office
from counter.views.access import asked_day, context_of, for_office, private_file
from counter.words import day_words
from people.access import SignedInRequest, allowed
from printing.composing import compose


@require_safe
@never_cache
@allowed(rules.can_serve_some)
def index(request: SignedInRequest) -> HttpResponse:
    """The offices one serves; of a single one its day list at once."""
    offices = list(queries.offices_served_by(request.user))
    can_manage = rules.can_manage_offices(request.user)
    if len(offices) == 1 and not can_manage:
        return redirect("counter:desk_day", offices[0].code)
    context = {"offices": offices, "here": "index", "can_manage": can_manage}
    return render(request, "counter/desk_index.html", context)


@require_safe
@for_office
def day(request: SignedInRequest, office: Office) -> HttpResponse:
    at = read_clock()
    shown = asked_day(request, at)
    listed = queries.day_list(office, shown)
    context = context_of(
        office,
        "day",
        list=listed,
        rows=[(booking, possible_marks(booking, at)) for booking in listed.bookings],
        title=day_words(shown),
        is_today=shown == local_day(at),
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1),
        booked_days=[
            (item, day_words(item), count)
            for item, count in queries.booked_days(office, from_day=local_day(at))
        ],
    )
    return render(request, "counter/desk_day.html", context)


@require_safe
@for_office
def print_day(request: SignedInRequest, office: Office) -> HttpResponse:
    """For the printer of the counter: one table, boxes to tick."""
    at = read_clock()
    shown = asked_day(request, at)
    context = {
        "office": office,
        "list": queries.day_list(office, shown),
        "title": day_words(shown),
        "printed_at": at,
    }
    return render(request, "counter/desk_print.html", context)


@require_safe
@for_office
def day_pdf(request: SignedInRequest, office: Office) -> HttpResponse:
    shown = asked_day(request, read_clock())
    content = compose(day_document(office, queries.day_list(office, shown)))
    name = f"lich-hen-{office.code}-{shown:%Y-%m-%d}.pdf"
    return private_file(content, name=name, content_type="application/pdf")


@require_POST
@for_office
def mark(request: SignedInRequest, office: Office, booking_id: int) -> HttpResponse:
    at = read_clock()
    try:
        wanted = Mark(request.POST.get("mark", ""))
        booking = mark_booking(
            office,
            booking_id,
            mark=wanted,
            note=request.POST.get("note", ""),
            by=request.user,
            at=at,
        )
    except ValueError:
        messages.error(request, _("Không hiểu việc cần ghi. Hãy bấm lại một nút trong danh sách."))
        return redirect("counter:desk_day", office.code)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("counter:desk_day", office.code)
    return redirect(_day_address(office, booking.on_date) + f"#booking-{booking.pk}")


def _day_address(office: Office, shown: date) -> str:
    return f"{reverse('counter:desk_day', args=[office.code])}?day={shown:%Y-%m-%d}"
