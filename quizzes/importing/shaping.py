"""The kinds that have no options: what a file says of one, as its ``content`` and ``key``.

Ids are given by the texts, never by what is right: where items or right sides are sorted, the ids
tell nothing of the key, and the same question has the same ids out of every file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quizzes.importing.parsed import Draft, Field, Kind, ParsedPicture
from quizzes.importing.plain import clean, folded, sameness
from quizzes.kinds.essay import MAX_GUIDE_CHARS
from quizzes.kinds.matching import MAX_RIGHT
from quizzes.kinds.short_text import MAX_ACCEPTED, comparable
from quizzes.kinds.short_text import MAX_CHARS as MAX_ACCEPTED_CHARS
from quizzes.marked_text import TextMark

MAX_ITEMS = 8
MIN_ITEMS = 2
_MAX_DIGITS = 24
_LETTERS = "abcdefgh"
_UNIT = re.compile(r"[^\W\d_%°µ][\w.%°/²³ ]{0,29}|[%°][\w.%°/²³ ]{0,29}")


@dataclass(frozen=True, slots=True)
class RichText:
    """Cleaned text with the marks and pictures that belong to it."""

    text: str
    marks: tuple[TextMark, ...] = ()
    pictures: tuple[ParsedPicture, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.pictures


def plain(text: str) -> RichText:
    return RichText(clean(text))


def dress(draft: Draft, part: str, text: RichText) -> str:
    """Put the marks and pictures of a part into the draft; its text is given back."""
    if text.marks:
        draft.marks[part] = text.marks
    if text.pictures:
        draft.pictures[part] = text.pictures
    return text.text


def shape_statements(
    draft: Draft, statements: Sequence[tuple[RichText, bool]], *, rule: str = ""
) -> None:
    draft.declared = Kind.STATEMENTS
    lines = [text for text, _is_true in statements]
    if not _are_good(draft, lines):
        return
    ids = _LETTERS[: len(lines)]
    draft.content = {"statements": _listed(draft, ids, lines)}
    true = [i for i, (_text, is_true) in zip(ids, statements, strict=True) if is_true]
    draft.key = {"true": true} | _rule(rule)


def shape_ordering(draft: Draft, items: Sequence[RichText], *, rule: str = "") -> None:
    """``items`` in the right order."""
    draft.declared = Kind.ORDERING
    if not _are_good(draft, items):
        return
    shown = _sorted(items)
    ids = {id(item): letter for letter, item in zip(_LETTERS, shown, strict=False)}
    draft.content = {"items": _listed(draft, _LETTERS, shown)}
    draft.key = {"order": [ids[id(item)] for item in items]} | _rule(rule)


def shape_matching(
    draft: Draft,
    pairs: Sequence[tuple[RichText, RichText]],
    *,
    extra: Iterable[RichText] = (),
    rule: str = "",
) -> None:
    """``extra``: right sides that belong to nothing."""
    draft.declared = Kind.MATCHING
    left = [one for one, _other in pairs]
    right: dict[str, RichText] = {}
    for text in [*(other for _one, other in pairs), *extra]:
        right.setdefault(_same(text), text)
    if not _are_good(draft, left):
        return
    if any(text.is_empty for text in right.values()):
        draft.remark(Field.OPTIONS, "pair_without_right")
    elif len(right) < MIN_ITEMS:
        draft.remark(Field.OPTIONS, "pairs_all_alike")
    elif len(right) > MAX_RIGHT:
        draft.remark(Field.OPTIONS, "right_too_many", count=len(right), limit=MAX_RIGHT)
    else:
        shown = _sorted(right.values())
        numbers = [str(place) for place in range(1, len(shown) + 1)]
        draft.content = {
            "left": _listed(draft, _LETTERS, left),
            "right": _listed(draft, numbers, shown),
        }
        by_text = {_same(text): number for text, number in zip(shown, numbers, strict=True)}
        draft.key = {
            "pairs": {i: by_text[_same(r)] for i, (_l, r) in zip(_LETTERS, pairs, strict=False)}
        } | _rule(rule)
        draft.options = [f"{one.text} → {other.text}" for one, other in pairs]


def shape_number(draft: Draft, value: str, tolerance: str = "0", *, unit: str = "") -> None:
    """Decimal texts with a point."""
    draft.declared = Kind.NUMBER
    draft.options = []
    number, slack = decimal_in(value), decimal_in(tolerance or "0")
    if number is None or slack is None or slack < 0 or len(as_text(number)) > _MAX_DIGITS:
        wrong = value if number is None else tolerance
        draft.remark(Field.KEY, "number_unreadable", value=clean(wrong)[:40])
        return
    unit = clean(unit)
    draft.content = {"unit": unit} if _UNIT.fullmatch(unit) else {}
    draft.key = {"value": as_text(number), "tolerance": as_text(slack)}


def shape_range(draft: Draft, low: str, high: str, *, unit: str = "") -> None:
    one, other = decimal_in(low), decimal_in(high)
    if one is None or other is None or other < one:
        draft.declared = Kind.NUMBER
        draft.remark(Field.KEY, "number_unreadable", value=clean(f"{low}..{high}")[:40])
        return
    middle = (one + other) / 2
    shape_number(draft, as_text(middle), as_text(other - middle), unit=unit)


def shape_short_text(draft: Draft, accepted: Sequence[str]) -> None:
    draft.declared = Kind.SHORT_TEXT
    draft.options = []
    texts: dict[str, str] = {}
    for text in map(clean, accepted):
        if text:
            texts.setdefault(comparable(text), " ".join(text.split()))
    if not texts or "" in texts:
        draft.remark(Field.KEY, "accepted_missing")
    elif len(texts) > MAX_ACCEPTED:
        draft.remark(Field.KEY, "accepted_too_many", count=len(texts), limit=MAX_ACCEPTED)
    elif any(len(text) > MAX_ACCEPTED_CHARS for text in texts.values()):
        longest = max(map(len, texts.values()))
        draft.remark(Field.KEY, "too_long", length=longest, limit=MAX_ACCEPTED_CHARS)
    else:
        draft.content, draft.key = {}, {"accepted": list(texts.values())}


def shape_essay(draft: Draft, guide: str = "", *, max_words: int | None = None) -> None:
    """Without a guide of its own the explanation is what the markers go by."""
    draft.declared = Kind.ESSAY
    draft.options = []
    guide = clean(guide) or clean(draft.explanation)
    if not guide:
        draft.remark(Field.KEY, "guide_missing")
    elif len(guide) > MAX_GUIDE_CHARS:
        draft.remark(Field.KEY, "too_long", length=len(guide), limit=MAX_GUIDE_CHARS)
    else:
        draft.content = {} if max_words is None else {"max_words": max_words}
        draft.key = {"guide": guide}


def decimal_in(text: str) -> Decimal | None:
    """The number of a decimal text with a point, None for anything else or beyond reason."""
    text = clean(text).replace("\u2212", "-")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or not text.isascii():
        return None
    spans = max(abs(number.adjusted()), len(number.as_tuple().digits))
    return number if spans <= _MAX_DIGITS else None


def as_text(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _rule(rule: str) -> dict[str, str]:
    return {"rule": rule} if rule else {}


def _same(text: RichText) -> str:
    return sameness(text.text) or text.text or "\0".join(p.sha256 for p in text.pictures)


def _sorted(texts: Iterable[RichText]) -> list[RichText]:
    return sorted(texts, key=lambda text: (folded(text.text), text.text, _same(text)))


def _listed(draft: Draft, ids: Sequence[str], texts: Sequence[RichText]) -> list[dict[str, str]]:
    return [{"id": i, "text": dress(draft, i, text)} for i, text in zip(ids, texts, strict=False)]


def _are_good(draft: Draft, texts: Sequence[RichText]) -> bool:
    """What `checking` says of options, said of statements, items and left sides."""
    draft.options = [text.text for text in texts]
    if len(texts) < MIN_ITEMS:
        draft.remark(Field.OPTIONS, "items_too_few", count=len(texts))
    elif len(texts) > MAX_ITEMS:
        draft.remark(Field.OPTIONS, "items_too_many", count=len(texts), limit=MAX_ITEMS)
    elif empty := [place for place, text in enumerate(texts, 1) if text.is_empty]:
        draft.remark(Field.OPTIONS, "item_empty", place=empty[0])
    else:
        seen: dict[str, int] = {}
        for place, text in enumerate(texts, 1):
            earlier = seen.setdefault(_same(text), place)
            if earlier != place:
                draft.remark(Field.OPTIONS, "items_same", one=earlier, other=place)
                return False
        return True
    return False
