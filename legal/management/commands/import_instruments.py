"""Take a spreadsheet of instruments into the catalogue from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import DomainError
from legal.importing.applying import apply_catalogue, as_counts, report_of
from legal.importing.planning import plan_import
from legal.importing.uploading import read_file


class Command(BaseCommand):
    help = "Nhập danh mục văn bản từ tệp .xlsx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            catalogue = read_file(options["file"].read_bytes())
            if options["dry_run"]:
                report = report_of(plan_import(catalogue))
            else:
                report = apply_catalogue(catalogue)
        except OSError as error:
            raise CommandError(_("Không đọc được tệp: %s") % error.strerror) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        counts = as_counts(report)
        if options["json"]:
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        if options["dry_run"]:
            self.stdout.write(_("Xem trước, chưa ghi gì."))
        self.stdout.write(
            _("Thêm %(created)s, cập nhật %(updated)s, giữ nguyên %(unchanged)s văn bản.") % counts
        )
        for rejected in counts["rejected"]:
            self.stdout.write(
                _("Dòng %(row)s không nhận. %(reasons)s")
                % {"row": rejected["row"], "reasons": rejected["message"]}
            )
