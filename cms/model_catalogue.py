"""The catalogue of reform models: what its filters offer, with counts, and what they leave."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms import listing
from cms.models.reform_choices import ModelStatus, ReformField
from cms.models.reform_models import ReformModelIndexPage, ReformModelPage
from core import vietnamese

MODELS_PER_PAGE = 24
UNKNOWN_YEAR = "none"


@dataclass(frozen=True, slots=True)
class Catalogue:
    models: Page[ReformModelPage]
    facets: Sequence[listing.Facet]
    text: str
    is_filtered: bool


def models_of(index: ReformModelIndexPage) -> QuerySet[ReformModelPage]:
    """Published models of this catalogue open to everyone, the latest to begin first, those whose
    beginning is unknown last."""
    found: QuerySet[ReformModelPage] = ReformModelPage.objects.child_of(index).live().public()
    return found.order_by(F("launched_on").desc(nulls_last=True), "title", "pk")


def read_catalogue(index: ReformModelIndexPage, request: HttpRequest) -> Catalogue:
    """A choice's count says how many models remain with it, the other choices standing. Facets are
    counted over four short columns of every model: catalogues have hundreds, not millions."""
    text = listing.text_asked(request)
    found = models_of(index)
    for word in vietnamese.fold(text).split():
        found = found.filter(search_key__contains=word)
    rows = [_Row(*columns) for columns in found.values_list("pk", *_Row.COLUMNS)]
    choices = _choices(rows)
    asked = {name: request.GET.get(name, "") for name in choices}
    chosen = {name: value for name, value in asked.items() if value in dict(choices[name])}
    facets = [
        listing.facet(
            request,
            name,
            offered,
            label=_LABELS[name],
            every=_("Tất cả"),
            counts=Counter(row.value(name) for row in rows if row.fits(chosen, but=name)),
        )
        for name, offered in choices.items()
    ]
    left = [row.pk for row in rows if row.fits(chosen)]
    shown = models_of(index).filter(pk__in=left).select_related("unit", "cover")
    return Catalogue(
        models=listing.paginate(request, shown, per_page=MODELS_PER_PAGE),
        facets=facets,
        text=text,
        is_filtered=bool(text or chosen),
    )


_LABELS: dict[str, Any] = {
    "field": _("Lĩnh vực"),
    "unit": _("Đơn vị khởi xướng"),
    "status": _("Tình trạng"),
    "year": _("Năm bắt đầu"),
}


class _Row:
    COLUMNS = ("field", "unit_name", "status", "launched_on")

    def __init__(self, pk: int, field: str, unit_name: str, status: str, launched_on: Any) -> None:
        self.pk = pk
        self.unit_name = unit_name
        self.values = {
            "field": field,
            "unit": unit_key(unit_name),
            "status": status,
            "year": str(launched_on.year) if launched_on else UNKNOWN_YEAR,
        }

    def value(self, name: str) -> str:
        return self.values[name]

    def fits(self, chosen: dict[str, str], *, but: str = "") -> bool:
        return all(self.values[name] == value for name, value in chosen.items() if name != but)


def unit_key(unit_name: str) -> str:
    """A unit in an address: "Quận Nam Từ Liêm" → "quan-nam-tu-liem"."""
    return re.sub(r"[^a-z0-9]+", "-", vietnamese.fold(unit_name)).strip("-")


def _choices(rows: Sequence[_Row]) -> dict[str, list[tuple[str, Any]]]:
    """Only what occurs: fields and statuses in their order, units by name, years latest first."""
    used = {name: {row.value(name) for row in rows} for name in _LABELS}
    units = {row.value("unit"): row.unit_name for row in rows if row.value("unit")}
    years = sorted(used["year"] - {UNKNOWN_YEAR}, reverse=True)
    unknown = [(UNKNOWN_YEAR, _("Không rõ năm"))] if UNKNOWN_YEAR in used["year"] else []
    return {
        "field": [choice for choice in ReformField.choices if choice[0] in used["field"]],
        "unit": sorted(units.items(), key=lambda unit: vietnamese.fold(unit[1])),
        "status": [choice for choice in ModelStatus.choices if choice[0] in used["status"]],
        "year": [*[(year, year) for year in years], *unknown],
    }
