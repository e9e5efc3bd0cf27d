"""Fetching with the right to see; what is not this person's is as absent as what does not exist."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from outreach import rules
from outreach.models import Script
from outreach.queries import units_in_reach
from people.models import Unit, User


def script_to_read(user: User, pk: int) -> Script:
    return get_object_or_404(
        Script.objects.filter(rules.visible_scripts(user)).select_related("unit", "topic"), pk=pk
    )


def script_to_edit(user: User, pk: int) -> Script:
    script = script_to_read(user, pk)
    if not rules.can_edit_script(user, script):
        raise Http404
    return script


def readable_scripts(user: User) -> QuerySet[Script]:
    return Script.objects.filter(rules.visible_scripts(user)).order_by("-changed_at", "-pk")


def chosen_unit(request: HttpRequest, units: QuerySet[Unit]) -> Unit | None:
    """By the address; anything else is no choice."""
    key = request.GET.get("unit", "")
    return units.filter(pk=int(key)).first() if is_key(key) else None


def own_or_first(user: User, units: QuerySet[Unit]) -> Unit | None:
    return units.filter(pk=user.unit_id).first() or units.first()


def open_units(user: User) -> QuerySet[Unit]:
    return units_in_reach(user, on=timezone.localdate())


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def chosen_month(request: HttpRequest, *, today: date) -> date:
    """The first day of "?month=2026-11"; this month for anything that is none."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return month if 2000 <= month.year <= 2100 else today.replace(day=1)


def chosen_day(request: HttpRequest, *, today: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2100 else today
