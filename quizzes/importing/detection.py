"""Which kind of question file this is, told by its content; the name only words a refusal."""

from __future__ import annotations

import re
from pathlib import PurePath

from core import uploads
from quizzes.importing.limits import UPLOAD_LIMITS, open_package, refusing
from quizzes.importing.parsed import Format, UnreadableFile
from quizzes.importing.text_files import decode_text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_EXCEL_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))

_GIFT_SIGNS = re.compile(
    r"^\s*(?:\$CATEGORY:|::[^:\n]+::)"  # a category or a titled question
    r"|\{\s*(?:[=~#]|T(?:RUE)?\s*[}#]|F(?:ALSE)?\s*[}#]|\})",  # or an answer block
    re.MULTILINE,
)


def detect_format(data: bytes, *, name: str = "") -> Format:
    """Raises UnreadableFile with what the file is, when it is none of ours."""
    if not data:
        raise UnreadableFile("empty")
    with refusing():
        uploads.check_size(data, UPLOAD_LIMITS)
    if data.startswith(b"PK"):
        return _detect_package(data)
    _refuse_foreign(data, name)
    text = decode_text(data)
    return Format.GIFT if _GIFT_SIGNS.search(text) else Format.XLSX


def _detect_package(data: bytes) -> Format:
    names = open_package(data).names
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        raise UnreadableFile("binary_workbook")
    if "content.xml" in names:
        raise UnreadableFile("opendocument")
    raise UnreadableFile("unknown_format")


def _refuse_foreign(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise UnreadableFile("encrypted")
        is_excel = PurePath(name).suffix.lower() == ".xls" or any(s in data for s in _EXCEL_STREAMS)
        raise UnreadableFile("old_excel" if is_excel else "old_word")
    if data.startswith(b"%PDF"):
        raise UnreadableFile("pdf")
    if data.startswith(b"{\\rtf"):
        raise UnreadableFile("rtf")
    if re.match(rb"\s*(?:<!doctype|<html|<\?xml)", data[:200], re.IGNORECASE):
        raise UnreadableFile("unknown_format")
