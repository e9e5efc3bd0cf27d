"""Untrusted .xlsx or CSV content in, rows of cells out.

A sheet can be small on disk and ruinous in memory: a part that unpacks to gigabytes; two cells, A1
and XFD1048576, which a reader lays out as seventeen thousand million; one long text which every
cell repeats. All are measured before the spreadsheet library sees the file, and it is given a copy
that holds nothing but what was measured.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from core.uploads import (
    MEGABYTE,
    Package,
    UnsafeUpload,
    UploadFault,
    UploadLimits,
    open_package,
)

type Cell = str | int | float | bool | date | datetime | time | timedelta
type Row = list[Cell]


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """``cells`` that hold something; ``text_chars`` of all shared texts, counted once a cell."""

    upload: UploadLimits = field(default_factory=UploadLimits)
    rows: int = 50_000
    columns: int = 100
    cells: int = 1_000_000
    cell_chars: int = 32_767  # Excel's own limit
    text_chars: int = 40 * MEGABYTE
    merged_ranges: int = 50_000


@dataclass(frozen=True, slots=True)
class MergedRange:
    """0-based, both ends included, inside the sheet."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[0]`` is row 1 of the file; every row has the same length; an empty cell is ``""``.

    ``not_utf8`` is true for text that had to be read as Windows-1252: it can only be trusted as
    old-font (TCVN3/VNI) Vietnamese.
    """

    name: str
    rows: list[Row]
    merged: tuple[MergedRange, ...] = ()
    not_utf8: bool = False


_MAIN_PART = "xl/workbook.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/.+\.xml",
    re.IGNORECASE,
)
_LONGEST_INDEX = 20
_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,15})")


def read_workbook(data: bytes, limits: SheetLimits) -> list[Sheet]:
    """The visible sheets, which may be none. Raises UnsafeUpload."""
    copy = _measured_copy(open_package(data, limits.upload), limits)
    try:
        with CalamineWorkbook.from_filelike(copy) as workbook:
            sheets = []
            for meta in workbook.sheets_metadata:
                if meta.visible == SheetVisibleEnum.Visible:
                    sheet = workbook.get_sheet_by_name(meta.name)
                    rows: list[Row] = sheet.to_python(skip_empty_area=False)
                    merged = _clip(sheet.merged_cell_ranges or [], rows, limits)
                    sheets.append(Sheet(meta.name, rows, merged))
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnsafeUpload(UploadFault.DAMAGED) from error
    except BaseException as error:
        # A panic of the Rust reader derives from BaseException; nothing else may be swallowed here.
        if type(error).__name__ != "PanicException":
            raise
        raise UnsafeUpload(UploadFault.DAMAGED) from error
    return sheets


def read_csv(text: str, limits: SheetLimits) -> Sheet:
    """Raises UnsafeUpload. The separator is the one that splits the first lines into most cells:
    Vietnamese Excel writes ``;``."""
    lines = text.splitlines()[:40]
    delimiter = max(",;\t|", key=lambda mark: sum(line.count(mark) for line in lines))
    rows: list[Row] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([*cells])
            _check_extent(len(rows), len(cells), limits)
            if any(len(cell) > limits.cell_chars for cell in cells):
                raise UnsafeUpload(UploadFault.CELL_TOO_LONG, limit=limits.cell_chars)
    except csv.Error as error:
        raise UnsafeUpload(UploadFault.DAMAGED) from error
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Sheet("CSV", rows)


def _clip(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], rows: list[Row], limits: SheetLimits
) -> tuple[MergedRange, ...]:
    if len(ranges) > limits.merged_ranges:
        raise UnsafeUpload(UploadFault.DAMAGED)
    height, width = len(rows), len(rows[0]) if rows else 0
    clipped = (
        MergedRange(top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
        if top < height and left < width
    )
    return tuple(sorted(clipped, key=lambda r: (r.top, r.left)))


def _measured_copy(package: Package, limits: SheetLimits) -> io.BytesIO:
    """The same workbook with the sheets and their texts only: no macro, media, link or comment is
    left for the reader to see, and no size that the archive only claims."""
    if _MAIN_PART not in package.names:
        raise UnsafeUpload(UploadFault.UNKNOWN_FORMAT)
    needed = sorted(name for name in package.names if _NEEDED.fullmatch(name))
    if len({name.lower() for name in needed}) < len(needed):
        # the reader looks for parts whatever their case: it might take the one not measured
        raise UnsafeUpload(UploadFault.DAMAGED)
    texts = _TextLengths(limits)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        # "xl/sharedStrings.xml" sorts before "xl/worksheets/…", which repeat its texts
        for name in needed:
            content = package.read(name)
            if b"<!DOCTYPE" in content:
                raise UnsafeUpload(UploadFault.UNSAFE_XML)
            if name.lower() == "xl/sharedstrings.xml":
                _measure(content, texts)
            elif name.lower().startswith("xl/worksheets/"):
                _measure(content, _Extent(limits, texts.lengths))
            archive.writestr(name, content)
    copy.seek(0)
    return copy


def _measure(content: bytes, handler: _Handler) -> None:
    try:
        defusedxml.sax.parseString(content, handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnsafeUpload(UploadFault.UNSAFE_XML) from error
    except SAXException as error:
        raise UnsafeUpload(UploadFault.DAMAGED) from error


class _Handler(ContentHandler):
    """Looks at one part as it streams by; raises UnsafeUpload as soon as a limit is passed."""

    def __init__(self, limits: SheetLimits) -> None:
        super().__init__()
        self.limits = limits
        self._element_count = 0

    def count_element(self) -> None:
        # those that hold nothing take no room, but time
        self._element_count += 1
        if self._element_count > self.limits.cells * 5:
            raise UnsafeUpload(UploadFault.TOO_MANY_ROWS, limit=self.limits.rows)


class _TextLengths(_Handler):
    """The length of every shared text."""

    def __init__(self, limits: SheetLimits) -> None:
        super().__init__(limits)
        self.lengths: list[int] = []
        self._length = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.count_element()
        if _local(name) == "si":
            self._length = 0

    def characters(self, content: str) -> None:
        self._length += len(content)

    def endElement(self, name: str) -> None:
        if _local(name) == "si":
            if self._length > self.limits.cell_chars:
                raise UnsafeUpload(UploadFault.CELL_TOO_LONG, limit=self.limits.cell_chars)
            self.lengths.append(self._length)


class _Extent(_Handler):
    """How large a sheet would be laid out. A cell with a style and no value takes no room.

    Places are told as the reader tells them: a row without a number follows the row before, a cell
    without a reference the cell before.
    """

    def __init__(self, limits: SheetLimits, text_lengths: list[int]) -> None:
        super().__init__(limits)
        self._text_lengths = text_lengths
        self._row = self._column = 0
        self._at: tuple[int, int] | None = None  # of a cell that has shown no content yet
        self._depth_in_cell = 0
        self._has_shared_text = False
        self._value = ""
        self._height = self._width = self._cell_count = self._text_chars = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.count_element()
        tag = _local(name)
        if self._depth_in_cell:
            self._depth_in_cell += 1
            self._value = ""
            self._take_place()
        elif tag == "row":
            self._row = _row_number(attrs["r"]) if "r" in attrs else self._row + 1
            self._column = 0
        elif tag == "c":
            row = self._row
            if "r" in attrs:
                row, self._column = _place(attrs["r"])
            else:
                self._column += 1
            self._at = row, self._column
            self._depth_in_cell = 1
            self._has_shared_text = attrs.get("t") == "s"

    def characters(self, content: str) -> None:
        if self._depth_in_cell > 1 and self._has_shared_text:
            self._value += content
            if len(self._value) > _LONGEST_INDEX:
                raise UnsafeUpload(UploadFault.DAMAGED)

    def endElement(self, name: str) -> None:
        if self._depth_in_cell:
            self._depth_in_cell -= 1
            if self._has_shared_text and _local(name) == "v":
                self._take_text()

    def _take_place(self) -> None:
        if self._at is None:
            return
        limits = self.limits
        self._height = max(self._height, self._at[0])
        self._width = max(self._width, self._at[1])
        self._cell_count += 1
        self._at = None
        _check_extent(self._height, self._width, limits)
        if self._height * self._width > limits.cells * 5 or self._cell_count > limits.cells:
            raise UnsafeUpload(UploadFault.TOO_MANY_ROWS, limit=limits.rows)

    def _take_text(self) -> None:
        try:
            self._text_chars += self._text_lengths[int(self._value or 0)]
        except (ValueError, IndexError) as error:
            raise UnsafeUpload(UploadFault.DAMAGED) from error
        if self._text_chars > self.limits.text_chars:
            limit_mb = self.limits.text_chars // MEGABYTE
            raise UnsafeUpload(UploadFault.UNPACKED_TOO_LARGE, limit_mb=limit_mb)


def _check_extent(height: int, width: int, limits: SheetLimits) -> None:
    if height > limits.rows:
        raise UnsafeUpload(UploadFault.TOO_MANY_ROWS, limit=limits.rows)
    if width > limits.columns:
        raise UnsafeUpload(UploadFault.TOO_MANY_COLUMNS, limit=limits.columns)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _row_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise UnsafeUpload(UploadFault.DAMAGED)
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    """Row and column, 1-based."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise UnsafeUpload(UploadFault.DAMAGED)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
