"""Handing out one private file, whole or in the pieces that a video player asks for."""

import re
from collections.abc import Iterator
from typing import IO

from django.core.files.base import File
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_CHUNK = 64 * 1024


def serve_file(
    request: HttpRequest, file: File[bytes], *, media_type: str, name: str
) -> HttpResponseBase:
    """Shown in the page, kept by no cache, never guessed to be another type, never embedded by
    another site. One range of bytes is answered with 206 (RFC 9110, 14): Safari plays no video
    without; several ranges get the whole."""
    size = file.size
    piece = _range(request.headers.get("Range", ""), size)
    if piece is None:
        response: HttpResponseBase = FileResponse(file, content_type=media_type)
        response["Content-Length"] = str(size)
    elif not piece:
        file.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        response = StreamingHttpResponse(_read(file, piece), status=206, content_type=media_type)
        response["Content-Range"] = f"bytes {piece.start}-{piece.stop - 1}/{size}"
        response["Content-Length"] = str(len(piece))
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _range(header: str, size: int) -> range | None:
    """None: the whole file; an empty range: nothing of the file."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    end = min(int(last) + 1, size) if last else size
    return range(int(first), end) if int(first) < end else range(0)


def _read(file: IO[bytes] | File[bytes], piece: range) -> Iterator[bytes]:
    with file:
        file.seek(piece.start)
        left = len(piece)
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
