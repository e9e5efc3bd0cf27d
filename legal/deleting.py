"""What keeps an instrument from being deleted."""

from collections.abc import Iterable

from django.db.models import PROTECT, Model, Q
from django.utils.translation import gettext as _

from legal.models import Instrument


def refusals_to_delete(instruments: Iterable[Instrument]) -> list[str]:
    """One sentence for each that something cites, whatever the app: it says how many of what."""
    refusals = []
    for instrument in instruments:
        uses = _uses(instrument)
        if uses:
            refusals.append(
                _(
                    "Không xoá được văn bản %(number)s vì đang được viện dẫn: %(uses)s. Nếu văn "
                    "bản không còn dùng, hãy đặt tình trạng “Hết hiệu lực” thay vì xoá."
                )
                % {
                    "number": instrument.number,
                    "uses": ", ".join(f"{count} {name}" for name, count in uses.items()),
                }
            )
    return refusals


def _uses(instrument: Instrument) -> dict[str, int]:
    """How many rows of each model forbid the deletion, by the model's name in the plural."""
    citing: dict[type[Model], Q] = {}
    for relation in Instrument._meta.related_objects:
        if relation.on_delete is PROTECT:
            cites = Q((relation.field.name, instrument.pk))
            citing[relation.related_model] = citing.get(relation.related_model, Q()) | cites
    counts = {
        str(model._meta.verbose_name_plural): model._base_manager.filter(cites).count()
        for model, cites in citing.items()
    }
    return {name: count for name, count in counts.items() if count}
