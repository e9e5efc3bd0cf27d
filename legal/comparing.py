"""Two documents side by side, article by article and word by word. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.comparing import Piece, compare_words
from core.vietnamese import fold


@dataclass(frozen=True, slots=True)
class ArticleText:
    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One article of one document, cut where it differs from the other's: ``heading`` and ``text``
    hold "same" pieces and those that only this side has."""

    number: str
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """``old`` or ``new`` is None for an article that the other document does not have."""

    old: Side | None
    new: Side | None
    is_changed: bool


def compare_articles(old: Sequence[ArticleText], new: Sequence[ArticleText]) -> list[Pair]:
    """Every article of the newer document in its order, each beside the older one with the same
    heading, else with the same number; what only the older has stands where it stood there."""
    partners = _partners(old, new)
    left = [place for place in range(len(old)) if place not in partners.values()]
    pairs = []
    for place, article in enumerate(new):
        before = partners.get(place)
        while left and before is not None and left[0] < before:
            pairs.append(_pair(old[left.pop(0)], None))
        pairs.append(_pair(old[before] if before is not None else None, article))
    return pairs + [_pair(old[place], None) for place in left]


def _partners(old: Sequence[ArticleText], new: Sequence[ArticleText]) -> dict[int, int]:
    """Place in ``new`` → place in ``old``; each is used once."""
    found: dict[int, int] = {}
    keys: tuple[Callable[[ArticleText], str], ...] = (
        lambda article: fold(article.heading),
        lambda article: fold(article.number),
    )
    for key in keys:
        free: dict[str, int] = {}
        for place, article in enumerate(old):
            if place not in found.values() and key(article):
                free.setdefault(key(article), place)
        for place, article in enumerate(new):
            if place not in found and key(article) in free:
                found[place] = free.pop(key(article))
    return found


def _pair(old: ArticleText | None, new: ArticleText | None) -> Pair:
    heading = compare_words(old.heading if old else "", new.heading if new else "")
    text = compare_words(old.text if old else "", new.text if new else "")
    return Pair(
        _side(old, heading, text, gone="ins"),
        _side(new, heading, text, gone="del"),
        is_changed=any(piece.change != "same" for piece in (*heading, *text)),
    )


def _side(
    article: ArticleText | None, heading: Sequence[Piece], text: Sequence[Piece], *, gone: str
) -> Side | None:
    if article is None:
        return None
    return Side(
        article.number,
        tuple(piece for piece in heading if piece.change != gone),
        tuple(piece for piece in text if piece.change != gone),
    )
