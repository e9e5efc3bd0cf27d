"""Named queries of outreach."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from outreach.models import Broadcast, Script, ScriptVersion
from outreach.models.broadcasts import IN_FORCE
from outreach.rules import covered_units, visible_scripts
from people.models import Unit


@dataclass(frozen=True, slots=True)
class Total:
    unit: str
    topic: str
    count: int
    minutes: int


def scripts_for(user: Any) -> Any:
    """With ``word_count`` and ``open_count`` of the current version; the last changed first."""
    current = ScriptVersion.objects.filter(script=OuterRef("pk"), number=OuterRef("version_number"))
    return (
        Script.objects.filter(visible_scripts(user))
        .select_related("unit", "topic")
        .annotate(
            word_count=Subquery(current.values("word_count")[:1]),
            open_count=Subquery(current.values("open_count")[:1]),
        )
    )


def units_in_reach(user: Any, *, on: date) -> QuerySet[Unit]:
    """Units the person acts for that have not ended, in the order of the tree."""
    units: QuerySet[Unit] = (
        Unit.objects.filter(covered_units(user))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("path")
    )
    return units


def log_of_month(units: QuerySet[Unit], *, month: date) -> QuerySet[Broadcast]:
    """Every line, replaced ones too, by time."""
    first, last = month_bounds(month)
    return (
        Broadcast.objects.filter(unit__in=units, aired_at__gte=first, aired_at__lt=last)
        .select_related("unit", "topic", "version", "recorded_by", "replaced_by")
        .order_by("aired_at", "pk")
    )


def totals_of_month(units: QuerySet[Unit], *, month: date) -> list[Total]:
    """Lines in force only, by unit and topic."""
    first, last = month_bounds(month)
    rows = (
        Broadcast.objects.filter(IN_FORCE, unit__in=units, aired_at__gte=first, aired_at__lt=last)
        .values("unit__name", "unit__path", "topic__name", "topic__order")
        .annotate(count=Count("pk"), total_minutes=Sum("minutes"))
        .order_by("unit__path", "topic__order", "topic__name")
    )
    return [
        Total(row["unit__name"], row["topic__name"], row["count"], row["total_minutes"])
        for row in rows
    ]


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """The first moment of the month here and of the next one."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    zone = timezone.get_current_timezone()
    return (
        datetime(first.year, first.month, 1, tzinfo=zone),
        datetime(after.year, after.month, 1, tzinfo=zone),
    )


def recordable_units(user: Any, *, on: date) -> QuerySet[Unit]:
    """Units whose log the person keeps, that had not ended on that day."""
    if user.unit_id is None:
        nothing: QuerySet[Unit] = Unit.objects.none()
        return nothing
    units: QuerySet[Unit] = (
        Unit.objects.filter(path__startswith=user.unit.path)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("path")
    )
    return units
