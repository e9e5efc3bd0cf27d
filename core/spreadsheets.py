"""Writing .xlsx by XlsxWriter in constant memory. No cell we write can start a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, and an Excel number format or None."""

    heading: str
    width: int = 16
    number_format: str | None = None


def write_workbook(
    target: IO[bytes],
    *,
    sheet_name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
) -> int:
    """Write one sheet (title, heading row, rows) and return the number of data rows.

    Text is written as text whatever it begins with (``=``, ``+``, ``-``, ``@``): XlsxWriter's
    guessing of formulas, links and numbers is off and strings go through ``write_string`` only.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(target, options)
    sheet = workbook.add_worksheet(sheet_name[:31])
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    heading = workbook.add_format({"bold": True, "font_size": 14})
    formats = [
        workbook.add_format({"num_format": column.number_format, "valign": "top"})
        if column.number_format
        else workbook.add_format({"text_wrap": True, "valign": "top"})
        for column in columns
    ]
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.write_string(0, 0, title, heading)
    for index, column in enumerate(columns):
        sheet.write_string(2, index, column.heading, bold)
    sheet.freeze_panes(3, 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write_cell(sheet, count + 2, index, value, formats[index])
    workbook.close()
    return count


def _write_cell(sheet: Any, row: int, column: int, value: Any, cell_format: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, cell_format)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, cell_format)
    elif isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None)
        sheet.write_datetime(row, column, local, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), cell_format)
    else:
        sheet.write_string(row, column, str(value), cell_format)
