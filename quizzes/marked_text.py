"""Text with bold, italic, raised and lowered words.

The text stays plain, for search and comparison. Beside it stand marks: ``[start, end, how]`` with
offsets into the plain text and ``how`` one of "b", "i", "sup", "sub".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

HOWS = ("b", "i", "sup", "sub")

type TextMark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with one set of marks, in the order of HOWS."""

    text: str
    hows: tuple[str, ...]


def segments(text: str, marks: object) -> list[Segment]:
    """The text cut where a mark begins or ends; joined again it is the text. What is no mark of
    this text is left out: marks come from files."""
    good = well_formed(text, marks)
    if not good:
        return [Segment(text, ())] if text else []
    cuts = sorted({0, len(text), *(at for start, end, _how in good for at in (start, end))})
    return [
        Segment(
            text[start:end],
            tuple(
                how for how in HOWS if any(s <= start and end <= e for s, e, h in good if h == how)
            ),
        )
        for start, end in pairwise(cuts)
    ]


def well_formed(text: str, marks: object) -> list[TextMark]:
    """The marks that lie inside the text and mean something."""
    if not isinstance(marks, (list, tuple)):
        return []
    good: list[TextMark] = []
    for mark in marks:
        if not isinstance(mark, (list, tuple)) or len(mark) != 3:
            continue
        start, end, how = mark
        is_whole = type(start) is int and type(end) is int
        if is_whole and how in HOWS and 0 <= start < end <= len(text):
            good.append((start, end, how))
    return good


def ranges(flags: Sequence[bool], how: str) -> list[TextMark]:
    """One mark for each run of True."""
    found: list[TextMark] = []
    start: int | None = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            found.append((start, at, how))
            start = None
    return found


def covers(text: str, marks: Iterable[TextMark], how: str) -> bool:
    """Whether every letter and digit of the text carries the mark."""
    marked = {at for start, end, h in marks if h == how for at in range(start, end)}
    return all(at in marked for at, char in enumerate(text) if char.isalnum())
