"""Deleting instruments, and what keeps one from being deleted."""

from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.models import PROTECT, Model, Q
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.locking import check_references, hold_rows
from legal.models import Instrument


def delete_instruments(keys: Collection[int]) -> None:
    """All of them or none. Raises Conflict with the sentences of `refusals_to_delete`, also for
    one that is being cited at this moment."""
    try:
        with transaction.atomic():
            held = Instrument.objects.select_for_update().filter(pk__in=keys).order_by("pk")
            if refusals := refusals_to_delete(held):
                raise Conflict(" ".join(refusals))
            Instrument.objects.filter(pk__in=keys).delete()
            check_references()
    except IntegrityError as error:
        raise Conflict(
            _("Văn bản vừa được viện dẫn ở nơi khác nên không xóa được. Hãy tải lại trang.")
        ) from error


def hold_cited(keys: Collection[int]) -> None:
    """Keeps instruments that are being cited from being deleted until the transaction ends. Raises
    Conflict for one that is gone."""
    if keys and hold_rows(Instrument, keys) != set(keys):
        raise Conflict(_("Văn bản căn cứ vừa bị xóa khỏi danh mục. Hãy chọn lại văn bản."))


def refusals_to_delete(instruments: Iterable[Instrument]) -> list[str]:
    """One sentence for each that something cites, whatever the app: it says how many of what."""
    refusals = []
    for instrument in instruments:
        uses = _uses(instrument)
        if uses:
            refusals.append(
                _(
                    "Không xóa được văn bản %(number)s vì đang được viện dẫn: %(uses)s. Nếu văn "
                    "bản không còn dùng, hãy đặt tình trạng “Hết hiệu lực” thay vì xóa."
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
