"""Who is in a contest: the roster snapshot and what the organisers decide about an entry.

Every decision is recorded in the audit log in the same transaction, with its reason, and can be
undone. Nothing here deletes an entry.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.audit import record, required_reason
from core.errors import DomainError
from people.models import Unit, User
from quizzes import consequences, rules
from quizzes.enums import ContestAct
from quizzes.models import Contest, ContestUnit, Entry

BATCH_SIZE = 1000
MAX_EXTRA_SECONDS = 4 * 60 * 60


class EntryError(DomainError):
    """A refused decision about an entry."""


@dataclass(frozen=True, slots=True)
class BarredPerson:
    user_id: int
    full_name: str
    unit_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What a snapshot did. ``moved``: already in the list, now working in another unit; the list
    keeps the unit they had, a person decides."""

    added_count: int = 0
    already_in_count: int = 0
    barred: list[BarredPerson] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    empty_units: list[str] = field(default_factory=list)


def take_roster(
    contest: Contest, units: Iterable[Unit], *, by: User | None, at: datetime
) -> RosterReport:
    """Copy the active people of ``units`` into the contest's list, with name and unit as of now.

    Only the units themselves, not those below them. Repeating it adds who is new and changes
    nothing about who is in. Headcounts grow by what was added. A constant number of statements
    per thousand people. Raises EntryError when no unit was chosen.
    """
    chosen = sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: unit.pk)
    if not chosen:
        raise EntryError(_("Hãy chọn ít nhất một đơn vị."))
    with transaction.atomic():
        Contest.objects.select_for_update().get(pk=contest.pk)
        contest_units = _contest_units(contest, chosen)
        people = list(
            User.objects.filter(unit__in=chosen, is_active=True)
            .only("full_name", "sort_key", "search_key", "job_title", "unit_id")
            .order_by("pk")
        )
        listed = dict(contest.entries.values_list("user_id", "contest_unit__unit_id"))
        barred = rules.barred_reasons(contest)
        report = _sort_out(people, listed, barred, contest_units)
        new = [
            _snapshot(contest, person, contest_units[person.unit_id or 0], at)
            for person in people
            if person.pk not in listed and person.pk not in barred
        ]
        Entry.objects.bulk_create(new, batch_size=BATCH_SIZE)
        _grow_headcounts(new)
        record(
            ContestAct.ROSTER_TAKEN,
            contest,
            by=by,
            at=at,
            contest_id=contest.pk,
            summary=f"Chốt danh sách: thêm {len(new)} thí sinh của {len(chosen)} đơn vị",
            data={
                "units": [unit.pk for unit in chosen],
                "added": len(new),
                "barred": [{"user": item.user_id, "reason": item.reason} for item in report.barred],
            },
        )
    return report


def _contest_units(contest: Contest, units: Sequence[Unit]) -> dict[int, ContestUnit]:
    known = {item.unit_id: item for item in contest.units.all()}
    blocks = dict(
        Unit.objects.filter(pk__in=[unit.pk for unit in units]).values_list("pk", "block__name")
    )
    ContestUnit.objects.bulk_create(
        [
            ContestUnit(
                contest=contest,
                unit=unit,
                unit_name=unit.name,
                block_name=blocks.get(unit.pk) or "",
                headcount=0,
            )
            for unit in units
            if unit.pk not in known
        ],
        batch_size=BATCH_SIZE,
    )
    return {item.unit_id: item for item in contest.units.all()}


def _sort_out(
    people: Sequence[User],
    listed: dict[int, int],
    barred: dict[int, str],
    contest_units: dict[int, ContestUnit],
) -> RosterReport:
    added = already_in = 0
    refused: list[BarredPerson] = []
    moved: list[str] = []
    for person in people:
        unit = contest_units[person.unit_id or 0]
        if person.pk in listed:
            already_in += 1
            if listed[person.pk] != person.unit_id:
                moved.append(f"{person.full_name} ({unit.unit_name})")
        elif person.pk in barred:
            refused.append(
                BarredPerson(person.pk, person.full_name, unit.unit_name, barred[person.pk])
            )
        else:
            added += 1
    with_people = {person.unit_id for person in people}
    empty = [unit.unit_name for pk, unit in contest_units.items() if pk not in with_people]
    return RosterReport(added, already_in, refused, moved, empty)


def _snapshot(contest: Contest, person: User, unit: ContestUnit, at: datetime) -> Entry:
    return Entry(
        contest=contest,
        user=person,
        contest_unit=unit,
        full_name=person.full_name,
        sort_key=person.sort_key,
        search_key=person.search_key,
        job_title=person.job_title,
        entered_at=at,
    )


def _grow_headcounts(new: Sequence[Entry]) -> None:
    added = Counter(entry.contest_unit_id for entry in new)
    by_size: dict[int, list[int]] = {}
    for unit_id, count in added.items():
        by_size.setdefault(count, []).append(unit_id)
    # One statement per distinct size: never more than the units chosen.
    for count, unit_ids in by_size.items():
        ContestUnit.objects.filter(pk__in=unit_ids).update(headcount=F("headcount") + count)


def set_headcount(
    contest_unit: ContestUnit,
    *,
    headcount: int,
    reason: str,
    by: User,
    at: datetime,
) -> ContestUnit:
    """Correct the closed list of a unit: people without an account count too."""
    reason = required_reason(reason)
    with transaction.atomic():
        unit = ContestUnit.objects.select_for_update().get(pk=contest_unit.pk)
        if headcount < unit.exempt_count:
            raise EntryError(_("Số người trong danh sách không thể ít hơn số người được miễn."))
        before, unit.headcount = unit.headcount, headcount
        unit.save(update_fields=["headcount"])
        record(
            ContestAct.HEADCOUNT_SET,
            unit,
            by=by,
            at=at,
            contest_id=unit.contest_id,
            reason=reason,
            summary=f"{unit.unit_name}: số người trong danh sách {before} → {headcount}",
            data={"before": before, "after": headcount},
        )
    return unit


def mark_invalid(entry: Entry, *, reason: str, by: User, at: datetime) -> Entry:
    """The entry no longer counts, its facts stay. Repeating it on an invalid entry changes
    nothing. Published standings follow at once, others at the next computation."""
    reason = required_reason(reason)
    with transaction.atomic():
        held = consequences.hold_closed_rounds(entry.contest_id)
        entry = _locked(entry)
        if entry.invalid_at is not None:
            return entry
        entry.invalid_at, entry.invalid_reason = at, reason
        entry.save(update_fields=["invalid_at", "invalid_reason"])
        _record(ContestAct.MARKED_INVALID, entry, by, at, "đánh dấu không hợp lệ", reason)
        consequences.recompute_published(held, reason=reason, by=by, at=at)
    return entry


def restore(entry: Entry, *, reason: str, by: User, at: datetime) -> Entry:
    """Undo ``mark_invalid``, in published standings too; the log keeps the old reason."""
    reason = required_reason(reason)
    with transaction.atomic():
        held = consequences.hold_closed_rounds(entry.contest_id)
        entry = _locked(entry)
        if entry.invalid_at is None:
            return entry
        before = {"invalid_at": entry.invalid_at.isoformat(), "reason": entry.invalid_reason}
        entry.invalid_at, entry.invalid_reason = None, ""
        entry.save(update_fields=["invalid_at", "invalid_reason"])
        _record(ContestAct.RESTORED, entry, by, at, "khôi phục hợp lệ", reason, before=before)
        consequences.recompute_published(held, reason=reason, by=by, at=at)
    return entry


def exempt(entry: Entry, *, reason: str, by: User, at: datetime) -> Entry:
    """Leave the person out of the denominator of their unit's participation."""
    reason = required_reason(reason)
    with transaction.atomic():
        entry = _locked(entry)
        if entry.is_exempt:
            return entry
        counted = ContestUnit.objects.filter(
            pk=entry.contest_unit_id, exempt_count__lt=F("headcount")
        ).update(exempt_count=F("exempt_count") + 1)
        if not counted:
            raise EntryError(_("Số người được miễn đã bằng số người trong danh sách của đơn vị."))
        entry.is_exempt, entry.exempt_reason = True, reason
        entry.save(update_fields=["is_exempt", "exempt_reason"])
        _record(ContestAct.EXEMPTED, entry, by, at, "miễn dự thi", reason)
    return entry


def withdraw_exemption(entry: Entry, *, reason: str, by: User, at: datetime) -> Entry:
    reason = required_reason(reason)
    with transaction.atomic():
        entry = _locked(entry)
        if not entry.is_exempt:
            return entry
        before = {"reason": entry.exempt_reason}
        entry.is_exempt, entry.exempt_reason = False, ""
        entry.save(update_fields=["is_exempt", "exempt_reason"])
        ContestUnit.objects.filter(pk=entry.contest_unit_id, exempt_count__gt=0).update(
            exempt_count=F("exempt_count") - 1
        )
        _record(ContestAct.EXEMPTION_ENDED, entry, by, at, "bỏ miễn dự thi", reason, before=before)
    return entry


def grant_extra_time(
    entries: Entry | Collection[Entry], *, seconds: int, reason: str, by: User, at: datetime
) -> int:
    """Give a person, or everyone of a unit, ``seconds`` more for papers they start from now on.

    Sets the amount, does not add to an earlier one; 0 takes it back. For a paper under way use
    ``rounds.extend_attempt``. Returns how many entries changed.
    """
    reason = required_reason(reason)
    if not 0 <= seconds <= MAX_EXTRA_SECONDS:
        raise EntryError(_("Thời gian cộng thêm từ 0 đến 240 phút."))
    ids = [entries.pk] if isinstance(entries, Entry) else [entry.pk for entry in entries]
    with transaction.atomic():
        locked = list(Entry.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        changed = [entry for entry in locked if entry.extra_seconds != seconds]
        Entry.objects.filter(pk__in=[entry.pk for entry in changed]).update(
            extra_seconds=seconds, extra_reason=reason if seconds else ""
        )
        if changed:
            _record(
                ContestAct.EXTRA_TIME,
                changed[0],
                by,
                at,
                _extra_time_act(seconds, len(changed)),
                reason,
                before={entry.pk: entry.extra_seconds for entry in changed},
                after=seconds,
            )
    return len(changed)


def _extra_time_act(seconds: int, count: int) -> str:
    others = f" và {count - 1} người khác" if count > 1 else ""
    amount = f"cộng {seconds // 60} phút {seconds % 60} giây" if seconds else "bỏ thời gian cộng"
    return f"{amount}{others}"


def set_draw_order(
    entry: Entry, *, order: int | None, witness: str, by: User, at: datetime
) -> Entry:
    """Record the lot drawn by hand among those still equal; ``witness`` is who saw it."""
    if order is not None and order < 1:
        raise EntryError(_("Thứ tự bốc thăm bắt đầu từ 1."))
    reason = required_reason(witness)
    with transaction.atomic():
        entry = _locked(entry)
        before = {"draw_order": entry.draw_order}
        if entry.draw_order == order:
            return entry
        entry.draw_order = order
        entry.save(update_fields=["draw_order"])
        act = "bỏ kết quả bốc thăm" if order is None else f"bốc thăm được thứ tự {order}"
        _record(ContestAct.LOT_DRAWN, entry, by, at, act, reason, before=before)
    return entry


def _locked(entry: Entry) -> Entry:
    return Entry.objects.select_for_update().get(pk=entry.pk)


def _record(
    action: str, entry: Entry, by: User, at: datetime, act: str, reason: str, **data: Any
) -> None:
    record(
        action,
        entry,
        by=by,
        at=at,
        contest_id=entry.contest_id,
        summary=f"{entry.full_name}: {act}",
        reason=reason,
        data=data,
    )
