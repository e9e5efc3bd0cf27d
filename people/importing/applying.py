"""Take a roster into the accounts: what would happen, and doing it.

A re-import is an update. It never removes a person, never blanks what the file leaves empty, never
opens a closed account, never touches a password.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import Conflict
from core.vietnamese import fold
from people.importing.matching import Match, match_records
from people.importing.problems import Field, Problem, ProblemCode, Severity
from people.importing.records import RejectedRow, Roster, RosterRecord
from people.models import RosterImport, Unit, User

_BATCH = 1_000
_UPDATED_FIELDS = [
    "full_name",
    "sort_key",
    "search_key",
    "staff_code",
    "phone",
    "email",
    "birth_date",
    "job_title",
    "unit",
]

_KINDS = {
    "phuong": Unit.Kind.WARD,
    "xa": Unit.Kind.COMMUNE,
    "dac khu": Unit.Kind.COMMUNE,
    "quan": Unit.Kind.DISTRICT,
    "huyen": Unit.Kind.DISTRICT,
    "so": Unit.Kind.DEPARTMENT,
    "phong": Unit.Kind.OFFICE,
    "trung tam": Unit.Kind.OFFICE,
    "van phong": Unit.Kind.OFFICE,
}


@dataclass(frozen=True, slots=True)
class RosterReport:
    """`rejected` holds one row each, in the order of the file; `new_units` are names."""

    created: int
    updated: int
    unchanged: int
    rejected: tuple[RejectedRow, ...]
    warnings: tuple[Problem, ...]
    new_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    report: RosterReport
    matches: list[Match]
    units: dict[str, Unit]
    changed: list[User]


def preview_roster(
    roster: Roster,
    *,
    by: User | None,
    parent: Unit | None = None,
    default_unit: Unit | None = None,
) -> RosterReport:
    """What `apply_roster` would do now. Writes nothing."""
    return _plan(roster, parent, default_unit, by=by, today=timezone.localdate()).report


def apply_roster(
    roster: Roster,
    *,
    roster_import: RosterImport,
    by: User | None,
    at: datetime,
    parent: Unit | None = None,
    default_unit: Unit | None = None,
) -> RosterReport:
    """Create and update accounts and units, all or nothing; new people have no usable password.

    Units are found by folded name among the current units under `parent` (everywhere when None)
    and created as its children. People without a unit in the file go to `default_unit`; people
    already here keep theirs. Rows for accounts that `by` may not keep are rejected; `by` is None
    for the command line only. Raises Conflict when someone else wrote the same accounts meanwhile.
    """
    try:
        with transaction.atomic():
            plan = _plan(roster, parent, default_unit, by=by, today=timezone.localdate(at))
            units = {**plan.units, **_create_units(plan.report.new_units, parent)}
            _write_people(plan, units, default_unit, at=at)
            report = plan.report
            audit.record(
                "people.roster_imported",
                roster_import,
                by=by,
                at=at,
                summary=_(
                    "Nhập danh sách “%(file)s”: thêm %(created)s, cập nhật %(updated)s, "
                    "giữ nguyên %(unchanged)s, không nhận %(rejected)s"
                )
                % {
                    "file": roster_import.file_name[:100],
                    "created": report.created,
                    "updated": report.updated,
                    "unchanged": report.unchanged,
                    "rejected": len(report.rejected),
                },
            )
    except IntegrityError as error:
        raise Conflict(
            _("Danh sách cán bộ vừa được người khác thay đổi. Hãy xem lại rồi nhập lần nữa.")
        ) from error
    return report


def _plan(
    roster: Roster,
    parent: Unit | None,
    default_unit: Unit | None,
    *,
    by: User | None,
    today: date,
) -> _Plan:
    matches = match_records(roster.records, by=by)
    units, new_units = _find_units(matches, parent, today=today)
    taken = [match for match in matches if not match.is_rejected]
    changed = [
        match.user
        for match in taken
        if match.user and _update(match.user, match.record, units, default_unit)
    ]
    created = sum(match.user is None for match in taken)
    refused = [
        RejectedRow(m.record.row, _texts(m.record), tuple(_errors(m.problems)))
        for m in matches
        if m.is_rejected
    ]
    return _Plan(
        RosterReport(
            created=created,
            updated=len(changed),
            unchanged=len(taken) - created - len(changed),
            rejected=tuple(sorted([*roster.rejected, *refused], key=lambda row: row.row)),
            warnings=(*roster.warnings, *_warnings(matches)),
            new_units=tuple(new_units),
        ),
        taken,
        units,
        changed,
    )


def _find_units(
    matches: Sequence[Match], parent: Unit | None, *, today: date
) -> tuple[dict[str, Unit], list[str]]:
    """Folded name → unit, and the names to create. Rows of an ambiguous name are rejected."""
    wanted: dict[str, str] = {}
    for match in matches:
        if match.record.unit_name and not match.is_rejected:
            wanted.setdefault(fold(match.record.unit_name), match.record.unit_name)
    scope = Unit.objects.all()
    if parent:
        scope = scope.filter(path__startswith=parent.path, depth__gt=parent.depth)
    candidates: dict[str, list[Unit]] = {}
    for unit in scope.filter(search_key__in=list(wanted)).order_by("path"):
        if unit.valid_to is None or unit.valid_to >= today:
            candidates.setdefault(unit.search_key, []).append(unit)
    found: dict[str, Unit] = {}
    ambiguous: dict[str, int] = {}
    for key, units in candidates.items():
        best = _best(units, wanted[key], parent)
        if best is None:
            ambiguous[key] = len(units)
        else:
            found[key] = best
    for match in matches:
        key = fold(match.record.unit_name) if match.record.unit_name and ambiguous else ""
        if key in ambiguous:
            match.report(
                Field.UNIT,
                ProblemCode.UNIT_AMBIGUOUS,
                value=match.record.unit_name,
                count=ambiguous[key],
            )
    new = [name for key, name in wanted.items() if key not in found and key not in ambiguous]
    return found, new


def _best(units: list[Unit], name: str, parent: Unit | None) -> Unit | None:
    """The only one; else the only child of `parent`; else the only one with these very letters."""
    depth = parent.depth + 1 if parent else 1
    for choice in (
        units,
        [unit for unit in units if unit.depth == depth],
        [unit for unit in units if unit.name.casefold() == name.casefold()],
    ):
        if len(choice) == 1:
            return choice[0]
    return None


def _create_units(names: Iterable[str], parent: Unit | None) -> dict[str, Unit]:
    created: dict[str, Unit] = {}
    for name in names:
        unit = Unit(name=name, kind=kind_of(name))
        # treebeard counts children in memory: ask the database for the parent each time
        node = Unit.objects.get(pk=parent.pk).add_child(instance=unit) if parent else None
        created[fold(name)] = node or Unit.add_root(instance=unit)
    return created


def kind_of(name: str) -> Unit.Kind:
    """The kind that the first words of a unit's name say."""
    folded = f"{fold(name)} ".removeprefix("ubnd ").removeprefix("uy ban nhan dan ")
    for words, kind in _KINDS.items():
        if folded.startswith(f"{words} "):
            return kind
    return Unit.Kind.OTHER


def _update(
    user: User, record: RosterRecord, units: dict[str, Unit], default_unit: Unit | None
) -> bool:
    """Put what the row says on the account in memory; whether anything differs."""
    before = [getattr(user, name) for name in _RECORD_FIELDS] + [user.unit_id]
    _fill(user, record)
    new_unit = False
    if record.unit_name:
        unit = units.get(fold(record.unit_name))
        if unit is None:
            new_unit = True
        else:
            user.unit_id = unit.pk
    elif user.unit_id is None and default_unit:
        user.unit_id = default_unit.pk
    after = [getattr(user, name) for name in _RECORD_FIELDS] + [user.unit_id]
    return new_unit or before != after


_RECORD_FIELDS = ("full_name", "staff_code", "phone", "email", "birth_date", "job_title")


def _fill(user: User, record: RosterRecord) -> None:
    for name in _RECORD_FIELDS:
        if value := getattr(record, name):
            setattr(user, name, value)


def _write_people(
    plan: _Plan, units: dict[str, Unit], default_unit: Unit | None, *, at: datetime
) -> None:
    new: list[User] = []
    changed = {user.pk for user in plan.changed}
    for match in plan.matches:
        unit = units.get(fold(match.record.unit_name)) if match.record.unit_name else None
        if match.user is None:
            user = User(date_joined=at, unit=unit or default_unit)
            _fill(user, match.record)
            user.set_unusable_password()
            user.normalise()
            new.append(user)
        elif match.user.pk in changed:
            if unit:
                match.user.unit = unit
            match.user.normalise()
    User.objects.bulk_create(new, batch_size=_BATCH)
    # an upsert by primary key: one statement a batch, where bulk_update writes a CASE per field
    User.objects.bulk_create(
        plan.changed,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_UPDATED_FIELDS,
    )


def _texts(record: RosterRecord) -> dict[Field, str]:
    texts: dict[Field, Any] = {
        Field.STAFF_CODE: record.staff_code,
        Field.FULL_NAME: record.full_name,
        Field.BIRTH_DATE: f"{record.birth_date:%d/%m/%Y}" if record.birth_date else "",
        Field.JOB_TITLE: record.job_title,
        Field.UNIT: record.unit_name,
        Field.PHONE: record.phone,
        Field.EMAIL: record.email,
    }
    return {key: text for key, text in texts.items() if text}


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _warnings(matches: Iterable[Match]) -> list[Problem]:
    return [p for m in matches if not m.is_rejected for p in m.problems]
