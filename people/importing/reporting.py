"""A roster report as data: what `--json` prints, what an import keeps, what the .xlsx shows."""

from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _

from core.spreadsheets import Column, write_workbook
from people.importing import messages
from people.importing.applying import RosterReport
from people.importing.problems import Field, Problem
from people.importing.records import RejectedRow

_SHOWN = (
    Field.STAFF_CODE,
    Field.FULL_NAME,
    Field.BIRTH_DATE,
    Field.JOB_TITLE,
    Field.UNIT,
    Field.PHONE,
    Field.EMAIL,
)


def as_counts(report: RosterReport) -> dict[str, Any]:
    """`{"created": n, "updated": n, "unchanged": n, "rejected": [{"row", "field", "message"}]}`.

    One object per rejected row: `field` is its first bad field, `message` names every problem.
    """
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": [
            {
                "row": rejected.row,
                "field": str(rejected.problems[0].field),
                "message": messages.describe_all(rejected.problems),
            }
            for rejected in report.rejected
        ],
    }


def as_result(report: RosterReport) -> dict[str, Any]:
    """What `RosterImport.result` keeps: the counts, and the rows that somebody has to look at."""
    return {
        **as_counts(report),
        "rejected": list(map(_rejected, report.rejected)),
        "warnings": [_warning(problem) for problem in report.warnings],
        "new_units": list(report.new_units),
    }


def _rejected(rejected: RejectedRow) -> dict[str, Any]:
    return {
        "row": rejected.row,
        "field": str(rejected.problems[0].field),
        "message": messages.describe_all(rejected.problems),
        "texts": {str(key): text for key, text in rejected.texts.items() if key in _SHOWN},
    }


def _warning(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "field": str(problem.field),
        "message": messages.describe_with_field(problem),
    }


def write_report(target: IO[bytes], *, file_name: str, result: dict[str, Any]) -> None:
    """The rows that were not taken and the remarks, as .xlsx, to be put right and sent again."""
    columns = [
        Column(_("Dòng"), 8),
        Column(_("Kết quả"), 14),
        Column(_("Lý do"), 60),
        *(Column(str(messages.FIELD_LABELS[key]), 20) for key in _SHOWN),
    ]
    write_workbook(
        target,
        sheet_name=_("Kết quả nhập"),
        title=_("Kết quả nhập danh sách: %(file)s") % {"file": file_name},
        columns=columns,
        rows=_report_rows(result),
    )


def _report_rows(result: dict[str, Any]) -> Iterable[list[Any]]:
    marked = [(_("Không nhận"), entry) for entry in result.get("rejected", [])]
    marked += [(_("Lưu ý"), entry) for entry in result.get("warnings", [])]
    for mark, entry in sorted(marked, key=lambda pair: pair[1]["row"]):
        texts = entry.get("texts", {})
        yield [entry["row"], mark, entry["message"], *(texts.get(key, "") for key in _SHOWN)]
