"""Two versions of a text, part by part and word by word. Knows neither Django nor models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
# Above this many pairs of words the comparison would hold the page up: the texts stand whole.
_MOST_PAIRS = 4_000_000

type Change = Literal["same", "del", "ins"]


@dataclass(frozen=True, slots=True)
class Part:
    """One labelled text of a version. ``name`` is the same in every version of the whole."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ComparedPart:
    label: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.change != "same" for piece in self.pieces)


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order; "same" and "del" together give ``old``, "same" and "ins" ``new``."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_PAIRS:
        return _pieces([("same", old)] if old == new else [("del", old), ("ins", new)])
    found: list[tuple[Change, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[i:j])))
        else:
            found += [("del", "".join(before[i:j])), ("ins", "".join(after[k:m]))]
    return _pieces(found)


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> list[ComparedPart]:
    """Every part of the newer version in its order, then those that only the older one has."""
    before = {part.name: part for part in old}
    compared = [
        ComparedPart(part.label, compare_words(_text(before.pop(part.name, None)), part.text))
        for part in new
    ]
    return compared + [
        ComparedPart(part.label, compare_words(part.text, "")) for part in before.values()
    ]


def _text(part: Part | None) -> str:
    return part.text if part else ""


def _pieces(found: Sequence[tuple[Change, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(change, text) for change, text in found if text)
