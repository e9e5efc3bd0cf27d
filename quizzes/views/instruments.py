"""One legal instrument for everyone; who reads banks also sees how many questions there cite it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from legal.models import Instrument
from quizzes.flag_queries import citing_counts


@require_safe
def instrument_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found = Instrument.objects.select_related("replaced_by").prefetch_related(
        "amended_by", "amends", "replaces"
    )
    instrument = get_object_or_404(found, pk=pk)
    counts = citing_counts(instrument, request.user) if request.user.is_authenticated else []
    context = {
        "instrument": instrument,
        "counts": counts,
        "flagged_count": sum(count.flagged_count for count in counts),
    }
    return render(request, "quizzes/public/instrument.html", context)
