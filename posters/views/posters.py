"""Posters that were made: look at one, print it."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.access import SignedInRequest, allowed
from posters.composing import draw_poster, file_name, sheet_context
from posters.models import Poster
from posters.printed import facts_of
from posters.rules import can_make_posters
from printing.views.files import paper

POSTERS_PER_PAGE = 25


@require_safe
@allowed(can_make_posters)
def poster_list(request: SignedInRequest) -> HttpResponse:
    posters = (
        Poster.objects.select_related("place", "created_by")
        .annotate(item_count=Count("items"))
        .order_by("-created_at", "-pk")
    )
    page = Paginator(posters, POSTERS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "posters/poster_list.html", {"page": page, "is_list": True})


@require_safe
@allowed(can_make_posters)
def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheets as they will be printed."""
    shown = _poster(pk)
    facts = facts_of(shown)
    context = {**sheet_context(facts), "shown": shown, "is_list": True}
    return render(request, "posters/poster.html", context)


@require_safe
@never_cache
@allowed(can_make_posters)
def poster_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The PDF: shown in the browser with ?view=1, else saved."""
    facts = facts_of(_poster(pk))
    is_viewed = request.GET.get("view") == "1"
    return paper(draw_poster(facts), name=file_name(facts), download=not is_viewed)


def _poster(pk: int) -> Poster:
    return get_object_or_404(Poster.objects.select_related("place", "list_link"), pk=pk)
