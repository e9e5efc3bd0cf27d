"""What the pages of replication list. Every query names its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from cms.models.adoptions import Adoption, AdoptionFigure, AdoptionState
from cms.replication.rules import decides_on_adoptions, speaks_for_a_unit
from core.models import AuditEvent
from people.models import User


def adoptions_seen_by(user: User) -> QuerySet[Adoption]:
    """All for an editor, those that wait first; for a unit its own; then the latest first."""
    found = Adoption.objects.select_related("unit", "model").order_by(
        Case(
            When(state=AdoptionState.REGISTERED, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        ),
        "-registered_at",
        "-pk",
    )
    if decides_on_adoptions(user):
        return found
    return found.filter(unit=user.unit_id) if speaks_for_a_unit(user) else found.none()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The last word on one measure and month, and what it corrected, the latest first."""

    figure: AdoptionFigure
    before: Sequence[AdoptionFigure]


def figures_of(adoption: Adoption) -> list[FigureRow]:
    """The latest month first. One statement whatever the number of corrections."""
    figures = list(
        adoption.figures.select_related("reported_by").order_by("-month", "measure_name", "-pk")
    )
    by_pk = {figure.pk: figure for figure in figures}
    rows = []
    for figure in figures:
        if figure.is_current:
            before, corrected = [], figure.corrects_id
            while corrected:
                before.append(by_pk[corrected])
                corrected = by_pk[corrected].corrects_id
            rows.append(FigureRow(figure, before))
    return rows


def history_of(adoption: Adoption, limit: int = 50) -> list[Any]:
    """What the log holds about this adoption, the latest first."""
    return list(
        AuditEvent.objects.filter(object_type=Adoption._meta.label, object_id=adoption.pk)
        .select_related("actor")
        .order_by("-at", "-pk")[:limit]
    )
