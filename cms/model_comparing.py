"""Two reform models side by side: ``?a=slug&b=slug``, an address to send to a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from cms.model_catalogue import models_of
from cms.models.reform_models import ReformModelIndexPage, ReformModelPage
from cms.replication.spread import Spread, spread_of
from core.clock import read_clock
from core.vietnamese import fold

MAX_SLUG_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Side:
    """``is_unknown``: the address names a model that is not, or no longer, in the catalogue."""

    name: str
    slug: str
    model: ReformModelPage | None
    spread: Spread | None
    has_ended_unit: bool

    @property
    def is_unknown(self) -> bool:
        return bool(self.slug) and self.model is None


@dataclass(frozen=True, slots=True)
class Comparison:
    choices: Sequence[tuple[str, str]]
    a: Side
    b: Side

    @property
    def is_complete(self) -> bool:
        return self.a.model is not None and self.b.model is not None and not self.is_same

    @property
    def is_same(self) -> bool:
        return self.a.model is not None and self.a.slug == self.b.slug


def compare_models(index: ReformModelIndexPage, request: HttpRequest) -> Comparison:
    models = models_of(index)
    choices = sorted(models.values_list("slug", "title"), key=lambda choice: fold(choice[1]))
    asked = {name: request.GET.get(name, "")[:MAX_SLUG_LENGTH] for name in ("a", "b")}
    known = {slug for slug, _title in choices}
    wanted = [slug for slug in asked.values() if slug in known]
    found = {model.slug: model for model in models.filter(slug__in=wanted).select_related("unit")}
    on = timezone.localdate(read_clock())

    def side(name: str) -> Side:
        model = found.get(asked[name])
        return Side(
            name,
            asked[name],
            model,
            spread_of(model, model.measured, on=on) if model else None,
            model.unit_has_ended(on) if model else False,
        )

    return Comparison(choices, side("a"), side("b"))
