"""What a person sees of themself, and a head of the own unit."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.vietnamese import fold
from people.access import allowed
from people.models import Unit, User
from people.queries import count_people_under, people_of, units_under
from people.rules import can_see_some_people, can_see_unit_people, is_organiser

_PAGE = 50


@login_required
def profile(request: HttpRequest) -> HttpResponse:
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
def units(request: HttpRequest) -> HttpResponse:
    """The units one may look into, each with its people counted with those under it."""
    visible = Unit.objects.order_by("path")
    if not is_organiser(request.user):
        visible = units_under(request.user.unit)
    page = Paginator(visible.select_related("block"), 100).get_page(request.GET.get("page"))
    counts = count_people_under(page.object_list)
    rows = [(unit, counts[unit.pk]) for unit in page.object_list]
    return render(request, "people/units.html", {"page": page, "rows": rows})


@allowed(can_see_some_people)
def unit_people(request: HttpRequest, pk: int) -> HttpResponse:
    """People of one unit and of those under it. Another unit's is not there for a head."""
    unit = get_object_or_404(Unit, pk=pk)
    if not can_see_unit_people(request.user, unit):
        raise Http404
    people = people_of(unit)
    query = request.GET.get("q", "").strip()[:100]
    if query:
        people = people.filter(search_key__contains=fold(query))
    page = Paginator(people, _PAGE).get_page(request.GET.get("page"))
    return render(request, "people/unit_people.html", {"unit": unit, "page": page, "query": query})
