"""Which options of one Word question are marked as right by their formatting or by a star.

What all options share is dress, not a mark. A mark must cover the letter or the whole text: one
bold word inside an option is emphasis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.importing.option_lines import WordOption
from quizzes.importing.parsed import KeyClaim, KeySource
from quizzes.importing.word_lines import Line, Mark

_SOURCES = {
    Mark.UNDERLINE: KeySource.UNDERLINE,
    Mark.BOLD: KeySource.BOLD,
    Mark.HIGHLIGHT: KeySource.HIGHLIGHT,
    Mark.RED: KeySource.RED,
    Mark.COLOUR: KeySource.COLOUR,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """``partly``: no mark singles out an option, but some text inside one is marked."""

    claims: tuple[KeyClaim, ...]
    partly: bool = False


def marked_options(options: Sequence[WordOption]) -> Marked:
    count = len(options)
    claims: list[KeyClaim] = []
    partly: set[int] = set()
    for mark, source in _SOURCES.items():
        # Plain integers: the flags' own operators are slow for every character of a document.
        mask = int(mark)
        labels = {i for i, option in enumerate(options) if _letter_has(option.label, mask)}
        shares = [_share(option.pieces, mask) for option in options]
        texts = {i for i, share in enumerate(shares) if share == 1}
        partly |= {i for i, share in enumerate(shares) if 0 < share < 1}
        if mark is Mark.COLOUR and any(claim.source is KeySource.RED for claim in claims):
            continue  # red among blue: blue is the dress
        for signal in {frozenset(labels), frozenset(texts)}:
            if 0 < len(signal) < count:
                claims.append(KeyClaim(source, tuple(sorted(signal))))
    starred = {i for i, option in enumerate(options) if has_star(option)}
    if 0 < len(starred) < count:
        claims.append(KeyClaim(KeySource.STAR, tuple(sorted(starred))))
    return Marked(tuple(claims), partly=not claims and 0 < len(partly) < count)


def _letter_has(label: Line, mask: int) -> bool:
    return any(
        bool(marks & mask)
        for char, marks in zip(label.text, label.marks, strict=True)
        if char.isalpha()
    )


def _share(pieces: Iterable[Line], mask: int) -> float:
    """How much of the letters and digits carries the mark, 0 to 1; 0 for no text."""
    marked = [
        bool(marks & mask)
        for piece in pieces
        for char, marks in zip(piece.text, piece.marks, strict=True)
        if char.isalnum()
    ]
    return sum(marked) / len(marked) if marked else 0


def has_star(option: WordOption) -> bool:
    text = "\n".join(piece.text for piece in option.pieces).strip()
    return "*" in option.label.text or text.startswith("*") or text.endswith("*")
