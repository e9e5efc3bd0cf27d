"""Pictures for the demo, drawn here: no photograph of anybody, nothing fetched."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

_WIDTH, _HEIGHT, _FINER = 1600, 1067, 2
_WALL, _FLOOR, _DEEP, _JADE = "#e9e2d2", "#cfc5b0", "#0c3a34", "#0b5c51"
_LIGHT, _SKIN, _WARM, _PAPER = "#dfede7", "#d9a982", "#b9722c", "#fbf9f4"


def draw(scene: str) -> bytes:
    """Scene "counter", "papers" or "screens" as a JPEG of 1600 × 1067."""
    picture = Image.new("RGB", (_WIDTH * _FINER, _HEIGHT * _FINER), _WALL)
    pen = _Pen(ImageDraw.Draw(picture))
    pen.box(0, 820, _WIDTH, _HEIGHT, _FLOOR)
    {"counter": _counter, "papers": _papers, "screens": _screens}[scene](pen)
    file = BytesIO()
    picture.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).save(file, "JPEG", quality=82)
    return file.getvalue()


def keep_picture(scene: str, title: str, description: str) -> Any:
    """The picture in the library; drawn once, found again by its title."""
    images = get_image_model().objects
    return images.filter(title=title).first() or images.create(
        title=title, description=description, file=ContentFile(draw(scene), f"demo-{scene}.jpg")
    )


class _Pen:
    """Draws in the units of the finished picture."""

    def __init__(self, pen: ImageDraw.ImageDraw) -> None:
        self.pen = pen

    def box(self, x0: int, y0: int, x1: int, y1: int, fill: str, radius: int = 0) -> None:
        place = [value * _FINER for value in (x0, y0, x1, y1)]
        self.pen.rounded_rectangle(place, radius * _FINER, fill=fill)

    def disc(self, x: int, y: int, r: int, fill: str) -> None:
        self.pen.ellipse([v * _FINER for v in (x - r, y - r, x + r, y + r)], fill=fill)

    def arch(self, x0: int, top: int, x1: int, foot: int, fill: str) -> None:
        r = (x1 - x0) // 2
        self.pen.pieslice([v * _FINER for v in (x0, top, x1, top + 2 * r)], 180, 360, fill=fill)
        self.box(x0, top + r, x1, foot, fill)

    def person(self, x: int, foot: int, coat: str, *, height: int = 420) -> None:
        width = height // 3
        self.arch(x - width // 2, foot - height + width // 2, x + width // 2, foot, coat)
        self.disc(x, foot - height + width // 6, width // 3, _SKIN)


def _counter(pen: _Pen) -> None:
    pen.arch(1010, 120, 1530, 820, _DEEP)
    pen.arch(1090, 200, 1450, 820, _LIGHT)
    pen.box(90, 150, 700, 260, _JADE, 10)
    for left in (130, 330, 530):
        pen.box(left, 185, left + 130, 225, _LIGHT, 8)
    pen.person(300, 700, _JADE)
    pen.person(620, 700, _DEEP)
    pen.box(60, 600, 860, 860, _WARM, 12)
    pen.box(40, 575, 880, 620, _PAPER, 8)
    pen.person(960, 930, "#7d4b3a", height=520)
    pen.person(1180, 940, "#3f5d78", height=500)


def _papers(pen: _Pen) -> None:
    pen.box(0, 640, _WIDTH, _HEIGHT, _WARM)
    for number, (left, top) in enumerate([(180, 200), (470, 150), (760, 220)]):
        pen.box(left, top, left + 420, top + 580, _PAPER if number != 1 else _LIGHT, 10)
        pen.box(left + 50, top + 60, left + 250, top + 85, _JADE, 6)
        for line in range(7):
            pen.box(left + 50, top + 140 + 52 * line, left + 370, top + 152 + 52 * line, _FLOOR, 5)
            pen.disc(left + 30, top + 146 + 52 * line, 9, _JADE if line < 4 else _FLOOR)
    pen.box(1250, 330, 1470, 800, _DEEP, 28)
    pen.box(1275, 370, 1445, 740, _LIGHT, 10)
    for row in range(5):
        for column in range(4):
            if (row * 3 + column * 5) % 4:
                left, top = 1300 + 32 * column, 430 + 32 * row
                pen.box(left, top, left + 26, top + 26, _DEEP)


def _screens(pen: _Pen) -> None:
    for left in (120, 620, 1120):
        pen.box(left, 300, left + 380, 560, _DEEP, 14)
        pen.box(left + 18, 318, left + 362, 542, _LIGHT, 6)
        for line in range(4):
            pen.box(left + 60, 350 + 46 * line, left + 310 - 40 * line, 366 + 46 * line, _JADE, 5)
        pen.box(left + 160, 560, left + 220, 620, _DEEP)
    pen.box(60, 620, 1540, 680, _PAPER, 8)
    for x, coat in ((310, _JADE), (810, "#7d4b3a"), (1310, "#3f5d78")):
        pen.person(x, 1010, coat, height=470)
