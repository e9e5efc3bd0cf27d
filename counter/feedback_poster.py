"""The sheet with the QR code that hangs at a counter."""

from enum import StrEnum

import segno
from django.template.loader import render_to_string
from django.utils import translation

from counter.models import Office
from printing.rendering import render_pdf


class PaperSize(StrEnum):
    A4 = "a4"
    A5 = "a5"


def draw_poster(office: Office, *, address: str, size: PaperSize) -> bytes:
    """One page, Vietnamese whatever language the screen is in. ``address`` is also printed, for a
    phone that reads no codes."""
    code = segno.make(address, error="m", micro=False)
    context = {
        "office": office,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "size": str(size),
        "side": code.symbol_size(border=0)[0],
        "qr": code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None),
    }
    with translation.override("vi"):
        return render_pdf(render_to_string("counter/feedback_poster.html", context))
