"""Flagging the questions whose law changed, and taking back flags whose reason is gone.

A flag follows from facts (an instrument's standing, a question's own date), so looking again is
always safe: it raises what is missing and withdraws what no longer holds. It runs when an
instrument changes, when questions come in, every hour (dates pass without an edit) and before a
round is made ready.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.clock import read_clock
from legal.models import Instrument
from quizzes.enums import FlagResolution, FlagWhy, QuestionState
from quizzes.models import LegalFlag, Question, QuestionBank

_BATCH = 500


@dataclass(frozen=True, slots=True)
class FlagReport:
    raised: int
    withdrawn: int


class Trouble(NamedTuple):
    """Why the questions of an instrument must be looked at. ``since``: only versions written
    before that day; None: only those already flagged, or all when ``is_new``."""

    why: FlagWhy
    cause_id: int | None
    since: date | None = None
    is_new: bool = False


class _Cited(NamedTuple):
    question_id: int
    version_id: int
    instrument_id: int | None
    created_on: date
    valid_until: date | None


class _Reason(NamedTuple):
    """What is unique among open flags."""

    question_id: int
    instrument_id: int | None
    why: str


def recheck_flags(
    *,
    at: datetime,
    instruments: Collection[int] | None = None,
    bank: QuestionBank | None = None,
    newly_amended: Collection[int] = (),
) -> FlagReport:
    """Bring the open flags in line with the law as it is on the day of ``at``, in a constant number
    of statements per 500 flags raised or closed.

    ``instruments``: only questions that cite one of them; ``bank``: only its questions.
    ``newly_amended``: instruments whose amendment was entered just now, so that even questions
    written after it took effect could not know of it.
    """
    today = timezone.localdate(at)
    of_instruments, of_bank = Q(), Q()
    if instruments is not None:
        of_instruments = Q(instrument__in=instruments)
    if bank is not None:
        of_bank = Q(question__bank=bank)
    with transaction.atomic():
        open_flags = LegalFlag.objects.filter(of_instruments, of_bank, resolved_at__isnull=True)
        flags = list(open_flags.select_for_update(of=("self",)).order_by("pk"))
        troubles = find_troubles(today, instruments, newly_amended=newly_amended)
        cited = _cited(open_flags, set(troubles), today, bank)
        wanted = _wanted(cited.values(), troubles, flags, today)
        _close([flag for flag in flags if not _is_current(flag, cited)], cited, at)
        gone = [f for f in flags if _is_current(f, cited) and _reason(f) not in wanted]
        _close(gone, cited, at)
        return FlagReport(_raise(wanted, flags, cited, at), len(gone))


def recheck_after_change(
    instrument_ids: Collection[int], newly_amended: Collection[int], **kwargs: Any
) -> None:
    """The receiver of ``legal.signals.instrument_status_changed``. What the changed instruments
    replace or amend is concerned too: their date of effect may have moved."""
    concerned = set(instrument_ids) | set(
        Instrument.objects.filter(
            Q(replaced_by__in=instrument_ids) | Q(amended_by__in=instrument_ids)
        ).values_list("pk", flat=True)
    )
    # The form of the back office is the edge, and hands no time down.
    recheck_flags(at=read_clock(), instruments=concerned, newly_amended=newly_amended)


def find_troubles(
    today: date,
    instruments: Collection[int] | None = None,
    *,
    newly_amended: Collection[int] = (),
) -> dict[int, list[Trouble]]:
    """Instrument id → why its questions must be looked at, the strongest reason first. A successor
    or an amendment counts from the day it takes effect; one without a date counts at once."""
    chosen = Q() if instruments is None else Q(pk__in=instruments)
    found: dict[int, list[Trouble]] = {}
    standing = Instrument.objects.filter(chosen).filter(
        Q(status__in=[Instrument.Status.EXPIRED, Instrument.Status.AMENDED])
        | Q(expires_on__lte=today)
        | Q(replaced_by__isnull=False)
    )
    for pk, status, expires_on, replaced_by, successor_from in standing.values_list(
        "pk", "status", "expires_on", "replaced_by", "replaced_by__effective_on"
    ):
        if replaced_by and (successor_from is None or successor_from <= today):
            found[pk] = [Trouble(FlagWhy.REPLACED, replaced_by)]
        elif status == Instrument.Status.EXPIRED or (expires_on and expires_on <= today):
            found[pk] = [Trouble(FlagWhy.EXPIRED, None)]
        elif status == Instrument.Status.AMENDED:
            # Marked by hand; the amendments that are known come before it.
            found[pk] = [Trouble(FlagWhy.AMENDED, None, is_new=pk in newly_amended)]
    amendments = (
        Instrument.objects.filter(chosen, amended_by__live=True)
        .order_by("-amended_by__effective_on", "-amended_by")
        .values_list("pk", "amended_by", "amended_by__effective_on")
    )
    known: dict[int, list[Trouble]] = {}
    for pk, cause, since in amendments:
        if since is None or since <= today:
            trouble = Trouble(FlagWhy.AMENDED, cause, since, pk in newly_amended)
            known.setdefault(pk, []).append(trouble)
    for pk, list_of in known.items():
        stronger = found.get(pk, [])
        if not stronger or stronger[0].why == FlagWhy.AMENDED:
            found[pk] = [*list_of, *stronger]
    return found


def _cited(
    open_flags: QuerySet[LegalFlag],
    troubled: Collection[int],
    today: date,
    bank: QuestionBank | None,
) -> dict[int, _Cited]:
    """Questions in use whose version may need a flag, and those that hold one, by their id."""
    version = Q(current_version__instrument__in=troubled) | Q(
        current_version__valid_until__lt=today
    )
    if bank is not None:
        version &= Q(bank=bank)
    rows = (
        Question.objects.filter(version | Q(pk__in=open_flags.values("question")))
        .filter(current_version__isnull=False)
        .exclude(state=QuestionState.RETIRED)
        .values_list(
            "pk",
            "current_version",
            "current_version__instrument",
            "current_version__created_at",
            "current_version__valid_until",
        )
    )
    return {
        pk: _Cited(pk, version_id, instrument_id, timezone.localdate(created_at), valid_until)
        for pk, version_id, instrument_id, created_at, valid_until in rows
    }


def _wanted(
    cited: Iterable[_Cited],
    troubles: dict[int, list[Trouble]],
    flags: list[LegalFlag],
    today: date,
) -> dict[_Reason, int | None]:
    """The flags that should be open → the instrument that is their cause."""
    open_now = {(flag.version_id, flag.instrument_id, flag.why, flag.cause_id) for flag in flags}
    settled = set(
        LegalFlag.objects.filter(
            resolution=FlagResolution.CONFIRMED, version=F("question__current_version")
        ).values_list("version", "instrument", "why", "cause")
    )
    wanted: dict[_Reason, int | None] = {}
    for row in cited:
        for trouble in _troubles_of(row, troubles, today):
            fact = (row.version_id, row.instrument_id, trouble.why.value, trouble.cause_id)
            reason = _Reason(row.question_id, row.instrument_id, trouble.why.value)
            if fact in settled or reason in wanted:
                continue
            if fact in open_now or _applies(trouble, row):
                wanted[reason] = trouble.cause_id
    return wanted


def _troubles_of(row: _Cited, troubles: dict[int, list[Trouble]], today: date) -> Iterator[Trouble]:
    if row.instrument_id is not None:
        yield from troubles.get(row.instrument_id, [])
    if row.valid_until is not None and row.valid_until < today:
        yield Trouble(FlagWhy.VALID_UNTIL, None)


def _applies(trouble: Trouble, row: _Cited) -> bool:
    """Whoever wrote a question after the amendment took effect wrote it with the amendment."""
    if trouble.why != FlagWhy.AMENDED or trouble.is_new:
        return True
    return trouble.since is not None and row.created_on < trouble.since


def _raise(
    wanted: dict[_Reason, int | None],
    flags: list[LegalFlag],
    cited: dict[int, _Cited],
    at: datetime,
) -> int:
    kept = {_reason(flag): flag for flag in flags if _is_current(flag, cited)}
    for reason, cause_id in wanted.items():
        flag = kept.get(reason)
        if flag is not None and flag.cause_id != cause_id:
            LegalFlag.objects.filter(pk=flag.pk).update(cause=cause_id)
    new = [
        LegalFlag(
            question_id=reason.question_id,
            version_id=cited[reason.question_id].version_id,
            instrument_id=reason.instrument_id,
            why=reason.why,
            cause_id=cause_id,
            raised_at=at,
        )
        for reason, cause_id in wanted.items()
        if reason not in kept
    ]
    LegalFlag.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def _close(flags: Iterable[LegalFlag], cited: dict[int, _Cited], at: datetime) -> None:
    by_resolution: dict[FlagResolution, list[int]] = {}
    for flag in flags:
        by_resolution.setdefault(_what_happened(flag, cited), []).append(flag.pk)
    for resolution, pks in by_resolution.items():
        for some in batched(pks, _BATCH):
            LegalFlag.objects.filter(pk__in=some, resolved_at__isnull=True).update(
                resolved_at=at, resolution=resolution
            )


def _what_happened(flag: LegalFlag, cited: dict[int, _Cited]) -> FlagResolution:
    row = cited.get(flag.question_id)
    if row is None:
        return FlagResolution.RETIRED
    if row.version_id != flag.version_id or row.instrument_id != flag.instrument_id:
        return FlagResolution.REWRITTEN
    return FlagResolution.WITHDRAWN


def _is_current(flag: LegalFlag, cited: dict[int, _Cited]) -> bool:
    row = cited.get(flag.question_id)
    return row is not None and row.version_id == flag.version_id


def _reason(flag: LegalFlag) -> _Reason:
    return _Reason(flag.question_id, flag.instrument_id, flag.why)
