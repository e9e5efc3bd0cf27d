"""Untrusted .xlsx or .csv bytes in, rows of cells out.

A sheet can be small on disk and ruinous in memory: a zip member that unpacks to gigabytes, or two
cells, A1 and XFD1048576, which a reader lays out as seventeen thousand million. Both are measured
on the bytes before the spreadsheet library sees them.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from core.uploads import MEGABYTE, UnsafeUpload, UploadLimits, check_archive
from people.importing.problems import FileCode, UnusableFile

type Cell = str | int | float | bool | date | datetime | time | timedelta
type Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Limits:
    upload: UploadLimits = field(
        default_factory=lambda: UploadLimits(max_decompressed_bytes=150 * MEGABYTE)
    )
    rows: int = 50_000
    columns: int = 100
    cells: int = 1_000_000
    cell_bytes: int = 8_000
    merged_ranges: int = 50_000


@dataclass(frozen=True, slots=True)
class MergedRange:
    """0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[0]` is row 1 of the file; every row has the same length; an empty cell is `""`.

    `not_utf8` is true for text that had to be read as Windows-1252: it can only be trusted as
    old-font (TCVN3/VNI) Vietnamese.
    """

    name: str
    rows: list[Row]
    merged: tuple[MergedRange, ...] = ()
    not_utf8: bool = False


DEFAULT_LIMITS = Limits()

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_SIGNATURE = b"PK\x03\x04"

# An `r="C12"` that is not on an empty element: cells that carry only a style do not count.
_CELL_REFERENCE = re.compile(
    rb"""\br\s*=\s*["']([A-Za-z]+)([0-9]+)["'](?!(?:\s+[\w:]+\s*=\s*["'][^"'<>]*["'])*\s*(?:/>|></))"""
)
_REFERENCED_CELL = re.compile(
    rb"""<(?:[\w.-]+:)?c(?:\s+(?!r\b)[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s+r\s*="""
)
_ROW_REFERENCE = re.compile(rb"""\br\s*=\s*["']([0-9]+)["']""")
_ROW_START = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])")
_CELL_START = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])")
_STRING_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])")


def read_sheets(data: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> list[Sheet]:
    """The visible sheets of the workbook, or the one sheet of a CSV file.

    Raises UnusableFile. The format is told by the content; `name` only words the refusal of others.
    """
    if not data:
        raise UnusableFile(FileCode.EMPTY)
    if len(data) > limits.upload.max_bytes:
        raise UnusableFile(FileCode.FILE_TOO_BIG, limit_mb=limits.upload.max_bytes // MEGABYTE)
    if data.startswith(_OLE_SIGNATURE):
        suffix = PurePath(name).suffix.lower()
        raise UnusableFile(FileCode.OLD_EXCEL if suffix == ".xls" else FileCode.ENCRYPTED)
    if data.startswith(_ZIP_SIGNATURE):
        return _read_workbook(data, limits)
    if PurePath(name).suffix.lower() not in {".csv", ".txt", ".tsv"}:
        raise UnusableFile(FileCode.UNKNOWN_FORMAT)
    return [_read_csv(data, limits)]


def _read_workbook(data: bytes, limits: Limits) -> list[Sheet]:
    _check_package(data, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            visible = [
                m.name for m in workbook.sheets_metadata if m.visible == SheetVisibleEnum.Visible
            ]
            sheets = []
            for sheet_name in visible:
                sheet = workbook.get_sheet_by_name(sheet_name)
                rows: list[Row] = sheet.to_python(skip_empty_area=False)
                merged = _clip(sheet.merged_cell_ranges or [], rows, limits)
                sheets.append(Sheet(sheet_name, rows, merged))
    except PasswordError as error:
        raise UnusableFile(FileCode.ENCRYPTED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnusableFile(FileCode.DAMAGED) from error
    if not sheets:
        raise UnusableFile(FileCode.NO_SHEET)
    return sheets


def _clip(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], rows: list[Row], limits: Limits
) -> tuple[MergedRange, ...]:
    if len(ranges) > limits.merged_ranges:
        raise UnusableFile(FileCode.DAMAGED)
    height, width = len(rows), len(rows[0]) if rows else 0
    clipped = (
        MergedRange(top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
        if top < height and left < width
    )
    return tuple(sorted(clipped, key=lambda r: (r.top, r.left)))


def _check_package(data: bytes, limits: Limits) -> None:
    """Unpack every member within the budget and measure the sheets. Raises UnusableFile."""
    try:
        check_archive(io.BytesIO(data), limits.upload)
    except UnsafeUpload as error:
        raise _refusal(error.code, limits) from error
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
    names = {member.filename for member in members}
    # the reader would fall back on these other formats, whose sizes are not measured here
    if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml"}:
        raise UnusableFile(FileCode.UNKNOWN_FORMAT)
    budget = limits.upload.max_decompressed_bytes
    for member in members:
        content = _unpack(data, member, budget, limits)
        budget -= len(content)
        if not member.filename.startswith("xl/media/"):
            _check_xml(content, limits)


def _refusal(code: str, limits: Limits) -> UnusableFile:
    if code == "encrypted":
        return UnusableFile(FileCode.ENCRYPTED)
    if code == "not_an_archive":
        return UnusableFile(FileCode.DAMAGED)
    unpacked_mb = limits.upload.max_decompressed_bytes // MEGABYTE
    return UnusableFile(FileCode.UNPACKED_TOO_BIG, limit_mb=unpacked_mb)


def _unpack(data: bytes, member: zipfile.ZipInfo, budget: int, limits: Limits) -> bytes:
    """Inflate from the raw bytes: a member may say it is small and not stop where it said."""
    too_big = _refusal("decompressed_too_large", limits)
    start = member.header_offset
    if data[start : start + 4] != _ZIP_SIGNATURE or len(data) < start + 30:
        raise UnusableFile(FileCode.DAMAGED)
    name_length, extra_length = struct.unpack("<HH", data[start + 26 : start + 30])
    body = start + 30 + name_length + extra_length
    packed = data[body : body + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        if len(packed) > budget:
            raise too_big
        return packed
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise UnusableFile(FileCode.DAMAGED)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, budget + 1)
    except zlib.error as error:
        raise UnusableFile(FileCode.DAMAGED) from error
    if len(content) > budget:
        raise too_big
    return content


def _check_xml(content: bytes, limits: Limits) -> None:
    """Refuse a sheet whose laid-out size, or whose repeated text, would not fit in memory."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnusableFile(FileCode.DAMAGED)
    # one long shared string may be repeated by every cell of the sheet
    longest = max(map(len, _STRING_ITEM.split(content)[1:]), default=0)
    if longest > limits.cell_bytes:
        raise UnusableFile(FileCode.CELL_TOO_LONG, limit=limits.cell_bytes)
    rows_marked = _ROW_START.split(content)[1:]
    if not rows_marked:
        return
    cells_in_rows = [len(_CELL_START.findall(row)) for row in rows_marked]
    references = _CELL_REFERENCE.findall(content)
    height = max((int(digits) for _, digits in references), default=0)
    width = max((_column_number(letters) for letters in {ref[0] for ref in references}), default=0)
    if sum(cells_in_rows) > len(_REFERENCED_CELL.findall(content)):
        numbered = [int(digits) for digits in _ROW_REFERENCE.findall(content)]
        height = max([height, len(rows_marked), *numbered])
        width = max(width, *cells_in_rows)
    if height > limits.rows:
        raise UnusableFile(FileCode.TOO_MANY_ROWS, limit=limits.rows)
    if width > limits.columns:
        raise UnusableFile(FileCode.TOO_MANY_COLUMNS, limit=limits.columns)
    if height * width > limits.cells * 5 or sum(cells_in_rows) > limits.cells:
        raise UnusableFile(FileCode.TOO_MANY_ROWS, limit=limits.rows)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _read_csv(data: bytes, limits: Limits) -> Sheet:
    text, not_utf8 = _decode(data)
    if "\x00" in text:
        raise UnusableFile(FileCode.UNKNOWN_FORMAT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    try:
        for cells in _within(reader, limits):
            rows.append([*cells])
    except csv.Error as error:
        raise UnusableFile(FileCode.DAMAGED) from error
    width = max((len(row) for row in rows), default=0)
    if width > limits.columns:
        raise UnusableFile(FileCode.TOO_MANY_COLUMNS, limit=limits.columns)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Sheet("CSV", rows, not_utf8=not_utf8)


def _within(reader: Iterator[list[str]], limits: Limits) -> Iterator[list[str]]:
    for number, cells in enumerate(reader, 1):
        if number > limits.rows:
            raise UnusableFile(FileCode.TOO_MANY_ROWS, limit=limits.rows)
        if any(len(cell) > limits.cell_bytes for cell in cells):
            raise UnusableFile(FileCode.CELL_TOO_LONG, limit=limits.cell_bytes)
        yield cells


def _decode(data: bytes) -> tuple[str, bool]:
    """Text of a CSV file, and whether it could only be read as Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), False
        except UnicodeDecodeError as error:
            raise UnusableFile(FileCode.NOT_UTF8) from error
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), True


def _delimiter(text: str) -> str:
    """The separator that splits the first lines into most cells (Vietnamese Excel writes `;`)."""
    lines = text.splitlines()[:40]
    return max(",;\t|", key=lambda mark: sum(line.count(mark) for line in lines))
