"""Which texts are nearly the same: shares of word pairs, through an index, so that a bank of
thousands is not compared one by one.

Two sets of which at least the share t is common have something in common among the first
``n - ceil(t * n) + 1`` members of each, in whatever order both are sorted. Sorted by how seldom
they are, those first members are in few texts; only they are indexed, and only texts that share
enough of them are compared (prefix filtering: Chaudhuri, Ganti, Kaushik, "A Primitive Operator for
Similarity Joins", 2006; Bayardo, Ma, Srikant, "Scaling Up All Pairs Similarity Search", 2007).

Word pairs are known by their hashes and lie in one array, so that a text takes a few hundred bytes.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise

# Of all word pairs of two texts, three in five are common: Jaccard's share 0.6.
_COMMON, _OF_ALL = 3, 5
# Pairs share a bucket of the index, and a count of how usual they are: that adds texts to be
# compared and hides none.
_BUCKETS = 1 << 14
_HASH = (1 << 64) - 1

type Pair = tuple[str, str]


class NearTexts[K: Hashable]:
    """Finds the text of a collection that is most like another one.

    ``expected``: texts that will be added or asked for. They only help to tell seldom words from
    usual ones; without them the same is found, more slowly.
    """

    def __init__(
        self,
        folded_texts: Mapping[K, str] | Iterable[tuple[K, str]],
        *,
        expected: Iterable[str] = (),
    ) -> None:
        self._times = array("L", bytes(_BUCKETS * array("L").itemsize))
        self._keys: list[K] = []
        self._members = array("Q")
        self._starts = array("Q", [0])
        self._index: list[array[int] | None] = [None] * _BUCKETS
        given = folded_texts.items() if isinstance(folded_texts, Mapping) else folded_texts
        for key, text in given:
            pairs = _hashes(text)
            self._count(pairs)
            self._keep(key, pairs)
        for text in expected:
            self._count(_hashes(text))
        # Only now is it known which pairs are seldom.
        for place in range(len(self._keys)):
            start, end = self._starts[place], self._starts[place + 1]
            self._enter(place, self._seldom_first(self._members[start:end]))

    def add(self, key: K, folded_text: str) -> None:
        pairs = _hashes(folded_text)
        self._keep(key, pairs)
        self._enter(len(self._keys) - 1, self._seldom_first(pairs))

    def nearest(self, folded_text: str) -> K | None:
        """The most similar text of at least the share 0.6 (Jaccard over word pairs), the one added
        first among equals; None when there is none."""
        members = _hashes(folded_text)
        count = len(members)
        first = _first(count)
        shared: Counter[int] = Counter()
        for number in self._seldom_first(members)[:first]:
            shared.update(self._index[number % _BUCKETS] or ())
        best: int | None = None
        best_common, best_all = _COMMON, _OF_ALL
        for place, common in shared.items():
            start, end = self._starts[place], self._starts[place + 1]
            size = end - start
            together = count + size
            # All that may be common yet: of one of the two, nothing but the rest is uncounted.
            most = common + max(count - first, size - _first(size))
            if most * best_all < best_common * (together - most):
                continue
            common = len(members.intersection(self._members[start:end]))
            share, best_share = common * best_all, best_common * (together - common)
            if share > best_share or (share == best_share and (best is None or place < best)):
                best, best_common, best_all = place, common, together - common
        return None if best is None else self._keys[best]

    def _count(self, pairs: Iterable[int]) -> None:
        for number in pairs:
            self._times[number % _BUCKETS] += 1

    def _keep(self, key: K, pairs: Iterable[int]) -> None:
        self._keys.append(key)
        self._members.extend(pairs)
        self._starts.append(len(self._members))

    def _enter(self, place: int, ordered: list[int]) -> None:
        for number in ordered[: _first(len(ordered))]:
            bucket = self._index[number % _BUCKETS]
            if bucket is None:
                bucket = self._index[number % _BUCKETS] = array("L")
            bucket.append(place)

    def _seldom_first(self, pairs: Iterable[int]) -> list[int]:
        """The seldom ones first, always in the same order."""
        return sorted(pairs, key=lambda number: (self._times[number % _BUCKETS], number))


def _first(count: int) -> int:
    """Among how many of its members a text near enough must have one."""
    return count - -(-_COMMON * count // _OF_ALL) + 1 if count else 0


def _hashes(folded_text: str) -> frozenset[int]:
    return frozenset(hash(pair) & _HASH for pair in word_pairs(folded_text))


def word_pairs(folded_text: str) -> frozenset[Pair]:
    words = ["".join(c for c in word if c.isalnum()) for word in folded_text.split()]
    words = [word for word in words if word]
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)
