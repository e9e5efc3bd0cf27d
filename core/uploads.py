"""Files that come from outside: what they may cost, checked before any parser sees them."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Sizes in bytes; ``max_ratio`` is decompressed over compressed size of one archive member."""

    max_bytes: int = 20 * MEGABYTE
    max_members: int = 2_000
    max_decompressed_bytes: int = 200 * MEGABYTE
    max_member_bytes: int = 60 * MEGABYTE
    max_ratio: int = 200


class UploadFault(StrEnum):
    """Why a file is refused. The apps have the words."""

    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    UNSAFE_XML = "unsafe_xml"
    UNKNOWN_FORMAT = "unknown_format"
    NOT_UTF8 = "not_utf8"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"


class UnsafeUpload(Exception):
    """``params`` for the words: ``limit_mb`` with the two TOO_LARGE, ``limit`` with those about
    rows, columns and cells."""

    def __init__(self, code: UploadFault, **params: int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Package:
    """A docx or xlsx whose directory has been checked. Nothing but the parts asked for is unpacked:
    macros, embedded objects, media and links to elsewhere stay packed bytes."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    limits: UploadLimits

    def read(self, name: str) -> bytes:
        """One part, unpacked within the limits. Raises UnsafeUpload."""
        most = self.limits.max_member_bytes
        try:
            with self.archive.open(name) as part:
                content = part.read(most + 1)
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
            raise UnsafeUpload(UploadFault.DAMAGED) from error
        if len(content) > most:
            raise _unpacked_too_large(most)
        return content


def check_size(data: bytes, limits: UploadLimits) -> None:
    if len(data) > limits.max_bytes:
        raise UnsafeUpload(UploadFault.TOO_LARGE, limit_mb=limits.max_bytes // MEGABYTE)


def open_package(data: bytes, limits: UploadLimits) -> Package:
    """Raises UnsafeUpload for what is no zip, is encrypted, or would unpack beyond the limits.

    The directory of a crafted archive may lie about sizes; zipfile itself stops reading a member
    at its declared size, so the declared sum is a true bound for readers built on zipfile.
    """
    check_size(data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        struct.error,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UnsafeUpload(UploadFault.DAMAGED) from error
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnsafeUpload(UploadFault.ENCRYPTED)
    if (
        len(members) > limits.max_members
        or sum(member.file_size for member in members) > limits.max_decompressed_bytes
        or any(
            member.file_size > MEGABYTE
            and member.file_size > limits.max_ratio * max(1, member.compress_size)
            for member in members
        )
    ):
        raise _unpacked_too_large(limits.max_decompressed_bytes)
    return Package(archive, frozenset(archive.namelist()), limits)


def _unpacked_too_large(limit_bytes: int) -> UnsafeUpload:
    return UnsafeUpload(UploadFault.UNPACKED_TOO_LARGE, limit_mb=limit_bytes // MEGABYTE)


def decode_text(data: bytes) -> str:
    """A text file in UTF-8 or, by its mark, in UTF-16. Raises UnsafeUpload."""
    try:
        text = data.decode("utf-16" if has_utf16_mark(data) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsafeUpload(UploadFault.NOT_UTF8) from error
    if "\x00" in text:
        raise UnsafeUpload(UploadFault.UNKNOWN_FORMAT)
    return text


def has_utf16_mark(data: bytes) -> bool:
    return data.startswith(_UTF16_MARKS)
