"""The words of a search: how text becomes words, where they stand, which are nearly right. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice, product

from rapidfuzz.distance import OSA

from core.vietnamese import fold

MAX_WORDS = 12
_WORD = re.compile(r"[a-z0-9]+", re.ASCII)
_SHOWN_WORD = re.compile(r"\w+")
# As far from the word as a slip of the finger, by its length: (letters at least, changes at most).
_SLIPS = ((6, 2), (3, 1))


def words_of(text: str) -> list[str]:
    """Folded words of letters and digits, in their order: "Nghị định 118/2025" → nghi, dinh, 118,
    2025. Engines that read an address or a number into "118/2025" never see one."""
    return _WORD.findall(fold(text.replace("\0", " ")))


def query_words(text: str) -> list[str]:
    """The words of a search, each once. The first twelve: more only narrow it to nothing."""
    return list(dict.fromkeys(words_of(text)))[:MAX_WORDS]


def marked(text: str, words: Collection[str]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is one of the (folded) words; joined they are it."""
    text = unicodedata.normalize("NFC", text)
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _SHOWN_WORD.finditer(text):
        if any(word in words for word in words_of(found[0])):
            if found.start() > end:
                pieces.append((text[end : found.start()], False))
            pieces.append((found[0], True))
            end = found.end()
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


def excerpt(text: str, words: Collection[str], *, length: int = 220) -> str:
    """The part of ``text`` around the place with the most of the words, at most about ``length``
    characters, cut between words with "…"; its beginning when none of them stands there."""
    shown = list(_SHOWN_WORD.finditer(text))
    hits = [found for found in shown if any(word in words for word in words_of(found[0]))]
    if not hits or len(text) <= length:
        return _cut(text, 0, length)
    start = max(hits, key=lambda hit: (_hits_within(hits, hit.start(), length), -hit.start()))
    before = [found.start() for found in shown if found.start() <= start.start() - length // 5]
    return _cut(text, before[-1] if before else 0, length)


def _hits_within(hits: Sequence[re.Match[str]], start: int, length: int) -> int:
    near = (fold(hit[0]) for hit in hits if start <= hit.start() < start + length * 4 // 5)
    return len(set(near))


def _cut(text: str, start: int, length: int) -> str:
    end = start + length
    if end >= len(text):
        return ("… " if start else "") + text[start:].strip()
    end = max(text.rfind(" ", start, end), start + length // 2)
    return ("… " if start else "") + text[start:end].strip(" ,;:") + " …"


def corrections(
    words: Sequence[str], vocabulary: Mapping[str, int], *, limit: int = 12
) -> list[list[str]]:
    """What may have been meant, the likeliest first: the words with those nearest to them in the
    vocabulary (word → in how many texts it stands). Never the words themselves."""
    choices = [_choices(word, vocabulary) for word in words]
    if not all(choices):
        return []
    meant = sorted(
        (combination for combination in islice(product(*choices), 5000)),
        key=lambda combination: sum(cost for _word, cost in combination),
    )
    found = ([word for word, _cost in combination] for combination in meant)
    return [candidate for candidate in islice(found, limit + 1) if candidate != list(words)][:limit]


def _choices(word: str, vocabulary: Mapping[str, int]) -> list[tuple[str, float]]:
    """The word, if it is known, and its nearest three, each with what taking it costs."""
    known = [(word, 0.0)] if word in vocabulary else []
    if word.isdecimal():
        return known
    most = next((changes for length, changes in _SLIPS if len(word) >= length), 0)
    near = []
    for other, count in vocabulary.items():
        if other != word and abs(len(other) - len(word)) <= most and not other.isdecimal():
            changes = OSA.distance(word, other, score_cutoff=most)
            if changes <= most:
                # The first letter is seldom the slip; a common word is likelier than a rare one.
                cost = changes + (other[0] != word[0]) * 0.5 - min(count, 1000) / 2500
                near.append((other, cost))
    near.sort(key=lambda choice: (choice[1], choice[0]))
    return [*known, *near[:3]]


def dressed(words: Sequence[str], texts: Iterable[str]) -> str | None:
    """The folded words as a text writes them, one after the other ("dat dai" → "đất đai"); None
    when they stand together in none of the texts."""
    for text in texts:
        shown = _SHOWN_WORD.findall(unicodedata.normalize("NFC", text))
        folded = [fold(word) for word in shown]
        for start in range(len(shown) - len(words) + 1):
            if folded[start : start + len(words)] == list(words):
                return " ".join(shown[start : start + len(words)]).lower()
    return None
