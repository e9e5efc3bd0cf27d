"""A question file that is text: in which letters it is written."""

from __future__ import annotations

import re
import unicodedata

from core import uploads
from core.uploads import MEGABYTE, UploadFault
from core.vietnamese import convert_legacy, detect_legacy_encoding
from quizzes.importing.limits import MAX_TEXT_BYTES, refusing
from quizzes.importing.parsed import UnreadableFile

# What Notepad and Excel in Vietnam saved as "ANSI". A tone is a character of its own there.
_OLD_CODE_PAGE = "cp1258"
_TONES = re.compile("[\u0300\u0309\u0303\u0301\u0323]")
_TONE_OF_A_VOWEL = re.compile("[aăâeêioôơuưy][\u0300\u0309\u0303\u0301\u0323]", re.IGNORECASE)


def decode_text(data: bytes) -> str:
    """Text in UTF-8, UTF-16 by its mark, or Windows-1258, line ends as ``\\n``.

    Raises UnreadableFile; text for TCVN3 and VNI fonts is refused with a sample of what it says.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableFile("too_large", limit_mb=MAX_TEXT_BYTES // MEGABYTE)
    try:
        with refusing():
            text = uploads.decode_text(data)
    except UnreadableFile as error:
        if error.code != UploadFault.NOT_UTF8:
            raise
        old = _decode_old_code_page(data)
        if old is None:
            _refuse_old_font(data)
            raise
        text = old
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_old_code_page(data: bytes) -> bool:
    """The text had to be read as Windows-1258: it wants a look."""
    try:
        with refusing():
            uploads.decode_text(data)
    except UnreadableFile as error:
        return error.code == UploadFault.NOT_UTF8 and _decode_old_code_page(data) is not None
    return False


def _decode_old_code_page(data: bytes) -> str | None:
    """Nothing tells one code page of a byte a character from another, so this one counts only where
    its tones, which no other page has, all stand after vowels."""
    try:
        text = data.decode(_OLD_CODE_PAGE)
    except UnicodeDecodeError:
        return None
    tones = len(_TONES.findall(text))
    if not tones or len(_TONE_OF_A_VOWEL.findall(text)) < tones or "\x00" in text:
        return None
    return unicodedata.normalize("NFC", text)


def _refuse_old_font(data: bytes) -> None:
    text = data[:20_000].decode("cp1252", errors="ignore")
    encoding = detect_legacy_encoding(text)
    if encoding is not None:
        sample = " ".join(text.split())[:80]
        after = convert_legacy(sample, encoding)
        raise UnreadableFile("legacy_font", before=sample, after=after)
