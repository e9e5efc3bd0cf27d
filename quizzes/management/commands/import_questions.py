"""manage.py import_questions FILE --bank CODE"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.clock import read_clock
from quizzes.enums import Difficulty
from quizzes.importing.applying import ImportReport, apply_import, preview_import
from quizzes.importing.limits import UPLOAD_LIMITS
from quizzes.importing.messages import describe_unreadable, describe_with_place
from quizzes.importing.parsed import Format, ParseResult, UnreadableFile
from quizzes.importing.reading import read_questions
from quizzes.models import QuestionBank


class Command(BaseCommand):
    help = (
        "Nhập câu hỏi từ tệp Word, Excel, CSV, văn bản, GIFT, Moodle XML, Aiken hoặc QTI "
        "vào một ngân hàng câu hỏi."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--bank", required=True, metavar="CODE", help="mã ngân hàng câu hỏi")
        parser.add_argument("--format", choices=["auto", *Format], default="auto")
        parser.add_argument("--topic", default="", help="chuyên đề cho câu chưa có chuyên đề")
        parser.add_argument(
            "--difficulty", choices=Difficulty.values, default="", help="mức độ cho câu chưa có"
        )
        parser.add_argument("--approve", action="store_true", help="duyệt luôn các câu được nhập")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem kết quả, không ghi")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        bank = _find_bank(options["bank"])
        result = _read(options["file"], options["format"])
        if options["dry_run"]:
            report = preview_import(bank, result.questions, rejected=result.rejected)
        else:
            report = apply_import(
                bank,
                result.questions,
                by=None,
                at=read_clock(),
                rejected=result.rejected,
                topic=options["topic"],
                difficulty=options["difficulty"],
                approve=options["approve"],
            )
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report, result), ensure_ascii=False))
        else:
            self._print(report, result, is_trial=options["dry_run"])

    def _print(self, report: ImportReport, result: ParseResult, *, is_trial: bool) -> None:
        if is_trial:
            self.stdout.write(_("Chạy thử: chưa ghi gì vào ngân hàng."))
        self.stdout.write(
            _(
                "Mới: %(created)d. Cập nhật: %(updated)d. Không đổi: %(unchanged)d. "
                "Lỗi: %(rejected)d."
            )
            % {
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "rejected": len(report.rejected),
            }
        )
        for remark in (*result.remarks, *report.remarks):
            self.stdout.write(f"- {describe_with_place(remark, result.format)}")


def _find_bank(code: str) -> QuestionBank:
    bank = QuestionBank.objects.filter(code=code).first()
    if bank is not None:
        return bank
    known = ", ".join(QuestionBank.objects.order_by("code").values_list("code", flat=True)[:20])
    if known:
        raise CommandError(
            _("Không có ngân hàng câu hỏi mã “%(code)s”. Các mã hiện có: %(known)s.")
            % {"code": code, "known": known}
        )
    raise CommandError(
        _("Không có ngân hàng câu hỏi mã “%(code)s”. Hãy tạo ngân hàng tại trang /bank/ trước.")
        % {"code": code}
    )


def _read(path: Path, name: str) -> ParseResult:
    try:
        with path.open("rb") as file:
            data = file.read(UPLOAD_LIMITS.max_bytes + 1)
    except OSError as error:
        raise CommandError(
            _("Không mở được tệp %(path)s: %(reason)s.")
            % {"path": path, "reason": error.strerror or error}
        ) from error
    try:
        file_format = None if name == "auto" else Format(name)
        return read_questions(data, name=path.name, file_format=file_format)
    except UnreadableFile as error:
        raise CommandError(describe_unreadable(error)) from error


def _as_json(report: ImportReport, result: ParseResult) -> dict[str, Any]:
    """``row`` as in `parsed.Remark`."""
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": [
            {
                "row": remark.row,
                "field": remark.field.value,
                "message": describe_with_place(remark, result.format),
            }
            for remark in report.rejected
        ],
    }
