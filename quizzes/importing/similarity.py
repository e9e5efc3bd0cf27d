"""Which texts are nearly the same: shares of word pairs, through an index, so that a bank of
thousands is not compared one by one.

Two sets of which at least the share t is common have something in common among the first
``n - ceil(t * n) + 1`` members of each, in whatever order both are sorted. Sorted by how seldom
they are, those first members are in few texts; only they are indexed, and only texts that share
enough of them are compared (prefix filtering: Chaudhuri, Ganti, Kaushik, "A Primitive Operator for
Similarity Joins", 2006; Bayardo, Ma, Srikant, "Scaling Up All Pairs Similarity Search", 2007).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise

# Of all word pairs of two texts, three in five are common: Jaccard's share 0.6.
_COMMON, _OF_ALL = 3, 5

type Pair = tuple[str, str]


class NearTexts[K: Hashable]:
    """Finds the text of a collection that is most like another one.

    ``expected``: texts that will be added or asked for. They only help to tell seldom words from
    usual ones; without them the same is found, more slowly.
    """

    def __init__(self, folded_texts: Mapping[K, str], *, expected: Iterable[str] = ()) -> None:
        self._times: Counter[Pair] = Counter()
        for text in (*folded_texts.values(), *expected):
            self._times.update(word_pairs(text))
        # Pairs as numbers: they are compared thousands of times.
        self._numbers: dict[Pair, int] = {}
        self._keys: list[K] = []
        self._members: list[frozenset[int]] = []
        self._rest: list[int] = []  # how many members are not indexed
        self._index: dict[int, list[int]] = defaultdict(list)
        for key, text in folded_texts.items():
            self.add(key, text)

    def add(self, key: K, folded_text: str) -> None:
        ordered = self._ordered(folded_text)
        first = _first(len(ordered))
        place = len(self._keys)
        self._keys.append(key)
        self._members.append(frozenset(ordered))
        self._rest.append(len(ordered) - first)
        for number in ordered[:first]:
            self._index[number].append(place)

    def nearest(self, folded_text: str) -> K | None:
        """The most similar text of at least the share 0.6 (Jaccard over word pairs), the one added
        first among equals; None when there is none."""
        ordered = self._ordered(folded_text)
        count, members = len(ordered), frozenset(ordered)
        first = _first(count)
        shared: Counter[int] = Counter()
        for number in ordered[:first]:
            shared.update(self._index.get(number, ()))
        best: int | None = None
        best_common, best_all = _COMMON, _OF_ALL
        for place, common in shared.items():
            other = self._members[place]
            together = count + len(other)
            # All that may be common yet: of one of the two, nothing but the rest is uncounted.
            most = common + max(count - first, self._rest[place])
            if most * best_all < best_common * (together - most):
                continue
            common = len(members & other)
            share, best_share = common * best_all, best_common * (together - common)
            if share > best_share or (share == best_share and (best is None or place < best)):
                best, best_common, best_all = place, common, together - common
        return None if best is None else self._keys[best]

    def _ordered(self, folded_text: str) -> list[int]:
        """Its word pairs, the seldom ones first, always in the same order."""
        pairs = sorted(word_pairs(folded_text), key=lambda pair: (self._times[pair], pair))
        return [self._numbers.setdefault(pair, len(self._numbers)) for pair in pairs]


def _first(count: int) -> int:
    """Among how many of its members a text near enough must have one."""
    return count - -(-_COMMON * count // _OF_ALL) + 1 if count else 0


def word_pairs(folded_text: str) -> frozenset[Pair]:
    words = ["".join(c for c in word if c.isalnum()) for word in folded_text.split()]
    words = [word for word in words if word]
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)
