"""Reading text for the loudspeaker: abbreviations and numbers written out by rule. Pure.

Nothing is guessed silently: an abbreviation that the dictionary does not know, a web address, a
"3/4" that may be a date or a fraction, are pieces that ask for a person's eye.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.vietnamese import nfc
from outreach.numbers_in_words import NORTHERN, Dialect, digit_by_digit
from outreach.reading_rules import RULES, Kind

MAX_TEXT_CHARS = 30_000
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])[A-Za-z][\w-]*(?:\.[\w-]+)*\.(?:vn|com|org|net|edu)(?:/[^\s<>\"“”]*)?(?!\w)",
    re.ASCII,
)
_LETTERS = re.compile(r"[^\W\d_]+")
# How far a word looks for a neighbour with marks.
_HEADING_WORDS = 8
_TRAILING = ".,;:!?)]}…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. ``reading`` is what is said; of plain text, the text itself.

    ``needs_eye``: the rules could not be sure, or knew nothing, and no person has said how it is
    read.
    """

    kind: Kind
    original: str
    reading: str
    needs_eye: bool = False

    @property
    def is_replacement(self) -> bool:
        return self.kind is not Kind.PLAIN

    @property
    def is_unknown(self) -> bool:
        """Left as it is written: the rules have no reading to offer."""
        return self.needs_eye and self.kind in {Kind.UNKNOWN, Kind.ADDRESS}


@dataclass(frozen=True, slots=True)
class Replacement:
    """The same stretch wherever it stands in the text, to be checked once."""

    kind: Kind
    original: str
    reading: str
    needs_eye: bool
    is_unknown: bool
    is_corrected: bool
    count: int
    before: str
    after: str


def read_aloud(
    text: str,
    *,
    abbreviations: Mapping[str, str],
    corrections: Mapping[str, str] | None = None,
    dialect: Dialect = NORTHERN,
) -> tuple[Piece, ...]:
    """The pieces of ``text`` in order; their originals joined give ``clean_text(text)``.

    ``abbreviations``: as written → as said, letter case kept. ``corrections``: original → what a
    person wants said instead, which settles every piece of that original.
    """
    text = clean_text(text)
    taken = bytearray(len(text))
    found: list[tuple[int, Piece]] = []
    for start, piece in _candidates(text, abbreviations, dialect):
        end = start + len(piece.original)
        if end > start and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append((start, _corrected(_in_sentence(text, start, piece), corrections or {})))
    return tuple(_with_plain(text, sorted(found, key=lambda item: item[0])))


def reading_text(pieces: Iterable[Piece]) -> str:
    """What is read: one line a paragraph, single spaces."""
    return clean_text("".join(piece.reading for piece in pieces))


def clean_text(text: str) -> str:
    """NFC, lines trimmed, no more than one empty line at a time."""
    lines = [nfc(line) for line in text.splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def replacements(
    pieces: Sequence[Piece], corrections: Mapping[str, str] | None = None
) -> list[Replacement]:
    """What an editor checks, each original once: first what needs an eye, then in reading order."""
    rows: dict[str, Replacement] = {}
    for at, piece in enumerate(pieces):
        if not piece.is_replacement:
            continue
        if (row := rows.get(piece.original)) is not None:
            rows[piece.original] = replace(row, count=row.count + 1)
            continue
        rows[piece.original] = Replacement(
            kind=piece.kind,
            original=piece.original,
            reading=piece.reading.strip(),
            needs_eye=piece.needs_eye,
            is_unknown=piece.is_unknown,
            is_corrected=piece.original.strip() in (corrections or {}),
            count=1,
            before="".join(other.original for other in pieces[max(0, at - 3) : at])[-40:],
            after="".join(other.original for other in pieces[at + 1 : at + 4])[:40],
        )
    return sorted(rows.values(), key=lambda row: not row.needs_eye)


def count_words(text: str) -> int:
    """Vietnamese is counted as it is spoken, by syllables: what stands between spaces."""
    return sum(1 for word in text.split() if any(char.isalnum() for char in word))


def reading_seconds(text: str, *, words_per_minute: int) -> int:
    return round(count_words(text) * 60 / words_per_minute)


def paragraphs_with_pauses(text: str) -> list[list[tuple[str, str]]]:
    """For the reader's sheet: paragraphs of (words, pause after them), the pause "", "short" (a
    comma) or "long" (the end of a sentence)."""
    sheet = []
    for line in text.splitlines():
        parts = [
            (words.strip(), _pause(words))
            for words in re.findall(r"\S.*?(?:[,;:.!?…]+[\"”)]*(?=\s|$)|$)", line)
        ]
        if parts:
            sheet.append(parts)
    return sheet


def _pause(words: str) -> str:
    last = words.rstrip('"”) ')[-1:]
    return "long" if last in {".", "!", "?", "…"} else "short" if last in {",", ";", ":"} else ""


def _candidates(
    text: str, abbreviations: Mapping[str, str], dialect: Dialect
) -> Iterator[tuple[int, Piece]]:
    """In order of precedence; a later one that touches an earlier one is not used."""
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_TRAILING)
        yield match.start(), Piece(Kind.ADDRESS, address, address, needs_eye=True)
    # What the dictionary spells with digits ("5S") goes before the rules for digits.
    with_digits = {key: said for key, said in abbreviations.items() if any(map(str.isdigit, key))}
    yield from _known(text, with_digits)
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            said = rule.say(match, dialect)
            if said is not None:
                yield match.start(), Piece(rule.kind, match[0], said.text, not said.is_sure)
    for at, char in enumerate(text):
        if char.isdigit():  # superscripts and the like, which no pattern calls a digit
            said_digit = f" {digit_by_digit(char)} "
            yield at, Piece(Kind.CODE, char, said_digit, needs_eye=True)
    yield from _known(text, abbreviations)
    yield from _signs(text)
    yield from _unknown(text)


def _known(text: str, abbreviations: Mapping[str, str]) -> Iterator[tuple[int, Piece]]:
    if not abbreviations:
        return
    keys = sorted(abbreviations, key=len, reverse=True)
    # "P." is a ward only before a name or a number; elsewhere the dot ends a sentence.
    ends = {True: r"\s?(?=[^\W_])", False: r"(?!\w)"}
    alternatives = "|".join(re.escape(key) + ends[key.endswith(".")] for key in keys)
    for match in re.finditer(rf"(?<!\w)(?:{alternatives})", text):
        written = match[0]
        key = written.rstrip()
        if key.endswith("."):
            after = text[match.end()]
            if not (after.isupper() or after.isdigit()):
                continue
            yield match.start(), Piece(Kind.ABBREVIATION, written, f"{abbreviations[key]} ")
        else:
            yield match.start(), Piece(Kind.ABBREVIATION, written, abbreviations[written])


def _signs(text: str) -> Iterator[tuple[int, Piece]]:
    for match in re.finditer(r"\s?&\s?|\+(?=\w)|[≥≤=×]", text):
        said = {"&": "và", "+": "cộng", "≥": "từ", "≤": "không quá", "=": "bằng", "×": "nhân"}
        yield match.start(), Piece(Kind.SIGN, match[0], f" {said[match[0].strip()]} ")


def _unknown(text: str) -> Iterator[tuple[int, Piece]]:
    """Words with two capitals side by side that are no heading in capitals."""
    words = list(_LETTERS.finditer(text))
    shouted = [word[0].isupper() and len(word[0]) > 1 for word in words]
    for at, word in enumerate(words):
        if not _has_two_capitals(word[0]) or (word[0].isupper() and _has_marks(word[0])):
            continue
        if shouted[at] and _is_in_heading(text, words, shouted, at):
            continue
        yield word.start(), Piece(Kind.UNKNOWN, word[0], word[0], needs_eye=True)


def _is_in_heading(
    text: str, words: Sequence[re.Match[str]], shouted: Sequence[bool], at: int
) -> bool:
    """Whether a neighbour in capitals carries Vietnamese marks: "HỘI THI", "VIỆT NAM"."""
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(words) and shouted[near] and abs(near - at) <= _HEADING_WORDS:
            first, second = sorted((words[near - step], words[near]), key=lambda word: word.start())
            if text[first.end() : second.start()] != " ":
                break
            if _has_marks(words[near][0]):
                return True
            near += step
    return False


def _has_two_capitals(word: str) -> bool:
    return any(a.isupper() and b.isupper() for a, b in pairwise(word))


def _has_marks(word: str) -> bool:
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", word))


def _in_sentence(text: str, start: int, piece: Piece) -> Piece:
    """A sentence begins with a capital, and keeps it when its first word is written out."""
    before = text[:start].rstrip(' “"(')
    if (before and before[-1] not in ".!?…\n") or not piece.reading or piece.original[0].islower():
        return piece
    said = piece.reading.lstrip()
    return replace(piece, reading=said[:1].upper() + said[1:])


def _corrected(piece: Piece, corrections: Mapping[str, str]) -> Piece:
    reading = corrections.get(piece.original.strip())
    if reading is None:
        return piece
    # "TP." takes the space after it along.
    tail = " " if piece.reading.endswith(" ") else ""
    return replace(piece, reading=reading + tail, needs_eye=False)


def _with_plain(text: str, found: Sequence[tuple[int, Piece]]) -> Iterator[Piece]:
    at = 0
    for start, piece in found:
        if start > at:
            yield Piece(Kind.PLAIN, text[at:start], text[at:start])
        yield piece
        at = start + len(piece.original)
    if at < len(text):
        yield Piece(Kind.PLAIN, text[at:], text[at:])
