"""Sending papers: never cached, never guessed to be something else."""

from io import BytesIO
from typing import IO

from django.http import FileResponse


def paper(
    file: bytes | IO[bytes],
    *,
    name: str,
    content_type: str = "application/pdf",
    download: bool = True,
) -> FileResponse:
    response = FileResponse(
        BytesIO(file) if isinstance(file, bytes) else file,
        as_attachment=download,
        filename=name,
        content_type=content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
