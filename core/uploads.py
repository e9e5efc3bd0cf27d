"""Limits for files that come from outside, checked before any parser sees them."""

import zipfile
from dataclasses import dataclass
from typing import IO

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Sizes in bytes; ``max_ratio`` is decompressed over compressed size of one archive member."""

    max_bytes: int = 20 * MEGABYTE
    max_members: int = 2_000
    max_decompressed_bytes: int = 200 * MEGABYTE
    max_ratio: int = 200


class UnsafeUpload(ValueError):
    """``code`` is one of: too_large, not_an_archive, too_many_members, decompressed_too_large,
    encrypted. Pure: the caller has the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_size(file: IO[bytes], limits: UploadLimits) -> int:
    """Size in bytes; raises ``UnsafeUpload("too_large")``. Leaves the file at its start."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > limits.max_bytes:
        raise UnsafeUpload("too_large")
    return size


def check_archive(file: IO[bytes], limits: UploadLimits) -> None:
    """Refuse a zip (docx, xlsx) that would unpack to more than the limits. Reads no member.

    The directory of a crafted archive may lie about sizes; zipfile itself stops reading a member
    at its declared size, so the declared sum is a true bound for readers built on zipfile.
    """
    check_size(file, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnsafeUpload("not_an_archive") from error
    finally:
        file.seek(0)
    if len(members) > limits.max_members:
        raise UnsafeUpload("too_many_members")
    if any(member.flag_bits & 1 for member in members):
        raise UnsafeUpload("encrypted")
    if sum(member.file_size for member in members) > limits.max_decompressed_bytes or any(
        member.file_size > MEGABYTE
        and member.file_size > limits.max_ratio * max(1, member.compress_size)
        for member in members
    ):
        raise UnsafeUpload("decompressed_too_large")
