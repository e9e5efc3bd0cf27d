"""The sheets of an Excel or CSV file as the texts their author sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.sheets import Cell, MergedRange, Sheet, read_csv, read_workbook
from quizzes.importing.limits import SHEET_LIMITS, refusing
from quizzes.importing.parsed import Field, Remark, Severity, UnreadableFile
from quizzes.importing.text_files import decode_text


@dataclass(frozen=True, slots=True)
class TextSheet:
    """``rows[0]`` is line 1. ``rewritten``: a remark for each cell whose text Excel does not keep,
    ``row`` being its line."""

    name: str
    rows: list[list[str]]
    merged: tuple[MergedRange, ...] = ()
    rewritten: tuple[Remark, ...] = ()


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


def _as_texts(sheet: Sheet) -> TextSheet:
    """What Excel keeps as a number, date or time is not what the author sees, so any that is not a
    whole number is remarked."""
    rows: list[list[str]] = []
    rewritten: list[Remark] = []
    for index, row in enumerate(sheet.rows, 1):
        texts = []
        for cell in row:
            text, certain = cell_text(cell)
            if not certain:
                params = {"text": text}
                rewritten.append(
                    Remark(index, Field.QUESTION, "cell_rewritten", params, Severity.WARNING)
                )
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
