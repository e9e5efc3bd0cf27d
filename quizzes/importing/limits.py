"""What an untrusted question file may cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from core.sheets import SheetLimits
from core.uploads import MEGABYTE, Package, UnsafeUpload, UploadLimits
from core.uploads import open_package as open_untrusted
from quizzes.importing.parsed import UnreadableFile

UPLOAD_LIMITS = UploadLimits()
MAX_TEXT_BYTES = 5 * MEGABYTE
MAX_QUESTIONS = 5_000
MAX_LINES = 100_000
XML_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
}
SHEET_LIMITS = SheetLimits(upload=UPLOAD_LIMITS, rows=MAX_QUESTIONS * 4)


@contextmanager
def refusing() -> Iterator[None]:
    """UnsafeUpload in, UnreadableFile out: the codes are the same, `messages.py` has the words."""
    try:
        yield
    except UnsafeUpload as error:
        raise UnreadableFile(error.code, **error.params) from error


def open_package(data: bytes) -> Package:
    """Raises UnreadableFile for what is no zip, is encrypted, or would unpack beyond the limits."""
    with refusing():
        return open_untrusted(data, UPLOAD_LIMITS)


def read_xml(package: Package, name: str) -> etree._Element:
    with refusing():
        content = package.read(name)
    return parse_xml(content)


def parse_xml(content: bytes) -> etree._Element:
    """The root element. No DTD, no entity, nothing fetched; libxml2 bounds the depth."""
    parser = etree.XMLParser(**XML_OPTIONS)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("unsafe_xml")
    return root
