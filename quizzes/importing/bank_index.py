"""What a bank has, so that thousands of questions can be compared with it: numbers in memory, the
questions themselves only when they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from quizzes.enums import QuestionState
from quizzes.importing.similarity import NearTexts
from quizzes.models import Question, QuestionBank, QuestionVersion

_FETCHED = 2000


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question of the bank with its current version."""

    question: Question
    version: QuestionVersion

    @property
    def is_retired(self) -> bool:
        return self.question.state == QuestionState.RETIRED


class BankIndex:
    """The questions of a bank by their stems, as they were when it was made. One statement.

    A stem is known by its hash (64 bits). Of several questions with one stem the first that is not
    retired counts, else the last.
    """

    def __init__(self, bank: QuestionBank) -> None:
        self._bank = bank
        self._keys: dict[int, int] = {}
        self._near: NearTexts[int] = NearTexts(self._stems())

    def _stems(self) -> Iterator[tuple[int, str]]:
        """Each stem once: its hash and itself. Fills ``_keys``."""
        retired: set[int] = set()
        rows = self._bank.questions.filter(current_version__isnull=False).order_by("pk")
        values = rows.values_list("pk", "stem_key", "state")
        for pk, stem, state in values.iterator(_FETCHED):
            key = hash(stem)
            if key not in self._keys:
                yield key, stem
            if key not in self._keys or key in retired:
                self._keys[key] = pk
                (retired.add if state == QuestionState.RETIRED else retired.discard)(key)

    def find(self, stem_key: str) -> int | None:
        return self._keys.get(hash(stem_key))

    def nearest(self, stem_key: str) -> int | None:
        """The question whose stem is most like this one."""
        near = self._near.nearest(stem_key)
        return None if near is None else self._keys[near]

    def fetch(self, keys: Collection[int]) -> dict[int, KnownQuestion]:
        """Those of them that the bank has, by key. One statement, none for no keys."""
        if not keys:
            return {}
        found = self._bank.questions.filter(pk__in=keys, current_version__isnull=False)
        return {
            question.pk: KnownQuestion(question, question.current_version)
            for question in found.select_related("current_version", "topic")
            if question.current_version is not None
        }
