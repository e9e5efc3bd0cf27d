"""The print fonts for ReportLab, and the measuring and breaking of lines in them.

WeasyPrint reads the same files through static/print/fonts.css.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, ITALIC, BOLD_ITALIC = (
    "MotcuaSerif",
    "MotcuaSerif-Bold",
    "MotcuaSerif-Italic",
    "MotcuaSerif-BoldItalic",
)
FONT_FOLDER = Path(__file__).resolve().parent / "fonts"
FONT_FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
# Of the em: from the fonts' hhea table.
ASCENT, DESCENT = 1825 / 2048, 443 / 2048
# Of the size: lines this far apart keep the marks of stacked letters (Ẫ, Ộ) off each other.
CLEAR_LEADING = 1.2


@lru_cache(maxsize=1)
def register_fonts() -> None:
    for name, file in FONT_FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(FONT_FOLDER / file)))


@lru_cache(maxsize=8192)
def width_of(text: str, font: str, size: float) -> float:
    """Points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache(maxsize=8192)
def broken(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Lines of `text` no wider than `width` points, broken at spaces, in a word only if it must."""
    lines: list[str] = []
    for given in text.splitlines() or [""]:
        line = ""
        for word in given.split():
            longer = f"{line} {word}" if line else word
            if width_of(longer, font, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _pieces(word, font, size, width)
            lines.extend(whole)
        lines.append(line)
    return tuple(lines)


def balanced(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """As few lines as `broken` needs, each about as long as the others; none for no text."""
    if not text.strip():
        return ()
    lines = broken(text, font, size, width)
    narrow, wide = width / len(lines) / 2, width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(broken(text, font, size, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return broken(text, font, size, wide)


def fitted(
    text: str,
    font: str,
    *,
    size: float,
    smallest: float,
    width: float,
    height: float,
    most_lines: int,
) -> tuple[float, tuple[str, ...]]:
    """The size, and the lines at it, in which `text` stays within the box.

    A little smaller on the same number of lines is better than another line; another line is
    better than small print. Below `smallest` only when `most_lines` lines leave no other way.
    """
    for count in range(1, most_lines + 1):
        tried = size
        least = max(smallest, 0.7 * size) if count < most_lines else 4
        while tried >= least:
            lines = balanced(text, font, tried, width)
            if len(lines) <= count and len(lines) * tried * CLEAR_LEADING <= height:
                return tried, lines or ("",)
            tried -= 0.5
    return 4, broken(text, font, 4, width)[:most_lines]


def _pieces(word: str, font: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, font, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def baseline(line_height: float, size: float) -> float:
    """From the top of a line to its baseline, the glyphs centred in the line as CSS does."""
    return (line_height - (ASCENT + DESCENT) * size) / 2 + ASCENT * size
