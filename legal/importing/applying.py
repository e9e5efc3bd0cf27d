"""Writing what a plan says, a few rows at a time: between them others may write too. A row is
written whole or not at all; a run that broke off is taken up by running it again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.jobs import Progress
from legal.importing.columns import Field
from legal.importing.matching import Stored
from legal.importing.planning import Plan, PlannedInstrument, plan_import
from legal.importing.records import Catalogue, Record
from legal.models import Article, Instrument
from legal.recording import keep_revision_current

BATCH_ROWS = 20
# SQLite lets one write at a time, and who waits only looks now and then whether it may.
_PAUSE_SECONDS = 0.05


@dataclass(slots=True)
class Written:
    """Keys of what this import has written, in earlier runs too."""

    created: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)


class _Changed(DomainError):
    """The row's document is no longer what the plan was made for."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    created: int
    updated: int
    unchanged: int
    rejected: list[Record]


def report_of(plan: Plan) -> ImportReport:
    return ImportReport(
        len(plan.created), len(plan.updated), plan.unchanged_count, list(plan.rejected)
    )


def apply_catalogue(
    catalogue: Catalogue,
    *,
    by: Any = None,
    written: Written | None = None,
    keep: Callable[[Written], None] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Create and update what can be taken; rows with a problem are left out and reported. New
    instruments are published at once.

    ``keep`` is told what has been written in the transaction that writes it; given again as
    ``written`` it makes a second run report both."""
    plan = plan_import(catalogue)
    written = written or Written()
    rejected = list(plan.rejected)
    changed = [one for one in plan.planned.values() if one.is_changed]
    linked = [one for one in changed if one.replaced_by or one.amends]
    total, done = len(changed) + len(linked), 0
    keys: dict[int, int] = {}  # id of the planned → key of what was written

    def write(each: Iterable[PlannedInstrument], act: Callable[[PlannedInstrument], Any]) -> None:
        nonlocal done
        for batch in batched(each, BATCH_ROWS):
            with transaction.atomic():
                rejected.extend(filter(None, [_attempt(one, act) for one in batch]))
                if keep:
                    keep(written)
            done += len(batch)
            if progress:
                progress(done, total)
                time.sleep(_PAUSE_SECONDS)

    def write_one(one: PlannedInstrument) -> None:
        key = _write(one, by=by)
        keys[id(one)] = key
        (written.created if one.is_new else written.updated).add(key)

    write(changed, write_one)
    known = Stored(Instrument.objects.all()) if linked else Stored(())
    write(
        [one for one in linked if id(one) in keys],
        lambda one: _link(one, keys[id(one)], known, by=by),
    )
    changed_count = len(written.created | written.updated)
    unchanged_count = len(plan.planned) - len(changed) - _earlier_count(plan, written)
    return ImportReport(
        len(written.created), changed_count - len(written.created), unchanged_count, rejected
    )


def _earlier_count(plan: Plan, written: Written) -> int:
    """What an earlier run wrote looks unchanged to this one."""
    every = written.created | written.updated
    return sum(
        1 for one in plan.planned.values() if not one.is_changed and one.instrument.pk in every
    )


def _attempt(one: PlannedInstrument, act: Callable[[PlannedInstrument], Any]) -> Record | None:
    try:
        with transaction.atomic():
            act(one)
    except _Changed as refusal:
        message = str(refusal)
    except IntegrityError:
        message = _("văn bản vừa được người khác thêm hoặc sửa; hãy nhập lại tệp")
    else:
        return None
    record = Record(one.row, "", one.instrument.number)
    record.refuse(Field.NUMBER, message)
    return record


def _write(one: PlannedInstrument, *, by: Any) -> int:
    """Raises _Changed. The plan's own object stays as it was read."""
    instrument = Instrument(number=one.instrument.number) if one.is_new else _read_again(one)
    for name, value in one.values.items():
        setattr(instrument, name, value)
    if one.is_new or one.values:
        instrument.save()
    last = instrument.articles.count()
    for place, article in enumerate(one.articles, start=last):
        stored = Article.objects.filter(instrument=instrument, number=article["number"]).first()
        stored = stored or Article(
            instrument=instrument, number=article["number"], sort_order=place
        )
        stored.heading, stored.text = article["heading"], article["text"]
        stored.save()
    if not one.is_new:
        keep_revision_current(instrument, by=by)
    return int(instrument.pk)


def _read_again(one: PlannedInstrument) -> Instrument:
    instrument = Instrument.objects.select_for_update().filter(pk=one.instrument.pk).first()
    if instrument is None or any(
        getattr(instrument, name) != getattr(one.instrument, name) for name in one.values
    ):
        raise _Changed(_("văn bản vừa được người khác sửa hoặc xóa; hãy nhập lại tệp"))
    return instrument


def _link(one: PlannedInstrument, key: int, known: Stored, *, by: Any) -> None:
    """Once every row is there: rows may refer to each other in any order. Raises _Changed."""
    wanted = [known.find(identity) for identity in one.amends]
    successor = known.find(one.replaced_by) if one.replaced_by else None
    if None in wanted or (one.replaced_by and successor is None):
        raise _Changed(
            _(
                "đã ghi văn bản nhưng chưa ghi được văn bản thay thế hoặc được sửa đổi, vì văn bản "
                "đó không nhận được; hãy nhập lại tệp"
            )
        )
    instrument = Instrument.objects.select_for_update().get(pk=key)
    if successor:
        instrument.replaced_by = successor
    instrument.amends.add(*filter(None, wanted))
    instrument.save()
    if not one.is_new:
        keep_revision_current(instrument, by=by)


def as_counts(report: ImportReport) -> dict[str, Any]:
    """``{"created": n, "updated": n, "unchanged": n, "rejected": [{"row", "field", "message"}]}``,
    as an import of a roster gives it: one object for each rejected row, ``field`` its first bad
    field, ``message`` every problem."""
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": [
            {
                "row": record.row,
                "field": str(record.problems[0].field),
                "message": f"{'; '.join(map(str, record.problems))}.",
            }
            for record in report.rejected
        ],
    }
