"""Making a poster: procedures and a place in, sheets to look at and print out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.frame import read_frame
from cms.poster_forms import PosterForm
from cms.poster_targets import list_page, target_of
from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest, allowed
from posters.making import PosterWording, make_poster
from posters.models import Place, Poster
from posters.rules import can_make_posters


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(can_make_posters)
def new_poster(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        form = PosterForm(request.POST)
        if form.is_valid():
            try:
                return redirect("posters:poster", _make(form, by=request.user).pk)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
    else:
        form = PosterForm(initial=_initial(request))
    context = {
        "form": form,
        "has_places": Place.objects.exists(),
        "is_new": True,
    }
    return render(request, "cms/procedures/new_poster.html", context)


def _make(form: PosterForm, *, by: Any) -> Poster:
    data = form.cleaned_data
    index = list_page() if data["layout"] == Poster.Layout.LIST else None
    return make_poster(
        data["place"],
        size=data["size"],
        wording=PosterWording(data["title"], data["agency"], data["contact"]),
        targets=[target_of(page) for page in data["procedures"]],
        list_target=target_of(index) if index else None,
        by=by,
        at=read_clock(),
    )


def _initial(request: SignedInRequest) -> dict[str, Any]:
    """The site's own name and telephone; with ?like=<poster> what that one shows."""
    frame = read_frame(request)
    initial: dict[str, Any] = {
        "agency": frame.get("owner") or frame.get("name", ""),
        "contact": frame.get("phone", ""),
    }
    asked = request.GET.get("like", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= 18):
        return initial
    like = Poster.objects.filter(pk=asked).first()
    if like is None:
        return initial
    keys = like.items.exclude(link=None).values_list("link__target_key", flat=True)
    return initial | {
        "size": like.size,
        "layout": like.layout,
        "title": like.title,
        "agency": like.agency,
        "contact": like.contact,
        "procedures": [key.partition(":")[2] for key in keys],
    }
