"""HTML to PDF. The only module that imports WeasyPrint.

Nothing outside the project's own print files can be fetched: addresses are `print:fonts/…`
(printing/fonts), `print:assets/…` (static/print) and `print:pictures/…` (what the caller hands over
as bytes); every other scheme, `data:` and `file:` included, stops the rendering. Needs neither
Django nor a system font.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from printing.errors import RenderingError

HERE = Path(__file__).resolve().parent
SCHEME = "print:"
PICTURES = f"{SCHEME}pictures/"
FOLDERS = {"fonts": HERE / "fonts", "assets": HERE.parent / "static" / "print"}
MIME_TYPES = {
    ".ttf": "font/ttf",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}


@dataclass(frozen=True)
class PrintPicture:
    """A private picture for one document; ``media_type`` image/png, image/jpeg, image/webp or
    image/svg+xml."""

    data: bytes = field(repr=False)
    media_type: str


type Pictures = Mapping[str, PrintPicture]
NO_PICTURES: Pictures = {}


class ProjectFiles(URLFetcher):
    """Serves the print files of the project, the pictures given, and refuses everything else."""

    def __init__(self, pictures: Pictures = NO_PICTURES) -> None:
        super().__init__(allowed_protocols=["print"], allow_redirects=False)
        self.pictures = pictures
        # WeasyPrint goes on without what it could not fetch; we do not.
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        picture = self.pictures.get(url.removeprefix(PICTURES).rstrip("/"))
        if url.startswith(PICTURES) and picture is not None:
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
        try:
            path = project_file(url)
        except ValueError as error:
            self.refused.append(str(error))
            raise
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": MIME_TYPES[path.suffix]})


def project_file(url: str) -> Path:
    """The file behind a `print:` address; ValueError for anything else."""
    folder, _, name = unquote(url.removeprefix(SCHEME)).partition("/")
    root = FOLDERS.get(folder) if url.startswith(SCHEME) else None
    if root is None:
        raise ValueError(f"Not a print file of the project: {url[:80]!r}")
    path = (root / name).resolve()
    if not path.is_relative_to(root) or path.suffix not in MIME_TYPES or not path.is_file():
        raise ValueError(f"Not a print file of the project: {url[:80]!r}")
    return path


@dataclass(frozen=True)
class Laid:
    """A laid-out document: what is on each page is known before any page is drawn."""

    document: weasyprint.Document
    files: ProjectFiles

    @property
    def page_count(self) -> int:
        return len(self.document.pages)

    def page_anchors(self) -> list[set[str]]:
        """For each page, the HTML ids that begin on it."""
        return [set(page.anchors) for page in self.document.pages]

    def pdf(self, *, pages: slice = slice(None)) -> bytes:
        chosen: Iterable[Any] = self.document.pages[pages]
        drawn = self.document.copy(list(chosen)).write_pdf()
        _insist(self.files)
        assert drawn is not None  # noqa: S101  (no target given: bytes come back)
        return bytes(drawn)


def lay_out(html: str, *, pictures: Pictures = NO_PICTURES) -> Laid:
    """Lay HTML out on pages; ``pictures`` are at ``print:pictures/<name>``. Raises RenderingError
    when it asks for a file that is not ours."""
    files = ProjectFiles(pictures)
    document = weasyprint.HTML(string=html, url_fetcher=files).render()
    _insist(files)
    return Laid(document, files)


def render_pdf(html: str, *, pictures: Pictures = NO_PICTURES) -> bytes:
    return lay_out(html, pictures=pictures).pdf()


def _insist(files: ProjectFiles) -> None:
    if files.refused:
        raise RenderingError(files.refused[0])
