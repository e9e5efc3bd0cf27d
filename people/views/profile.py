"""What a person sees of themself, and a head of the own unit."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.vietnamese import fold
from people.access import SignedInRequest, allowed
from people.models import Unit, User
from people.queries import count_people_under, people_of, units_seen_by
from people.rules import can_see_some_people, can_see_unit_people, is_organiser

_PAGE = 50


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    person = User.objects.select_related("unit").get(pk=request.user.pk)
    return render(
        request,
        "people/profile.html",
        {
            "person": person,
            "can_see_people": can_see_some_people(person),
            "role_names": sorted(person.groups.values_list("name", flat=True)),
        },
    )


@allowed(can_see_some_people)
def units(request: SignedInRequest) -> HttpResponse:
    """The units one may look into, each with its people counted with those under it."""
    visible = units_seen_by(request.user)
    page = Paginator(visible.select_related("block"), 100).get_page(request.GET.get("page"))
    counts = count_people_under(page.object_list)
    rows = [(unit, counts[unit.pk]) for unit in page.object_list]
    return render(request, "people/units.html", {"page": page, "rows": rows, **_nav(request)})


@allowed(can_see_some_people)
def unit_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """People of one unit and of those under it. Another unit's is not there for a head."""
    unit = get_object_or_404(Unit, pk=pk)
    if not can_see_unit_people(request.user, unit):
        raise Http404
    people = people_of(unit)
    query = request.GET.get("q", "").strip()[:100]
    if query:
        people = people.filter(search_key__contains=fold(query))
    page = Paginator(people, _PAGE).get_page(request.GET.get("page"))
    context = {"unit": unit, "page": page, "query": query, **_nav(request)}
    return render(request, "people/unit_people.html", context)


def _nav(request: SignedInRequest) -> dict[str, bool]:
    return {"head_only": not is_organiser(request.user)}
