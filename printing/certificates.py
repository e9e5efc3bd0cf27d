"""Drawing certificates: A4 landscape, one page each, thousands in a batch.

What a batch shares (frame, state, title, signing block) is laid out once by WeasyPrint and stored
once in the PDF; ReportLab writes over it what differs. Text stays text (decision 0011).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import IO

import pikepdf
import segno
from django.template.loader import render_to_string
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from core.vietnamese import fold
from printing.rendering import render_pdf
from printing.typography import (
    BOLD,
    CLEAR_LEADING,
    ITALIC,
    REGULAR,
    balanced,
    baseline,
    fitted,
    register_fonts,
)

PAGE = WIDTH, HEIGHT = 297 * mm, 210 * mm
MIDDLE = WIDTH / 2
TEXT_WIDTH = WIDTH - 60 * mm
INK, RED = HexColor("#1d1a16"), HexColor("#8a1c1c")
QR_LEFT, QR_TOP, QR_SIDE = 30 * mm, 143 * mm, 30 * mm
QUIET_MODULES = 4


@dataclass(frozen=True)
class Shared:
    """What the certificates of a batch have in common. `day_line` as printing.documents.day_line;
    `occasion` names contest and round."""

    title: str
    issuing_agency: str
    occasion: str
    day_line: str
    position: str
    superior_agency: str = ""
    authority: str = ""
    signer_name: str = ""
    draft: bool = False


@dataclass(frozen=True)
class CertificatePage:
    """One certificate. `verify_url` is the absolute address in the QR code; none on a draft."""

    shared: Shared
    full_name: str
    unit_name: str
    achievement: str
    number_line: str
    verify_url: str = ""


@dataclass(frozen=True)
class _Box:
    """A box over the middle of the page that text must stay in; sizes in points, from the top."""

    top: float
    height: float
    font: str
    size: float
    smallest: float
    most_lines: int


NAME = _Box(76 * mm, 22 * mm, BOLD, 32, 18, 2)
UNIT = _Box(98.5 * mm, 13 * mm, REGULAR, 16, 11, 2)
ACHIEVEMENT = _Box(112 * mm, 13 * mm, BOLD, 22, 12, 2)

Progress = Callable[[int], None]


def draw_certificates(
    pages: Sequence[CertificatePage], *, progress: Progress | None = None
) -> bytes:
    """One PDF, a page a certificate, in the order given. `progress` is told how many are drawn."""
    register_fonts()
    target = BytesIO()
    canvas = Canvas(target, pagesize=PAGE, pageCompression=0, initialFontName=REGULAR)
    canvas.setTitle(pages[0].shared.title)
    for drawn, page in enumerate(pages, 1):
        _draw(canvas, page)
        canvas.showPage()
        if progress:
            progress(drawn)
    canvas.save()
    return _over_backgrounds(target, pages)


def zip_certificates(
    drawn: bytes, names: Iterable[str], target: IO[bytes], *, progress: Progress | None = None
) -> None:
    """Each page of `drawn` as a PDF of its own, in one archive, named by `names`."""
    with (
        pikepdf.open(BytesIO(drawn)) as whole,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive,
    ):
        for count, (page, name) in enumerate(zip(whole.pages, names, strict=True), 1):
            one = pikepdf.new()
            one.pages.append(page)
            file = BytesIO()
            one.save(file)
            archive.writestr(name, file.getvalue())
            if progress:
                progress(count)


def file_name(*, year: int, number: int, full_name: str) -> str:
    """ASCII, so that every phone and archive opens it: "GCN-2026-00005-nguyen-thi-an.pdf"."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(full_name)).strip("-")[:60]
    return f"GCN-{year}-{number:05d}-{slug}.pdf"


def _draw(canvas: Canvas, page: CertificatePage) -> None:
    canvas.setFillColor(INK)
    _write(canvas, NAME, page.full_name)
    _write(canvas, UNIT, page.unit_name)
    canvas.setFillColor(RED)
    _write(canvas, ACHIEVEMENT, page.achievement)
    canvas.setFillColor(INK)
    middle = QR_LEFT + QR_SIDE / 2
    canvas.setFont(BOLD, 12)
    canvas.drawCentredString(middle, HEIGHT - QR_TOP - QR_SIDE - 5 * mm, page.number_line)
    if page.verify_url:
        canvas.setFont(ITALIC, 9.5)
        canvas.drawCentredString(
            middle, HEIGHT - QR_TOP - QR_SIDE - 9.5 * mm, "Quét mã để kiểm tra"
        )


def _write(canvas: Canvas, box: _Box, text: str) -> None:
    """Centred in its box: smaller first, then in more lines, smaller again if it must."""
    size, lines = fitted(
        text,
        box.font,
        size=box.size,
        smallest=box.smallest,
        width=TEXT_WIDTH,
        height=box.height,
        most_lines=box.most_lines,
    )
    leading = size * CLEAR_LEADING
    canvas.setFont(box.font, size)
    top = HEIGHT - box.top - (box.height - leading * len(lines)) / 2
    for line in lines:
        canvas.drawCentredString(MIDDLE, top - baseline(leading, size), line)
        top -= leading


def _qr_operators(url: str) -> bytes:
    """The code as PDF operators: a white square, then each run of dark modules as a rectangle.

    The mask is fixed: scanners read any of the eight, and weighing them is most of the work.
    """
    rows = segno.make(url, error="m", micro=False, boost_error=False, mask=4).matrix
    modules = len(rows) + 2 * QUIET_MODULES
    scale = QR_SIDE / modules
    operators = [
        f"q {scale:.5f} 0 0 {scale:.5f} {QR_LEFT:.3f} {HEIGHT - QR_TOP - QR_SIDE:.3f} cm",
        f"1 g 0 0 {modules} {modules} re f 0 g",
    ]
    for y, row in enumerate(rows, 1):
        operators += [
            f"{QUIET_MODULES + run.start()} {modules - QUIET_MODULES - y} "
            f"{run.end() - run.start()} 1 re"
            for run in _DARK_RUN.finditer(bytes(row))
        ]
    return " ".join([*operators, "f Q\n"]).encode()


_DARK_RUN = re.compile(rb"\x01+")


@lru_cache(maxsize=32)
def _background(shared: Shared) -> bytes:
    """The shared part as a one-page PDF. Kept: re-prints of one batch use it again and again."""
    width = TEXT_WIDTH - 10 * mm
    return render_pdf(
        render_to_string(
            "printing/certificate.html",
            {
                "shared": shared,
                "superior_lines": balanced(shared.superior_agency.upper(), REGULAR, 12.5, width),
                "issuing_lines": balanced(shared.issuing_agency.upper(), BOLD, 12.5, width),
                "occasion_lines": balanced(shared.occasion, REGULAR, 15, width),
            },
        )
    )


def _over_backgrounds(texts: BytesIO, pages: Sequence[CertificatePage]) -> bytes:
    """Put each page's background under it: one form object for each, whatever their number."""
    forms: dict[Shared, pikepdf.Object] = {}
    with pikepdf.open(texts) as pdf:
        under = pikepdf.Stream(pdf, b"q /Shared Do Q\n")
        for drawn, page in zip(pdf.pages, pages, strict=True):
            form = forms.get(page.shared)
            if form is None:
                with pikepdf.open(BytesIO(_background(page.shared))) as source:
                    copied = source.pages[0].as_form_xobject()
                    form = forms[page.shared] = pdf.copy_foreign(copied)
            drawn.Resources.XObject = pikepdf.Dictionary(Shared=form)
            drawn.contents_add(under, prepend=True)
            if page.verify_url:
                drawn.contents_add(pikepdf.Stream(pdf, _qr_operators(page.verify_url)))
        pdf.Root.Lang = pikepdf.String("vi")
        target = BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
