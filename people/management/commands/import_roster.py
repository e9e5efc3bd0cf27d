"""Take a roster file into the accounts from the command line."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.clock import read_clock
from core.errors import DomainError
from people.importing import messages
from people.importing.applying import RosterReport, preview_roster
from people.importing.problems import UnusableFile
from people.importing.reading import read_sheets
from people.importing.records import Roster, read_roster
from people.importing.reporting import as_counts
from people.importing.uploading import apply_and_keep_report
from people.models import RosterImport, Unit


class Command(BaseCommand):
    help = "Nhập danh sách cán bộ từ tệp .xlsx hoặc .csv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument("--parent", metavar="MÃ", help="mã đơn vị cấp trên của các đơn vị")
        parser.add_argument("--unit", metavar="MÃ", help="mã đơn vị cho người không ghi đơn vị")
        parser.add_argument(
            "--convert-old-fonts", action="store_true", help="chuyển chữ TCVN3, VNI sang Unicode"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = read_clock()
        parent, unit = self._unit(options["parent"]), self._unit(options["unit"])
        path: Path = options["file"]
        try:
            roster = read_roster(
                read_sheets(path.read_bytes(), name=path.name),
                today=timezone.localdate(at),
                default_unit=unit is not None,
                accept_conversion=options["convert_old_fonts"],
            )
            if options["dry_run"]:
                report = preview_roster(roster, by=None, parent=parent, default_unit=unit)
            else:
                report = _apply(
                    roster,
                    RosterImport(
                        file_name=path.name[:200],
                        parent=parent,
                        default_unit=unit,
                        accept_conversion=options["convert_old_fonts"],
                        created_at=at,
                    ),
                    at=at,
                )
        except OSError as error:
            raise CommandError(_("Không đọc được tệp: %s") % error.strerror) from error
        except UnusableFile as error:
            raise CommandError(messages.describe_file(error)) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_counts(report), ensure_ascii=False))
        else:
            self._print(report, roster, dry_run=options["dry_run"])

    def _unit(self, code: str | None) -> Unit | None:
        if code is None:
            return None
        try:
            return Unit.objects.get(code=code)
        except Unit.DoesNotExist as error:
            raise CommandError(_("Không có đơn vị mã “%s”.") % code) from error

    def _print(self, report: RosterReport, roster: Roster, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Xem trước, chưa ghi gì."))
        self.stdout.write(
            _("Thêm %(created)s, cập nhật %(updated)s, giữ nguyên %(unchanged)s người.")
            % {
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
            }
        )
        for name in report.new_units:
            self.stdout.write(_("Đơn vị mới: %s") % name)
        for rejected in report.rejected:
            reasons = messages.describe_all(rejected.problems)
            self.stdout.write(
                _("Dòng %(row)s không nhận. %(reasons)s")
                % {"row": rejected.row, "reasons": reasons}
            )
        for problem in report.warnings:
            self.stdout.write(
                _("Dòng %(row)s, lưu ý. %(reasons)s.")
                % {"row": problem.row, "reasons": messages.describe_with_field(problem)}
            )
        for ignored in roster.ignored:
            self.stdout.write(
                _("Dòng %(row)s bỏ qua (%(reason)s): %(text)s")
                % {
                    "row": ignored.row,
                    "reason": messages.IGNORED_LABELS[ignored.reason],
                    "text": ignored.text,
                }
            )


@transaction.atomic
def _apply(roster: Roster, roster_import: RosterImport, *, at: datetime) -> RosterReport:
    roster_import.save()
    return apply_and_keep_report(roster, roster_import, by=None, at=at)
