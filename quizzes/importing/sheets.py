"""Rows out of an untrusted .xlsx or CSV file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from quizzes.importing.detection import decode_text
from quizzes.importing.limits import MAX_QUESTIONS, Package, open_package
from quizzes.importing.parsed import UnreadableFile

type Cell = str | int | float | bool | date | datetime | time | timedelta

MAX_ROWS = MAX_QUESTIONS * 4
MAX_COLUMNS = 100
MAX_CELLS = 1_000_000
MAX_CELL_CHARS = 32_767  # Excel's own limit
_NEEDED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"([A-Za-z]{1,4})([0-9]{1,8})")


@dataclass(frozen=True, slots=True)
class MergedRange:
    """0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[0]`` is line 1 of the sheet; an empty cell is ``""``."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[MergedRange, ...] = ()


def read_sheets(data: bytes, *, name: str = "") -> list[Sheet]:
    """The visible sheets, or the one sheet of a CSV file. Raises UnreadableFile."""
    if data.startswith(b"PK"):
        return _read_workbook(_safe_copy(open_package(data)))
    return [_read_csv(decode_text(data))]


def _safe_copy(package: Package) -> bytes:
    """The same workbook with the sheets and their strings only: no macro, media, link or comment is
    left for the reader to see, and every part has been unpacked within the limits and measured."""
    if "xl/workbook.xml" not in package.names:
        raise UnreadableFile("unknown_format")
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for part in sorted(package.names):
            if _NEEDED.fullmatch(part):
                content = package.read(part)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise UnreadableFile("unsafe_xml")
                if part.lower().startswith("xl/worksheets/"):
                    _measure(content)
                archive.writestr(part, content)
    return copy.getvalue()


def _measure(content: bytes) -> None:
    """Refuse a sheet that would be ruinous laid out: two cells, A1 and XFD1048576, are enough for
    that. A cell with a style and no value takes no room, and does not count."""
    row = column = height = width = count = 0
    events = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        for event, element in events:
            tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "start" and tag == "row":
                given = element.get("r", "")
                row = int(given) if re.fullmatch(r"[0-9]{1,8}", given) else row + 1
                column = 0
            elif event == "start" and tag == "c":
                reference = _REFERENCE.fullmatch(element.get("r", ""))
                column = _column_number(reference[1]) if reference else column + 1
                row = int(reference[2]) if reference else row
            elif event == "end" and tag == "c":
                if len(element):
                    height, width, count = max(height, row), max(width, column), count + 1
                element.clear()
            elif event == "end" and tag == "row":
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    _check_extent(height, width)
    if count > MAX_CELLS:
        raise UnreadableFile("too_many_rows", limit=MAX_ROWS)


def _check_extent(height: int, width: int) -> None:
    if height > MAX_ROWS:
        raise UnreadableFile("too_many_rows", limit=MAX_ROWS)
    if width > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", limit=MAX_COLUMNS)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _read_workbook(data: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            names = [
                meta.name
                for meta in workbook.sheets_metadata
                if meta.visible == SheetVisibleEnum.Visible
            ]
            sheets = []
            for sheet_name in names:
                sheet = workbook.get_sheet_by_name(sheet_name)
                rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
                merged = tuple(
                    MergedRange(top, left, bottom, right)
                    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:MAX_ROWS]
                )
                sheets.append(Sheet(sheet_name, rows, merged))
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFile("damaged") from error
    except BaseException as error:
        # A panic of the Rust reader derives from BaseException; nothing else may be swallowed here.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("damaged") from error
    return sheets


def _read_csv(text: str) -> Sheet:
    lines = text.splitlines()[:40]
    delimiter = max(",;\t", key=lambda mark: sum(line.count(mark) for line in lines))
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([*row])
            _check_extent(len(rows), len(row))
    except csv.Error as error:
        raise UnreadableFile("damaged") from error
    return Sheet("CSV", rows)
