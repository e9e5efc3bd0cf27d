"""Which formatting of a Word question is kept: bold, italic, raised and lowered words.

Never what tells the key. Dress that covers a whole part says nothing and goes; an underlined word
of a stem ("chọn ý không đúng") is kept as bold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from quizzes.importing.plain import clean, is_control, is_invisible
from quizzes.importing.word_lines import Line, Mark, join_lines
from quizzes.marked_text import TextMark, covers, ranges

_EMPHASIS = frozenset({"b", "i"})


def clean_lines(lines: Sequence[Line]) -> tuple[str, tuple[int, ...]]:
    """The text of the lines as `plain.clean` gives it, and the formatting of each character."""
    text = join_lines(lines)
    flags = [mark for line in lines for mark in (*line.marks, 0)][: len(text)]
    wanted = clean(text)
    if text == wanted:
        return text, tuple(flags)
    kept, kept_flags = _cleaned(text, flags)
    # Letters and tones in two lines would compose: there the text counts, not its dress.
    return (kept, kept_flags) if kept == wanted else (wanted, (0,) * len(wanted))


def _cleaned(text: str, flags: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """What `clean` does to a text, done to its formatting as well."""
    chars: list[str] = []
    kept: list[int] = []
    blank: tuple[str, int] | None = None
    for char, flag in zip(text, flags, strict=True):
        if is_invisible(char):
            continue
        if char.isspace() or is_control(char):
            if char == "\n" or blank is None:
                blank = ("\n" if char == "\n" else " ", flag)
            continue
        if blank is not None and chars:
            chars.append(blank[0])
            kept.append(blank[1])
        blank = None
        chars.append(char)
        kept.append(flag)
    return "".join(chars), tuple(kept)


def text_marks(text: str, flags: Sequence[int], *, is_stem: bool) -> tuple[TextMark, ...]:
    bold = int(Mark.BOLD | Mark.UNDERLINE) if is_stem else int(Mark.BOLD)
    found: list[TextMark] = []
    for how, mask in (
        ("b", bold),
        ("i", int(Mark.ITALIC)),
        ("sup", int(Mark.RAISED)),
        ("sub", int(Mark.LOWERED)),
    ):
        marks = _trimmed(text, ranges([bool(flag & mask) for flag in flags], how))
        if how not in _EMPHASIS or not covers(text, marks, how):
            found += marks
    return tuple(sorted(found))


def all_marks(text: str, flags: Sequence[int]) -> tuple[TextMark, ...]:
    """Of a file whose dress is known to be part of its questions."""
    found: list[TextMark] = []
    for how, mark in (
        ("b", Mark.BOLD),
        ("i", Mark.ITALIC),
        ("sup", Mark.RAISED),
        ("sub", Mark.LOWERED),
    ):
        mask = int(mark)
        found += _trimmed(text, ranges([bool(flag & mask) for flag in flags], how))
    return tuple(sorted(found))


def _trimmed(text: str, marks: Sequence[TextMark]) -> list[TextMark]:
    """Without the blanks at their ends, and without those that hold nothing else."""
    found = []
    for start, end, how in marks:
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = end - (len(piece) - len(piece.rstrip()))
        if any(not unicodedata.category(char).startswith(("Z", "C")) for char in text[first:last]):
            found.append((first, last, how))
    return found


def tells_key(
    marks: Mapping[str, Sequence[TextMark]], parts: Sequence[str], right: Collection[str]
) -> bool:
    """Whether the emphasis in the options singles out right ones, or all the wrong ones."""
    stressed = {
        part for part in parts if any(how in _EMPHASIS for _s, _e, how in marks.get(part, ()))
    }
    return bool(stressed) and (stressed <= set(right) or stressed == set(parts) - set(right))


def without_emphasis(
    marks: Mapping[str, Sequence[TextMark]], parts: Collection[str]
) -> dict[str, tuple[TextMark, ...]]:
    """The same marks, those of ``parts`` without bold and italic."""
    kept = {
        part: tuple(m for m in found if part not in parts or m[2] not in _EMPHASIS)
        for part, found in marks.items()
    }
    return {part: found for part, found in kept.items() if found}
