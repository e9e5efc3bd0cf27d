"""Lines of a Word document: text with the formatting of each character, wherever Word keeps it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntFlag


class Mark(IntFlag):
    BOLD = 1
    UNDERLINE = 2
    RED = 4
    COLOUR = 8  # any colour but red and black
    HIGHLIGHT = 16
    STRIKE = 32


@dataclass(frozen=True, slots=True)
class Line:
    """``marks[i]`` belongs to ``text[i]``. ``objects``: what the line holds that is no text:
    "picture", "formula", "symbol". ``place`` counts the document's lines from 1."""

    text: str
    marks: tuple[int, ...]
    place: int
    objects: frozenset[str] = field(default_factory=frozenset)

    def cut(self, start: int, end: int | None = None) -> Line:
        return Line(self.text[start:end], self.marks[start:end], self.place, self.objects)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and not self.objects


type WordCell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[WordCell, ...], ...]


type Block = Line | Table


@dataclass(slots=True)
class LineBuilder:
    """Collects runs; a line break inside a paragraph starts a new line."""

    place: int
    lines: list[Line] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _marks: list[int] = field(default_factory=list)
    _objects: set[str] = field(default_factory=set)

    def write(self, text: str, marks: int) -> None:
        text = unicodedata.normalize("NFC", text)
        self._text.append(text)
        self._marks.extend([marks] * len(text))

    def hold(self, what: str) -> None:
        self._objects.add(what)

    def end_line(self) -> None:
        text = "".join(self._text)
        place = self.place + len(self.lines)
        self.lines.append(Line(text, tuple(self._marks), place, frozenset(self._objects)))
        self._text, self._marks, self._objects = [], [], set()


def cell_text(cell: WordCell) -> str:
    return "\n".join(line.text for line in cell).strip()


def join_lines(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
