"""Putting the demo models into the page tree, and showing how one spreads."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cms.demo import models_of_districts, models_of_nam_tu_liem
from cms.demo.model_texts import DISTRICTS_ENDED_ON, SOURCE, SOURCE_YEAR, DemoModel
from cms.models import ReformModelIndexPage, ReformModelPage
from cms.models.adoptions import Adoption
from cms.replication import adopting, reporting
from people import roles
from people.models import Unit

MODELS = (*models_of_districts.MODELS, *models_of_nam_tu_liem.MODELS)
SPREADING = "gio-lam-viec-thu-9"
# Figures of the demo's own units are made up and say so; no model's text has an invented number.
INVENTED = " (số minh họa của bản demo)"
# Months before today in which each unit began, and what it then reports month by month.
ADOPTING = ((5, (31, 38, 45, 41, 52)), (4, (18, 26, 24, 33)), (2, (12, 19)))


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """Publish the models that are not there (by slug), then let demo units adopt one of them."""
    index = ReformModelIndexPage.objects.order_by("path").first()
    if index is None:
        return
    owner = staff[roles.ADMINISTRATOR]
    there = set(index.get_children().values_list("slug", flat=True))
    for model in MODELS:
        if model.slug not in there:
            page = _page(model, owner=owner)
            index.add_child(instance=page)
            page.save_revision(user=owner).publish(user=owner)
    _spread(staff, at=at)


def _page(model: DemoModel, *, owner: Any) -> ReformModelPage:
    page = ReformModelPage(
        title=model.title,
        slug=model.slug,
        summary=model.summary,
        unit_name=model.unit,
        places=model.places,
        unit_ended_on=DISTRICTS_ENDED_ON,
        unit_ended_note=model.ended_note,
        field=model.field,
        status=model.status,
        problem=model.problem,
        way=model.way,
        result=model.result,
        adopting=model.adopting,
        source_name=SOURCE,
        source_on=SOURCE_YEAR,
        source_precision="year",
        owner=owner,
        live=False,
    )
    if model.launched:
        page.launched_on, page.launch_precision = model.launched
    page.body = ReformModelPage.body.field.to_python(
        [{"type": name, "value": value} for name, value in model.body]
    )
    page.measures = ReformModelPage.measures.field.to_python(
        [
            {
                "type": "measure",
                "id": measure.key,
                "value": {
                    "name": measure.name + (INVENTED if model.slug == SPREADING else ""),
                    "unit": measure.unit,
                    "kind": measure.kind,
                    "points": [
                        {"period": period, "value": value, "note": note}
                        for period, value, note in measure.points
                    ],
                },
            }
            for measure in model.measures
        ]
    )
    return page


def _spread(staff: dict[str, Any], *, at: datetime) -> None:
    model = ReformModelPage.objects.filter(
        slug=SPREADING, live=True, locale__language_code="vi"
    ).first()
    # A model that an editor has changed is theirs.
    if model is None or not model.measured or Adoption.objects.filter(model=model).exists():
        return
    organiser, editor = staff[roles.ORGANISER], staff[roles.EDITOR]
    units = list(
        Unit.objects.filter(valid_to__isnull=True, depth__gt=1)
        .exclude(pk=organiser.unit_id)
        .order_by("path")[: len(ADOPTING) + 1]
    )
    today = timezone.localdate(at)
    for unit, (months_back, values) in zip(units, ADOPTING, strict=False):
        begun = (today.replace(day=1) - timedelta(days=28 * months_back)).replace(day=1)
        moment = at - timedelta(days=30 * months_back + 10)
        adoption = adopting.register_adoption(model, unit=unit, by=organiser, at=moment, on=today)
        adoption = adopting.confirm_adoption(adoption, by=editor, at=moment + timedelta(days=2))
        adoption = adopting.start_adoption(
            adoption, started_on=begun, on=today, by=organiser, at=moment + timedelta(days=5)
        )
        months = reversed(reporting.months_to_report(adoption, on=today))
        for month, value in zip(months, values, strict=False):
            reporting.report_figure(
                adoption,
                measure=model.measured[0],
                month=month,
                value=Decimal(value),
                on=today,
                by=organiser,
                at=at,
            )
    for unit in units[len(ADOPTING) :]:
        adopting.register_adoption(model, unit=unit, by=organiser, at=at, on=today)
