"""One instrument as its page shows it: standing, timeline, articles, files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from legal.models import Instrument
from legal.queries import facts_of
from legal.standing import Standing, standing_on

# A chain of predecessors longer than this is a fault in the data; it is drawn no further.
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One day in the life of the law. ``on`` is None when the day is not known."""

    on: date | None
    label: str | Promise
    instrument: Instrument
    is_current: bool
    is_future: bool
    is_end: bool = False


def present(instrument: Instrument, *, at: datetime) -> dict[str, Any]:
    """``standing, standing_label, banner, timeline, articles, files, amended_by, amends, replaces,
    replaced_by`` for the templates; drafts are left out. A constant number of statements."""
    day = timezone.localdate(at)
    standing = standing_on(day, facts_of(instrument))
    stored = instrument.pk is not None
    successor = instrument.replaced_by
    articles = list(instrument.articles.all())
    return {
        "standing": standing.value,
        "standing_label": Instrument.Status(standing.value).label,
        "day": day,
        "timeline": draw_timeline(instrument, day) if stored else [],
        "articles": articles,
        "has_article_text": any(article.text for article in articles),
        "files": _with_documents(instrument),
        "replaced_by": successor if successor and successor.live else None,
        "replaces": list(instrument.replaces.filter(live=True)) if stored else [],
        "amends": [other for other in instrument.amends.all() if other.live],
        "amended_by": [o for o in instrument.amended_by.all() if o.live] if stored else [],
    }


def _with_documents(instrument: Instrument) -> list[Any]:
    """In a preview the files are in memory and in no database."""
    files = instrument.files.all()
    return list(files.select_related("document") if isinstance(files, QuerySet) else files)


def draw_timeline(instrument: Instrument, day: date) -> list[TimelineEvent]:
    """What came before, what amends, what comes after, in the order of time; unknown days last.
    Only the instrument's own days when nothing is known of others."""
    line, beside = _line_of(instrument)
    amending: dict[int, list[Instrument]] = defaultdict(list)
    through = Instrument.amends.through.objects.filter(
        to_instrument__in=[one.pk for one in line], from_instrument__live=True
    ).select_related("from_instrument")
    for link in through.order_by("from_instrument__effective_on", "from_instrument"):
        amending[link.to_instrument_id].append(link.from_instrument)
    events = []
    for one in line:
        events.append(_event(one, _beginning(one, [*line, *beside]), instrument, day))
        for other in amending[one.pk]:
            label = _("sửa đổi, bổ sung %(number)s") % {"number": one.number}
            events.append(_event(other, label, instrument, day))
    events += _own_end(instrument, day)
    places = {event: place for place, event in enumerate(events)}
    return sorted(events, key=lambda event: (event.on or date.max, places[event]))


def _line_of(instrument: Instrument) -> tuple[list[Instrument], list[Instrument]]:
    """What the instrument came from, itself, and what came after it, published ones only, in the
    order of time; and those of them that amend another, which are drawn beside what they amend. An
    amendment has no line of its own."""
    successors = dict(
        Instrument.objects.filter(replaced_by__isnull=False).values_list("pk", "replaced_by")
    )
    before: dict[int, list[int]] = defaultdict(list)
    for old, new in successors.items():
        before[new].append(old)
    amended = [other.pk for other in instrument.amends.all()]
    found = list(dict.fromkeys([instrument.pk, *amended]))
    for start in list(found):
        step: int | None = start
        for _step in range(_MOST_STEPS):
            step = successors.get(step) if step else None
            if step is None or step in found:
                break
            found.append(step)
    fringe = list(found)
    for _step in range(_MOST_STEPS):
        fringe = [old for new in fringe for old in before[new] if old not in found]
        found += fringe
    amending = set(
        Instrument.amends.through.objects.filter(
            from_instrument__in=found, to_instrument__in=found
        ).values_list("from_instrument", flat=True)
    )
    published = Q(live=True) | Q(pk=instrument.pk)
    everyone = sorted(Instrument.objects.filter(published, pk__in=found), key=_order)
    return (
        [one for one in everyone if one.pk not in amending],
        [one for one in everyone if one.pk in amending],
    )


def _order(instrument: Instrument) -> tuple[date, str]:
    return instrument.effective_on or instrument.issued_on or date.max, instrument.number


def _beginning(one: Instrument, everyone: list[Instrument]) -> str:
    numbers = ", ".join(old.number for old in everyone if old.replaced_by_id == one.pk)
    if numbers and one.effective_on:
        return _("có hiệu lực, thay thế %(numbers)s") % {"numbers": numbers}
    if numbers:
        return _("thay thế %(numbers)s") % {"numbers": numbers}
    return _("có hiệu lực") if one.effective_on else _("được ban hành")


def _event(shown: Instrument, label: str, current: Instrument, day: date) -> TimelineEvent:
    on = shown.effective_on or shown.issued_on
    return TimelineEvent(on, label, shown, shown.pk == current.pk, on is not None and on > day)


def _own_end(instrument: Instrument, day: date) -> list[TimelineEvent]:
    """A day of expiry that no successor's beginning tells."""
    ends = instrument.expires_on
    successor = instrument.replaced_by
    if ends is None or (successor is not None and successor.effective_on == ends):
        return []
    return [TimelineEvent(ends, _("hết hiệu lực"), instrument, True, ends > day, is_end=True)]


def force_of(standing: str) -> str:
    """schema.org's LegalForceStatus."""
    names = {
        Standing.IN_FORCE: "InForce",
        Standing.AMENDED: "PartiallyInForce",
        Standing.EXPIRED: "NotInForce",
        Standing.NOT_YET: "NotInForce",
    }
    return names.get(Standing(standing), "")
