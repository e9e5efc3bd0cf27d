"""Untrusted .xlsx or .csv bytes in, rows of cells out, faults in the roster's own codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from core.sheets import Sheet, SheetLimits, read_csv, read_workbook
from core.uploads import (
    MEGABYTE,
    UnsafeUpload,
    UploadFault,
    UploadLimits,
    check_size,
    decode_text,
    has_utf16_mark,
)
from people.importing.problems import FileCode, UnusableFile

DEFAULT_LIMITS = SheetLimits(
    upload=UploadLimits(max_decompressed_bytes=150 * MEGABYTE, max_member_bytes=150 * MEGABYTE),
    cell_chars=8_000,
)

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_SIGNATURE = b"PK\x03\x04"
FILE_CODES = {
    UploadFault.TOO_LARGE: FileCode.FILE_TOO_BIG,
    UploadFault.DAMAGED: FileCode.DAMAGED,
    UploadFault.ENCRYPTED: FileCode.ENCRYPTED,
    UploadFault.UNPACKED_TOO_LARGE: FileCode.UNPACKED_TOO_BIG,
    UploadFault.UNSAFE_XML: FileCode.DAMAGED,
    UploadFault.UNKNOWN_FORMAT: FileCode.UNKNOWN_FORMAT,
    UploadFault.NOT_UTF8: FileCode.NOT_UTF8,
    UploadFault.TOO_MANY_ROWS: FileCode.TOO_MANY_ROWS,
    UploadFault.TOO_MANY_COLUMNS: FileCode.TOO_MANY_COLUMNS,
    UploadFault.CELL_TOO_LONG: FileCode.CELL_TOO_LONG,
}


def read_sheets(data: bytes, *, name: str, limits: SheetLimits = DEFAULT_LIMITS) -> list[Sheet]:
    """The visible sheets of the workbook, or the one sheet of a CSV file.

    Raises UnusableFile. The format is told by the content; `name` only words the refusal of others.
    """
    if not data:
        raise UnusableFile(FileCode.EMPTY)
    suffix = PurePath(name).suffix.lower()
    try:
        check_size(data, limits.upload)
        if data.startswith(_ZIP_SIGNATURE):
            sheets = read_workbook(data, limits)
        elif data.startswith(_OLE_SIGNATURE):
            raise UnusableFile(FileCode.OLD_EXCEL if suffix == ".xls" else FileCode.ENCRYPTED)
        elif suffix not in {".csv", ".txt", ".tsv"}:
            raise UnusableFile(FileCode.UNKNOWN_FORMAT)
        else:
            sheets = [_read_csv(data, limits)]
    except UnsafeUpload as error:
        raise UnusableFile(FILE_CODES[error.code], **error.params) from error
    if not sheets:
        raise UnusableFile(FileCode.NO_SHEET)
    return sheets


def _read_csv(data: bytes, limits: SheetLimits) -> Sheet:
    """Raises UnsafeUpload. What is not in Unicode is read as Windows-1252, which keeps the letters
    of the old fonts apart."""
    try:
        return read_csv(decode_text(data), limits)
    except UnsafeUpload as error:
        if error.code is not UploadFault.NOT_UTF8 or has_utf16_mark(data):
            raise
    text = data.decode("cp1252", errors="replace")
    return replace(read_csv(text, limits), not_utf8=True)
