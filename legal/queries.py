"""Instruments as the public sees them. Every query names its order and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from core import vietnamese
from legal.models import Instrument
from legal.numbers import NumberQuery, read_query
from legal.standing import IN_FORCE, Facts, Standing

MAX_WORDS = 12


def with_standing(instruments: QuerySet[Instrument], day: date) -> QuerySet[Instrument]:
    """``standing`` on each: what ``standing.standing_on`` says of its facts on that day."""
    amendments = Instrument.amends.through.objects.filter(
        to_instrument=OuterRef("pk"),
        from_instrument__live=True,
        from_instrument__effective_on__lte=day,
    )
    is_gone = (
        Q(status=Standing.EXPIRED)
        | Q(expires_on__lte=day)
        | Q(replaced_by__live=True, replaced_by__effective_on__lte=day)
    )
    waits = Q(effective_on__gt=day) | Q(status=Standing.NOT_YET, effective_on__isnull=True)
    is_plain = Q(status__in=[Standing.IN_FORCE, Standing.NOT_YET])
    return instruments.annotate(
        standing=Case(
            When(is_gone, then=Value(Standing.EXPIRED.value)),
            When(waits, then=Value(Standing.NOT_YET.value)),
            When(is_plain & Exists(amendments), then=Value(Standing.AMENDED.value)),
            When(status=Standing.NOT_YET, then=Value(Standing.IN_FORCE.value)),
            default=F("status"),
            output_field=CharField(),
        )
    )


def facts_of(instrument: Instrument) -> Facts:
    """What ``standing.standing_on`` needs; drafts change the standing of nothing."""
    successor = instrument.replaced_by
    amended = (
        [amending.effective_on for amending in instrument.amended_by.all() if amending.live]
        if instrument.pk
        else []
    )
    return Facts(
        entered=instrument.status,
        effective_on=instrument.effective_on,
        expires_on=instrument.expires_on,
        replaced_on=successor.effective_on if successor and successor.live else None,
        amended_on=[day for day in amended if day],
    )


def published(day: date) -> QuerySet[Instrument]:
    """Every instrument that is not a draft, with its ``standing``, in no order."""
    return with_standing(Instrument.objects.filter(live=True), day).order_by()


def in_force(day: date) -> QuerySet[Instrument]:
    """Published and law on that day, the newest first."""
    found = published(day).filter(standing__in=[standing.value for standing in IN_FORCE])
    return found.order_by(F("issued_on").desc(nulls_last=True), "number")


def library(
    day: date,
    *,
    text: str = "",
    kind: str = "",
    issuer: str = "",
    standing: str = "",
    year: int | str | None = None,
) -> QuerySet[Instrument]:
    """Published instruments that fit: those in force first, the dead last, newer before older."""
    found = matching(published(day), text)
    if kind:
        found = found.filter(kind=kind)
    if issuer:
        found = found.filter(issuer=issuer)
    if standing:
        found = found.filter(standing=standing)
    if year:
        found = with_year(found).filter(year=year)
    is_dead = Case(When(standing=Standing.EXPIRED, then=Value(1)), default=Value(0))
    return found.annotate(is_dead=is_dead).order_by(
        "is_dead", F("issued_on").desc(nulls_last=True), "number"
    )


def matching(instruments: QuerySet[Instrument], text: str) -> QuerySet[Instrument]:
    """Those whose number the text spells, in whatever way; if it spells none that we have, those
    that hold every word of it (folded)."""
    query = read_query(text)
    if query is not None:
        numbered = _with_words(instruments.filter(_spelled(query)), query.words)
        if numbered.exists():
            return numbered
    return _with_words(instruments, vietnamese.fold(text.replace("\0", " ")).split())


def _spelled(query: NumberQuery) -> Q:
    number = Q(number_part=query.number)
    if query.may_be_year:
        number |= _of_year(int(query.number))
    if query.year is not None:
        number &= _of_year(query.year)
    if query.kind is not None:
        number &= Q(kind=query.kind.value)
    for symbol in query.symbols:
        number &= Q(symbol_part__contains=symbol)
    return number


def _of_year(year: int) -> Q:
    """Of the number; a number without a year ("76/NQ-CP") has that of its issue."""
    return Q(year_part=year) | Q(year_part__isnull=True, issued_on__year=year)


def _with_words(instruments: QuerySet[Instrument], words: Collection[str]) -> QuerySet[Instrument]:
    for word in list(words)[:MAX_WORDS]:
        instruments = instruments.filter(search_key__contains=word)
    return instruments


def with_year(instruments: QuerySet[Instrument]) -> QuerySet[Instrument]:
    return instruments.annotate(year=Coalesce("year_part", ExtractYear("issued_on")))


def facet_counts(day: date) -> dict[str, list[tuple[Any, int]]]:
    """ "kind", "issuer", "standing", "year" → (value, count), of everything published: the most
    frequent first, years from the last. One statement, a row for each combination there is."""
    names = ("kind", "issuer", "standing", "year")
    rows = with_year(published(day)).values_list(*names).annotate(count=Count("pk"))
    counted: dict[str, Counter[Any]] = {name: Counter() for name in names}
    for *values, count in rows:
        for name, value in zip(names, values, strict=True):
            if value:
                counted[name][value] += count
    found = {
        name: sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        for name, counts in counted.items()
    }
    found["year"].sort(reverse=True)
    return found
