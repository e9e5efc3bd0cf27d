"""Which texts are nearly the same: shares of word pairs, through an index, so that a bank of
thousands is not compared one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from itertools import pairwise

THRESHOLD = 0.6
# A pair of words in more texts than this ("theo quy", "nào sau") says nothing and costs most.
_MAX_POSTINGS = 400


class NearTexts[K: Hashable]:
    """Finds the text of a collection that is most like another one."""

    def __init__(self, folded_texts: Mapping[K, str]) -> None:
        self._pairs: dict[K, frozenset[tuple[str, str]]] = {}
        self._index: dict[tuple[str, str], list[K]] = defaultdict(list)
        for key, text in folded_texts.items():
            self.add(key, text)

    def add(self, key: K, folded_text: str) -> None:
        self._pairs[key] = word_pairs(folded_text)
        for pair in self._pairs[key]:
            self._index[pair].append(key)

    def nearest(self, folded_text: str) -> K | None:
        """The most similar text of at least THRESHOLD (Jaccard over word pairs), else None."""
        pairs = word_pairs(folded_text)
        shared: Counter[K] = Counter()
        for pair in pairs:
            postings = self._index.get(pair, ())
            if len(postings) <= _MAX_POSTINGS:
                shared.update(postings)
        best, best_share = None, THRESHOLD
        for key, _ in shared.most_common(10):
            other = self._pairs[key]
            share = len(pairs & other) / len(pairs | other)
            if share >= best_share:
                best, best_share = key, share
        return best


def word_pairs(folded_text: str) -> frozenset[tuple[str, str]]:
    words = ["".join(c for c in word if c.isalnum()) for word in folded_text.split()]
    words = [word for word in words if word]
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)
