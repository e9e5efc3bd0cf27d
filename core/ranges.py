"""Parts of a file: what a browser asks for when somebody moves along a video (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_CHUNK_BYTES = 256 * 1024


def serve_ranges(
    request: HttpRequest, file: IO[bytes], *, size_bytes: int, content_type: str, etag: str
) -> HttpResponse | StreamingHttpResponse:
    """The whole file, or the one part asked for (206), or 416 when it is not in the file.

    Several ranges at once, or a part of another version (If-Range), get the whole file, as the
    standard allows. ``file`` is closed when the answer has been sent.
    """
    response: Any
    wanted = _wanted(request, size_bytes, etag)
    if wanted is None:
        response = FileResponse(file, content_type=content_type)
        response["Content-Length"] = str(size_bytes)
    elif wanted.start >= wanted.stop:
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size_bytes}"
    else:
        response = StreamingHttpResponse(_part(file, wanted), status=206, content_type=content_type)
        # Also when nothing of it was read: the generator has not begun then.
        response._resource_closers.append(file.close)
        response["Content-Length"] = str(len(wanted))
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size_bytes}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _wanted(request: HttpRequest, size_bytes: int, etag: str) -> range | None:
    """The bytes asked for; None for the whole file, an empty range for one outside it."""
    found = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not found or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        return range(max(0, size_bytes - int(last)), size_bytes)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size_bytes, size_bytes))


def _part(file: IO[bytes], wanted: range) -> Iterator[bytes]:
    file.seek(wanted.start)
    left = len(wanted)
    while left and (chunk := file.read(min(left, _CHUNK_BYTES))):
        left -= len(chunk)
        yield chunk
