"""Which stored document a number in a file means. Nothing is taken for another document: numbers
that differ in more than case, marks and spaces are different ones, even at one address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core.vietnamese import nfc
from legal.models import Instrument
from legal.numbers import number_key, slug_of


class Stored:
    """The catalogue, to be asked by number."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._by_number: dict[str, Instrument] = {}
        self._by_key: dict[str, list[Instrument]] = defaultdict(list)
        self._by_slug: dict[str, list[Instrument]] = defaultdict(list)
        for one in instruments:
            self._by_number[one.number] = one
            self._by_key[number_key(one.number)].append(one)
            self._by_slug[slug_of(one.number)].append(one)

    def find(self, number: str) -> Instrument | None:
        """By the number to the letter, else in any spelling of it that only one document has."""
        if found := self._by_number.get(nfc(number)):
            return found
        same = self._by_key.get(number_key(number), [])
        return same[0] if len(same) == 1 else None

    def resembling(self, number: str) -> Instrument | None:
        """Where ``find`` knows none: one that may be meant, or may be another document."""
        if self.find(number):
            return None
        return next(iter(self._by_slug.get(slug_of(number), [])), None)

    def identity(self, number: str) -> str:
        """The same for every spelling of one document's number, stored or not."""
        found = self.find(number)
        return found.number if found else number_key(number)
