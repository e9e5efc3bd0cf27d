"""Which kind of question file this is, told by its content; the name only words a refusal."""

from __future__ import annotations

import re
from pathlib import PurePath

from core import uploads
from core.sheets import read_csv
from core.uploads import UnsafeUpload
from quizzes.importing.columns import find_header
from quizzes.importing.limits import SHEET_LIMITS, UPLOAD_LIMITS, open_package, refusing
from quizzes.importing.parsed import Format, UnreadableFile
from quizzes.importing.text_files import decode_text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_EXCEL_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))

_GIFT_SIGNS = re.compile(
    r"^\s*(?:\$CATEGORY:|::[^:\n]+::)"  # a category or a titled question
    r"|\{\s*(?:[=~#]|>\s*\d|T(?:RUE)?\s*[}#]|F(?:ALSE)?\s*[}#]|\})",  # or an answer block
    re.MULTILINE,
)
# An XML file begins with its declaration or its root, also in UTF-16.
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<\x00?[?!A-Za-z]")
_XML_ROOT = re.compile(rb"<(?P<name>[A-Za-z_][\w.:-]*)")
_HEAD = 65_536
_AIKEN_ANSWER = re.compile(r"^\s*ANSWER\s*:\s*[A-Z]\s*$", re.MULTILINE)
_AIKEN_OPTION = re.compile(r"^\s*A[.)]\s+\S", re.MULTILINE)
_TEXT_SIGNS = re.compile(
    r"^[\s>*#]{0,9}(?:câu(?:\s+hỏi)?|bài)\s*(?:số\s*)?\d{1,4}\b"  # a numbered question
    r"|^[\s>*(•-]{0,9}A\s?[.)/:]\s*\S",  # or a first option
    re.MULTILINE | re.IGNORECASE,
)
_SECOND_OPTION = re.compile(r"^[\s>*(•-]{0,9}B\s?[.)/:]|\sB[.)]\s", re.MULTILINE | re.IGNORECASE)
_TABLE_LINES = 40


def detect_format(data: bytes, *, name: str = "") -> Format:
    """Raises UnreadableFile with what the file is, when it is none of ours."""
    if not data:
        raise UnreadableFile("empty")
    with refusing():
        uploads.check_size(data, UPLOAD_LIMITS)
    if data.startswith(b"PK"):
        return _detect_package(data)
    _refuse_foreign(data, name)
    found = _detect_xml(data[:_HEAD]) if _XML.match(data[:_HEAD]) else None
    if found is not None:
        return found
    text = decode_text(data)
    if _GIFT_SIGNS.search(text):
        return Format.GIFT
    if _AIKEN_ANSWER.search(text) and _AIKEN_OPTION.search(text):
        return Format.AIKEN
    looks_written = _TEXT_SIGNS.search(text) and _SECOND_OPTION.search(text)
    return Format.TEXT if looks_written and not _is_table(text) else Format.XLSX


def _is_table(text: str) -> bool:
    """Whether its first lines are those of a CSV file with headings we know."""
    try:
        rows = read_csv("\n".join(text.split("\n")[:_TABLE_LINES]), SHEET_LIMITS).rows
    except UnsafeUpload:
        return False
    return find_header([[str(cell) for cell in row] for row in rows]) is not None


def _detect_package(data: bytes) -> Format:
    names = open_package(data).names
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        raise UnreadableFile("binary_workbook")
    if "imsmanifest.xml" in names:
        return Format.QTI
    if "content.xml" in names:
        raise UnreadableFile("opendocument")
    raise UnreadableFile("unknown_format")


def _detect_xml(head: bytes) -> Format | None:
    """By the name of the root element; None for text that only begins with a tag."""
    root = _XML_ROOT.search(re.sub(rb"<!--.*?-->|<\?.*?\?>|\x00", b"", head, flags=re.DOTALL))
    name = root["name"].rpartition(b":")[2].decode("ascii", "replace") if root else ""
    match name.lower():
        case "quiz":
            return Format.MOODLE_XML
        case "assessmentitem" | "qti-assessment-item":
            return Format.QTI
        case "questestinterop":
            raise UnreadableFile("old_qti")
    if b"<?xml" in head[:200].replace(b"\x00", b""):
        raise UnreadableFile("unknown_xml")
    return None


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
    if re.match(rb"\s*(?:<!doctype html|<html)", data[:200], re.IGNORECASE):
        raise UnreadableFile("unknown_format")
