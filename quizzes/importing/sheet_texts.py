"""The sheets of an Excel or CSV file as the texts their author sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.sheets import Cell, MergedRange, Sheet, read_csv, read_workbook
from core.uploads import open_package
from quizzes.importing.limits import SHEET_LIMITS, refusing
from quizzes.importing.parsed import Field, Remark, Severity, UnreadableFile
from quizzes.importing.text_files import decode_text

_HIDDEN_ROW = re.compile(rb"<(?:\w{1,20}:)?row\s[^<>]{0,400}\bhidden=\"(?:1|true)\"")
_HIDDEN_SHEET = re.compile(rb"<(?:\w{1,20}:)?sheet\s[^<>]{0,400}\bstate=\"(?:hidden|veryHidden)\"")


@dataclass(frozen=True, slots=True)
class TextSheet:
    """``rows[0]`` is line 1. ``rewritten``: (column, remark) for each cell whose text Excel does
    not keep, the remark's ``row`` being its line."""

    name: str
    rows: list[list[str]]
    merged: tuple[MergedRange, ...] = ()
    rewritten: tuple[tuple[int, Remark], ...] = ()


def read_sheets(data: bytes) -> list[TextSheet]:
    """The visible sheets, or the one sheet of a CSV file. Raises UnreadableFile."""
    with refusing():
        if data.startswith(b"PK"):
            sheets = [_as_texts(sheet) for sheet in read_workbook(data, SHEET_LIMITS)]
        else:
            sheets = [_as_texts(read_csv(decode_text(data), SHEET_LIMITS))]
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise UnreadableFile("no_header")
    return sheets


def look_around(data: bytes) -> list[str]:
    """Remark codes for what a workbook has beside its visible cells. Raises UnreadableFile."""
    if not data.startswith(b"PK"):
        return []
    with refusing():
        package = open_package(data, SHEET_LIMITS.upload)
        parts = [name.lower() for name in package.names]
        found = ["sheet_pictures"] if any(name.startswith("xl/media/") for name in parts) else []
        sheets = [name for name in package.names if name.lower().startswith("xl/worksheets/sheet")]
        if any(_HIDDEN_ROW.search(package.read(name)) for name in sheets):
            found.append("rows_hidden")
        names = [name for name in package.names if name.lower() == "xl/workbook.xml"]
        if any(_HIDDEN_SHEET.search(package.read(name)) for name in names):
            found.append("sheets_hidden")
    return found


def _as_texts(sheet: Sheet) -> TextSheet:
    """What Excel keeps as a number, date or time is not what the author sees, so any that is not a
    whole number is remarked."""
    rows: list[list[str]] = []
    rewritten: list[tuple[int, Remark]] = []
    for index, row in enumerate(sheet.rows, 1):
        texts = []
        for column, cell in enumerate(row):
            text, certain = cell_text(cell)
            if not certain:
                params = {"text": text}
                remark = Remark(index, Field.QUESTION, "cell_rewritten", params, Severity.WARNING)
                rewritten.append((column, remark))
            texts.append(text)
        rows.append(texts)
    return TextSheet(sheet.name, rows, sheet.merged, tuple(rewritten))


def cell_text(cell: Cell) -> tuple[str, bool]:
    """The Vietnamese writing of a cell, and whether that is surely what its author sees."""
    if isinstance(cell, bool):
        return ("Đúng" if cell else "Sai"), True
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell)), True
        return f"{cell:.10g}".replace(".", ","), False
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return cell.strftime("%d/%m/%Y" if at_midnight else "%d/%m/%Y %H:%M"), False
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y"), False
    if isinstance(cell, time | timedelta):
        return str(cell), False
    return str(cell), True
