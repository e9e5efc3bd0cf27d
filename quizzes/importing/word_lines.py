"""Lines of a Word document: text with the formatting of each character, wherever Word keeps it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag
from functools import lru_cache


class Mark(IntFlag):
    BOLD = 1
    UNDERLINE = 2
    RED = 4
    COLOUR = 8  # any colour but red and black
    HIGHLIGHT = 16
    STRIKE = 32
    ITALIC = 64
    RAISED = 128
    LOWERED = 256


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture before the character at ``at``. ``part`` is its file in the package, "" when it
    has none; ``problem`` is a remark code, "" when it can be tried."""

    at: int
    part: str = ""
    alt: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """``marks[i]`` belongs to ``text[i]``. ``objects``: what the line holds that is neither text
    nor picture, as remark codes. ``place`` counts the document's lines from 1. ``style`` is the
    name of its paragraph's style; ``continues``: the paragraph began before it."""

    text: str
    marks: tuple[int, ...]
    place: int
    objects: frozenset[str] = field(default_factory=frozenset)
    pictures: tuple[PlacedPicture, ...] = ()
    style: str = ""
    continues: bool = False

    def cut(self, start: int, end: int | None = None, *, reach: int | None = None) -> Line:
        """``reach`` takes the pictures from there on too, such as those inside a cut-off label."""
        first = start if reach is None else reach
        last = len(self.text) if end is None else end - 1
        pictures = tuple(
            replace(picture, at=max(0, picture.at - start))
            for picture in self.pictures
            if first <= picture.at <= last
        )
        return Line(self.text[start:end], self.marks[start:end], self.place, self.objects, pictures)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and not self.objects and not self.pictures


type WordCell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[WordCell, ...], ...]


type Block = Line | Table


@dataclass(slots=True)
class LineBuilder:
    """Collects runs; a line break inside a paragraph starts a new line."""

    place: int
    style: str = ""
    lines: list[Line] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _marks: list[int] = field(default_factory=list)
    _objects: set[str] = field(default_factory=set)
    _pictures: list[PlacedPicture] = field(default_factory=list)

    def write(self, text: str, marks: int) -> None:
        text = unicodedata.normalize("NFC", text)
        if text and unicodedata.combining(text[0]) and self._marks:
            text = self._composed(text)  # a run may begin with the tone of the letter before it
        self._text.append(text)
        self._marks.extend([marks] * len(text))

    def _composed(self, text: str) -> str:
        """``text`` without the tones that the last letter written takes on."""
        before = "".join(self._text)
        tones = len(text) - len(text.lstrip("".join(filter(unicodedata.combining, text))))
        letter = unicodedata.normalize("NFC", before[-1] + text[:tones])
        if len(letter) != 1:
            return text
        self._text = [before[:-1] + letter]
        return text[tones:]

    def hold(self, what: str) -> None:
        self._objects.add(what)

    def show(self, part: str = "", alt: str = "", problem: str = "") -> None:
        self._pictures.append(PlacedPicture(len(self._marks), part, alt, problem))

    def end_line(self) -> None:
        text = "".join(self._text)
        place = self.place + len(self.lines)
        held, pictures = frozenset(self._objects), tuple(self._pictures)
        marks, continues = _shared(tuple(self._marks)), bool(self.lines)
        self.lines.append(Line(text, marks, place, held, pictures, self.style, continues))
        self._text, self._marks, self._objects, self._pictures = [], [], set(), []


def _shared(marks: tuple[int, ...]) -> tuple[int, ...]:
    """Most lines look the same from end to end; their marks take eight times the text's room."""
    return _alike(marks[0], len(marks)) if len(set(marks)) == 1 else marks


@lru_cache(maxsize=1024)
def _alike(mark: int, count: int) -> tuple[int, ...]:
    return (mark,) * count


def cell_text(cell: WordCell) -> str:
    return "\n".join(line.text for line in cell).strip()


def join_lines(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
