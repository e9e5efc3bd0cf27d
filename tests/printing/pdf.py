"""Where things stand on a page of a PDF, in millimetres from its top left corner."""

import unicodedata
from dataclasses import dataclass
from io import BytesIO

import pypdf
from pypdf._text_extraction import mult

POINT = 25.4 / 72


@dataclass(frozen=True)
class Text:
    text: str
    left: float
    baseline: float
    font: str


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def page_texts(page: pypdf.PageObject) -> list[Text]:
    found: list[Text] = []
    height = float(page.mediabox.height)

    def visit(text, cm, tm, font, size):
        if text.strip():
            *_, x, y = mult(tm, cm)
            name = str((font or {}).get("/BaseFont", ""))
            found.append(Text(text.strip(), x * POINT, (height - y) * POINT, name))

    page.extract_text(visitor_text=visit)
    return found


def plain(pdf: bytes) -> list[str]:
    """The text of each page, NFC, spaces single."""
    return [
        unicodedata.normalize("NFC", " ".join(page.extract_text().split()))
        for page in reader(pdf).pages
    ]
