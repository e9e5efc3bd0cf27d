"""Opening an untrusted office file: what it may cost, and what in it is never looked at.

Nothing outside the asked parts is unpacked: macros, embedded objects, media and links to elsewhere
stay packed bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from core.uploads import UnsafeUpload, UploadLimits, check_archive
from quizzes.importing.parsed import UnreadableFile

MEGABYTE = 1024 * 1024
UPLOAD_LIMITS = UploadLimits(max_bytes=20 * MEGABYTE)
MAX_PART_BYTES = 60 * MEGABYTE
MAX_TEXT_BYTES = 5 * MEGABYTE
MAX_QUESTIONS = 5_000
MAX_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Package:
    """A docx or xlsx whose directory has been checked."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """One part, unpacked within MAX_PART_BYTES. Raises UnreadableFile."""
        try:
            with self.archive.open(name) as part:
                content = part.read(MAX_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            struct.error,
            KeyError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise UnreadableFile("damaged") from error
        if len(content) > MAX_PART_BYTES:
            raise UnreadableFile("unpacked_too_large")
        return content

    def read_xml(self, name: str) -> etree._Element:
        return parse_xml(self.read(name))


def open_package(data: bytes) -> Package:
    """Raises UnreadableFile for what is no zip, is encrypted, or would unpack beyond the limits."""
    try:
        check_archive(io.BytesIO(data), UPLOAD_LIMITS)
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UnsafeUpload as error:
        raise UnreadableFile(_CODES[error.code]) from error
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise UnreadableFile("damaged") from error
    return Package(archive, frozenset(archive.namelist()))


_CODES = {
    "too_large": "too_large",
    "not_an_archive": "damaged",
    "too_many_members": "unpacked_too_large",
    "encrypted": "encrypted",
    "decompressed_too_large": "unpacked_too_large",
}


def parse_xml(content: bytes) -> etree._Element:
    """The root element. No DTD, no entity, nothing fetched; libxml2 bounds the depth."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("unsafe_xml")
    return root
