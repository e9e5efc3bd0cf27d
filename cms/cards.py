"""The picture shown when a page without one is shared: its title on our ground, 1200 × 630.

Drawn here, from fonts of the project: nothing is fetched. Zalo and Facebook cut the card down to
a square now and then, so nothing that must be read stands at its right edge.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from printing.typography import BOLD, FONT_FILES, FONT_FOLDER, REGULAR

WIDTH, HEIGHT = 1200, 630
# Say another number when the drawing changes: addresses of cards carry it.
DESIGN = 1

_GROUND, _RAISED, _RULE = "#0c3a34", "#14493f", "#3c6a60"
_INK, _SOFT = "#f6f2e8", "#bfd3cb"
_LEFT, _TOP, _TEXT_WIDTH = 80, 76, 900
_TITLE_SIZES = (76, 66, 58, 50, 44, 38)
_MAX_TITLE_LINES = 4
_LEADING = 1.26  # marks above and below must never meet


@dataclass(frozen=True, slots=True)
class Card:
    kind: str
    title: str
    site_name: str
    owner: str


@lru_cache(maxsize=16)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FOLDER / FONT_FILES[name], size)


def draw_card(card: Card) -> bytes:
    """A PNG of WIDTH × HEIGHT. A title too long for four lines ends in an ellipsis."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    pen = ImageDraw.Draw(picture)
    _draw_door(picture)
    if card.kind:
        pen.text((_LEFT, _TOP), card.kind, font=_font(REGULAR, 34), fill=_SOFT)
    size, lines = _fit(card.title)
    font = _font(BOLD, size)
    y = _TOP + (76 if card.kind else 10)
    for line in lines:
        pen.text((_LEFT, y), line, font=font, fill=_INK)
        y += round(size * _LEADING)
    pen.line([(_LEFT, HEIGHT - 122), (_LEFT + _TEXT_WIDTH, HEIGHT - 122)], fill=_RULE, width=2)
    foot = _cut(" · ".join(filter(None, [card.site_name, card.owner])), _font(REGULAR, 32))
    pen.text((_LEFT, HEIGHT - 100), foot, font=_font(REGULAR, 32), fill=_SOFT)
    file = BytesIO()
    # Few colours: a palette keeps the file under 30 kB, which a phone on 3G notices.
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_door(picture: Image.Image) -> None:
    """The mark of the product (static/img/mark.svg), large, at the right edge."""
    scale, finer = 20, 2
    door = Image.new("L", (32 * scale * finer, 32 * scale * finer), 0)
    pen = ImageDraw.Draw(door)
    unit = scale * finer

    def at(*points: float) -> list[float]:
        return [value * unit for value in points]

    pen.pieslice(at(3, 3, 29, 29), 180, 360, fill=255)
    pen.rectangle(at(3, 16, 29, 29), fill=255)
    pen.pieslice(at(8, 8, 24, 24), 180, 360, fill=0)
    pen.rectangle(at(8, 16, 24, 30), fill=0)
    pen.polygon(at(11, 16.2, 11.4, 13.8, 13.3, 11.9, 19.5, 15.2, 19.5, 32, 11, 28.5), fill=255)
    door = door.resize((32 * scale, 32 * scale), Image.Resampling.LANCZOS)
    place = (WIDTH - 24 * scale, HEIGHT - 27 * scale)
    picture.paste(Image.new("RGB", door.size, _RAISED), place, door)


def _fit(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title stands in four lines, and those lines."""
    for size in _TITLE_SIZES:
        lines = _lines(title, _font(BOLD, size))
        height = round(size * _LEADING) * len(lines)
        if len(lines) <= _MAX_TITLE_LINES and height <= 345:
            return size, lines
    font = _font(BOLD, _TITLE_SIZES[-1])
    kept = _lines(title, font)[:_MAX_TITLE_LINES]
    kept[-1] = _cut(kept[-1] + " …", font)
    return _TITLE_SIZES[-1], kept


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font))
    return lines or [""]


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(text) <= _TEXT_WIDTH:
        return text
    while text and font.getlength(text + "…") > _TEXT_WIDTH:
        text = text[:-1]
    return text.rstrip() + "…"
