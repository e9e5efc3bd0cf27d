"""A poster as HTML and as PDF: the same sheet for the screen and for the printer.

A sheet is set in units of one hundredth of its width (static/print/poster.css), so A3, A4 and A5
are one drawing at three sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.vietnamese import fold
from printing.rendering import render_pdf

# Smaller codes are hard to scan from where one stands: 25 mm on A5, 45 mm on A3.
ITEMS_A_SHEET: Final = {"a3": 8, "a4": 6, "a5": 4}
LISTED_A_SHEET: Final = 12
QUIET_MODULES: Final = 4
_LARGE_NAME: Final = 34
_LARGE_NAMES: Final = 8
_LENGTHS: Final = ((42, "short"), (80, "long"), (120, "very-long"))


class ShownAddress(NamedTuple):
    host: str
    path: str


@dataclass(frozen=True, slots=True)
class SheetItem:
    """`url` is the absolute short address; "" for one that is only named."""

    title: str
    detail: str = ""
    url: str = ""

    @property
    def qr(self) -> SafeString:
        return qr_svg(self.url)

    @property
    def address(self) -> ShownAddress:
        return shown_address(self.url)

    @property
    def length(self) -> str:
        """How the title is set: short ones large."""
        return next((name for most, name in _LENGTHS if len(self.title) <= most), "huge")


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """`list_url` is the absolute short address of the one code; "" when every item has its own."""

    size: str
    title: str
    place_name: str
    agency: str
    made_on: date
    items: tuple[SheetItem, ...]
    contact: str = ""
    list_url: str = ""

    @property
    def list_qr(self) -> SafeString:
        return qr_svg(self.list_url)

    @property
    def list_look(self) -> str:
        """How the names below the one code are set, so that no line comes over the code."""
        longest = max((len(item.title) for item in self.items), default=0)
        if longest > _LENGTHS[0][0]:
            return "long"
        return "many" if longest > _LARGE_NAME or len(self.items) > _LARGE_NAMES else "few"

    @property
    def list_address(self) -> ShownAddress:
        return shown_address(self.list_url)


def sheets_of(poster: PosterFacts) -> list[tuple[SheetItem, ...]]:
    """The items of each sheet: as few sheets as needed, each about as full as the others."""
    most = LISTED_A_SHEET if poster.list_url else ITEMS_A_SHEET[poster.size]
    sheets = ceil(len(poster.items) / most)
    each = ceil(len(poster.items) / sheets)
    return [poster.items[at : at + each] for at in range(0, len(poster.items), each)]


def sheet_context(poster: PosterFacts) -> dict[str, object]:
    """What posters/_sheets.html needs."""
    return {"poster": poster, "sheets": sheets_of(poster)}


def draw_poster(poster: PosterFacts) -> bytes:
    return render_pdf(render_to_string("printing/poster.html", sheet_context(poster)))


def file_name(poster: PosterFacts) -> str:
    """ASCII, so that every phone and archive opens it: "ap-phich-a4-nha-van-hoa-so-5.pdf"."""
    words = "-".join("".join(c if c.isalnum() else " " for c in fold(poster.place_name)).split())
    slug = words.encode("ascii", "ignore").decode()[:60].strip("-")
    return f"ap-phich-{poster.size}-{slug}.pdf"


def shown_address(url: str) -> ShownAddress:
    """As typed by hand: "motcua.example.vn" and "/q/K7MPQ"; a line may break between them."""
    parts = urlsplit(url)
    return ShownAddress(parts.netloc, parts.path)


def qr_svg(url: str) -> SafeString:
    """The code as an <svg> that fills its box, the quiet zone of the standard included. Each run of
    dark modules is one rectangle: strokes would be drawn with seams."""
    rows: Sequence[bytes | bytearray] = segno.make(
        url, error="m", micro=False, boost_error=True
    ).matrix
    side = len(rows) + 2 * QUIET_MODULES
    path: list[str] = []
    for y, row in enumerate(rows, QUIET_MODULES):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                path.append(f"M{x + QUIET_MODULES} {y}h{end - x}v1h-{end - x}z")
            x = end + 1
    return mark_safe(
        f'<svg viewBox="0 0 {side} {side}" aria-hidden="true">'
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#fff"/>'
        f'<path d="{"".join(path)}" fill="#000"/></svg>'
    )
