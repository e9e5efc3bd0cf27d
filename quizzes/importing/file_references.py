"""A picture or video that a file names instead of holding it: the bank that has it shows it again.

``<sha256> <media type>[ <width>x<height>]``, after it perhaps ``: what is to be seen``.
"""

from __future__ import annotations

import re

from quizzes.importing.parsed import ParsedPicture
from quizzes.importing.plain import clean

MAX_ALT_CHARS = 300
_REFERENCE = re.compile(
    r"\s*(?P<sha256>[0-9a-f]{64})\s+(?P<type>image/(?:png|jpeg|webp)|video/(?:mp4|webm))"
    r"(?:\s+(?P<width>[1-9]\d{0,4})x(?P<height>[1-9]\d{0,4}))?\s*(?::\s*(?P<alt>.*))?",
    re.DOTALL,
)


def write_reference(
    *, sha256: str, media_type: str, width: int | None, height: int | None, alt: str
) -> str:
    size = f" {width}x{height}" if width and height else ""
    words = f": {alt}" if alt else ""
    return f"{sha256} {media_type}{size}{words}"


def read_reference(text: str) -> ParsedPicture | None:
    """None for what is no reference."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    return ParsedPicture(
        data=b"",
        sha256=match["sha256"],
        media_type=match["type"],
        width=int(match["width"] or 0),
        height=int(match["height"] or 0),
        alt=" ".join(clean(match["alt"] or "").split())[:MAX_ALT_CHARS],
        in_bank=True,
    )
