"""One roster file on its way: kept privately, read as the organiser maps it, applied once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError
from core.jobs import Progress, start_job
from core.sheets import Sheet
from people.importing import messages
from people.importing.applying import RosterReport, apply_roster, preview_roster
from people.importing.columns import Header, find_header, header_at, map_columns
from people.importing.problems import Field, UnusableFile
from people.importing.reading import read_sheets
from people.importing.records import Roster, Watch, read_records
from people.importing.reporting import as_result
from people.models import RosterImport, User

# More people than this are applied in the background.
INLINE_PEOPLE = 300


class UnreadableRoster(DomainError):
    """The uploaded file cannot be used; the message says why and what to do."""


def keep_upload(upload: UploadedFile[Any], *, by: User, at: datetime) -> RosterImport:
    """Keep the file privately if it can be read at all. Raises UnreadableRoster."""
    try:
        sheets = read_sheets(upload.read(), name=upload.name or "")
    except UnusableFile as error:
        raise UnreadableRoster(messages.describe_file(error)) from error
    upload.seek(0)
    roster_import = RosterImport(
        file_name=(upload.name or "")[-200:],
        sheet_name=_sheet_with_header(sheets).name[:100],
        created_by=by,
        created_at=at,
    )
    suffix = ".xlsx" if (upload.name or "").lower().endswith(".xlsx") else ".csv"
    roster_import.file.save(f"{at:%Y%m%d%H%M%S}{suffix}", upload, save=False)
    roster_import.save()
    return roster_import


def open_sheets(roster_import: RosterImport) -> list[Sheet]:
    """Raises UnreadableRoster; also when the file has been applied and is gone."""
    if not roster_import.file:
        raise UnreadableRoster(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải lên lại."))
    try:
        with roster_import.file.open("rb") as file:
            return read_sheets(file.read(), name=roster_import.file.name or "")
    except FileNotFoundError as error:
        raise UnreadableRoster(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải lên lại.")) from error
    except UnusableFile as error:
        raise UnreadableRoster(messages.describe_file(error)) from error


def chosen_sheet(roster_import: RosterImport, sheets: list[Sheet]) -> Sheet:
    return next((s for s in sheets if s.name[:100] == roster_import.sheet_name), sheets[0])


def current_header(roster_import: RosterImport, sheet: Sheet) -> Header:
    """The header as found, or as the organiser says. Row 1 when none is found: map it by hand."""
    mapping: dict[str, Any] = roster_import.mapping
    row = mapping.get("header_row")
    try:
        header = find_header(sheet) if row is None else header_at(sheet, row - 1)
    except UnusableFile:
        header = header_at(sheet, 0)
    columns = {
        int(index): Field(name) if name else None
        for index, name in mapping.get("columns", {}).items()
    }
    known = {column.index for column in header.columns}
    return map_columns(header, {i: field for i, field in columns.items() if i in known})


def load_roster(roster_import: RosterImport, *, at: datetime, watch: Watch | None = None) -> Roster:
    """The people of the file as it is mapped now. Raises UnreadableRoster."""
    sheet = chosen_sheet(roster_import, open_sheets(roster_import))
    try:
        return read_records(
            sheet,
            current_header(roster_import, sheet),
            today=timezone.localdate(at),
            default_unit=roster_import.default_unit_id is not None,
            accept_conversion=roster_import.accept_conversion,
            watch=watch,
        )
    except UnusableFile as error:
        raise UnreadableRoster(messages.describe_file(error)) from error


def preview_import(
    roster_import: RosterImport, *, by: User, at: datetime
) -> tuple[Roster, RosterReport]:
    roster = load_roster(roster_import, at=at)
    report = preview_roster(
        roster, by=by, parent=roster_import.parent, default_unit=roster_import.default_unit
    )
    return roster, report


def apply_import(
    roster_import: RosterImport, *, by: User | None, at: datetime, progress: Progress | None = None
) -> None:
    """Apply the file once, keep the report, let the file go. A repeat does nothing."""

    def report(row_count: int, total_count: int, stage: str) -> None:
        """Reading is half of the way. Writing is one transaction: nobody sees into it."""
        if progress:
            progress(row_count, 2 * total_count, stage=stage)

    reading = _("Đang đọc và kiểm tra từng dòng")
    roster = load_roster(
        roster_import, at=at, watch=lambda done, total: report(done, total, reading)
    )
    total = len(roster.records)
    report(total, total, _("Đang đối chiếu và ghi vào danh sách"))
    with transaction.atomic():
        locked = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
        if locked.applied_at:
            return
        apply_and_keep_report(roster, locked, by=by, at=at)
        kept_file = locked.file.name or ""
        locked.file = ""
        locked.save(update_fields=["file"])
        storage = roster_import.file.storage
        transaction.on_commit(lambda: storage.delete(kept_file))
    report(2 * total, total, "")


def apply_and_keep_report(
    roster: Roster, roster_import: RosterImport, *, by: User | None, at: datetime
) -> RosterReport:
    """Call it in a transaction, with the row locked or new."""
    report = apply_roster(
        roster,
        roster_import=roster_import,
        by=by,
        at=at,
        parent=roster_import.parent,
        default_unit=roster_import.default_unit,
    )
    roster_import.applied_at = at
    roster_import.result = as_result(report)
    roster_import.save(update_fields=["applied_at", "result"])
    return report


def start_applying(roster_import: RosterImport, *, by: User, at: datetime) -> None:
    """Apply now, or in the background when there are many people. Raises DomainError."""
    from people.tasks import apply_roster_import

    count = len(load_roster(roster_import, at=at).records)
    if count <= INLINE_PEOPLE:
        apply_import(roster_import, by=by, at=at)
        return
    with transaction.atomic():
        locked = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
        if locked.applied_at or (locked.job and not locked.job.is_finished):
            raise Conflict(_("Tệp này đang được nhập hoặc đã nhập xong."))
        locked.job = start_job(
            apply_roster_import,
            kind="people.roster_import",
            by=by,
            at=at,
            parameters={"roster_import_id": locked.pk},
            total_count=count,
        )
        locked.save(update_fields=["job"])


def discard_import(roster_import: RosterImport) -> None:
    """Let an upload go that has not been applied, with its file."""
    if roster_import.applied_at or (roster_import.job and not roster_import.job.is_finished):
        raise Conflict(_("Tệp này đang được nhập hoặc đã nhập xong."))
    roster_import.file.delete(save=False)
    roster_import.delete()


def _sheet_with_header(sheets: list[Sheet]) -> Sheet:
    for sheet in sheets:
        try:
            find_header(sheet)
        except UnusableFile:
            continue
        return sheet
    return sheets[0]
