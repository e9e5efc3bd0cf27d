"""Printing sign-in slips. Codes are in one answer to one request, and nowhere else."""

import segno
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest, allowed
from people.forms import SlipIssueForm
from people.models import Unit, User
from people.queries import (
    people_whose_slips_are_issued_by,
    units_with_people_waiting,
    without_password,
)
from people.rules import can_issue_slips
from people.slips import issue_slips, shown

# More than this in one page is more than an office prints at once, and than a browser likes.
MAX_SLIPS = 2_000


@allowed(can_issue_slips)
def slips(request: SignedInRequest) -> HttpResponse:
    """Which units still have people who have never signed in."""
    waiting = list(units_with_people_waiting())
    return render(
        request,
        "people/slips.html",
        {
            "form": SlipIssueForm(),
            "units": waiting,
            "waiting_count": _waiting(request.user, None).count(),
            "limit": MAX_SLIPS,
        },
    )


@require_POST
@never_cache
@allowed(can_issue_slips)
def print_slips(request: SignedInRequest) -> HttpResponse:
    form = SlipIssueForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Đơn vị này không có. Hãy chọn lại."))
        return redirect("people:slips")
    people = _waiting(request.user, form.cleaned_data["unit"])
    count = people.count()
    if not 0 < count <= MAX_SLIPS:
        messages.error(
            request,
            _("Không có ai cần phiếu: mọi người đã đăng nhập.")
            if count == 0
            else _("Có %(count)s người; mỗi lần in tối đa %(limit)s phiếu. Hãy chọn từng đơn vị.")
            % {"count": count, "limit": MAX_SLIPS},
        )
        return redirect("people:slips")
    return _issue_and_show(request, people)


@require_POST
@never_cache
@allowed(can_issue_slips)
def print_slip_of_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person who has lost the slip or forgotten the password."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    return _issue_and_show(request, User.objects.filter(pk=person.pk).select_related("unit"))


def _waiting(user: User, unit: Unit | None) -> QuerySet[User]:
    people = without_password(people_whose_slips_are_issued_by(user))
    if unit:
        people = people.filter(unit__path__startswith=unit.path)
    return people.select_related("unit").order_by("unit__path", "sort_key", "pk")


def _issue_and_show(request: SignedInRequest, people: QuerySet[User]) -> HttpResponse:
    try:
        issued = issue_slips(people, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("people:slips")
    address = settings.PUBLIC_URL + reverse("people:enter_slip")
    slips = [(slip, shown(slip.code)) for slip in issued]
    context = {"slips": slips, "address": address, "qr": _qr(address)}
    return render(request, "people/print_slips.html", context)


def _qr(address: str) -> str:
    """The address of the first sign-in as an SVG image in a data: address."""
    return segno.make(address, error="m").svg_data_uri(border=0)
