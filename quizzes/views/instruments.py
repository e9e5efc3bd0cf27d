"""One legal instrument for everyone; who reads banks also sees how many questions there cite it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.clock import read_clock
from legal.models import Instrument
from legal.rules import can_edit_instruments
from quizzes.flag_queries import citing_counts


@require_safe
def instrument_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = Instrument.objects.select_related("replaced_by").prefetch_related(
        "amended_by", "amends", "replaces"
    )
    instrument = get_object_or_404(found, pk=pk)
    if not instrument.live and not can_edit_instruments(request.user):
        raise Http404
    counts = (
        citing_counts(instrument, request.user, read_clock())
        if request.user.is_authenticated
        else []
    )
    address = instrument.get_absolute_url()
    if not counts and instrument.live and address != request.path:
        return redirect(address)
    context = {
        "public_address": address if instrument.live and address != request.path else "",
        "instrument": instrument,
        "counts": counts,
        "flagged_count": sum(count.flagged_count for count in counts),
    }
    return render(request, "quizzes/public/instrument.html", context)
