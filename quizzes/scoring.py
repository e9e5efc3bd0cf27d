"""Scoring attempts: facts in, centipoints out. 1 point = 100 centipoints.

A partial share is rounded to whole centipoints half up, once per slot; totals add whole slots.
For many attempts prepare each version once: a choice seen before is then one look-up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.kinds import KINDS, Json

_REMEMBERED_CHOICES = 10_000


class StruckOutRule(StrEnum):
    """What a struck-out question does to those who drew it."""

    FULL_POINTS = "full_points"
    """Everyone gets its points and one correct answer, whatever was chosen."""
    REMOVED = "removed"
    """It is worth nothing and counts neither as correct nor as answered."""


@dataclass(frozen=True, slots=True)
class SlotFact:
    """A slot of a paper; kind, content and key as in `quizzes.kinds`."""

    kind: str
    content: Mapping[str, Json]
    key: Mapping[str, Json]
    centipoints: int
    struck_out: bool = False


@dataclass(frozen=True, slots=True)
class AttemptScore:
    """`correct_count` counts the slots answered with the full share; `max_centipoints` is what
    the paper could give under the same rule; `unmarked_count` counts the answers whose points
    people have yet to give."""

    centipoints: int
    correct_count: int
    answered_count: int
    slot_centipoints: tuple[int, ...]
    max_centipoints: int
    unmarked_count: int = 0


type _Mark = tuple[int, int, int]  # centipoints, 1 when correct, 1 when answered


class PreparedSlot:
    """A slot that remembers what each choice is worth. Share one per version and points."""

    __slots__ = ("_fact", "_marks", "_rule", "max_centipoints", "needs_marker")

    def __init__(self, fact: SlotFact, rule: StruckOutRule) -> None:
        if fact.kind not in KINDS:
            raise ValueError(f"unknown kind of question: {fact.kind!r}")
        if fact.centipoints < 0:
            raise ValueError("a slot cannot be worth less than 0")
        removed = fact.struck_out and rule is StruckOutRule.REMOVED
        self._fact = fact
        self._rule = rule
        self._marks: dict[object, _Mark] = {}
        self.max_centipoints = 0 if removed else fact.centipoints
        self.needs_marker = KINDS[fact.kind].needs_marker and not fact.struck_out

    def mark(self, choice: Json) -> _Mark:
        """(centipoints, 1 if correct, 1 if answered) of one choice, None for none."""
        key = tuple(choice) if type(choice) is list else choice
        if not _is_plain(key):
            # 1, 1.0 and True are one dictionary key but different choices: their words differ.
            # None in front, so that no list of strings is taken for it.
            key = (None, repr(choice))
        known = self._marks.get(key)
        if known is not None:
            return known
        mark = self._work_out(choice)
        if len(self._marks) < _REMEMBERED_CHOICES:
            self._marks[key] = mark
        return mark

    def mark_by_hand(self, choice: Json, given: int | None) -> _Mark:
        """As ``mark``, with the centipoints that people gave, None while they gave none yet.
        Raises ValueError for more than the slot is worth."""
        if choice is None or not KINDS[self._fact.kind].is_answered(choice):
            return (0, 0, 0)
        centipoints = given or 0
        if not 0 <= centipoints <= self._fact.centipoints:
            raise ValueError(f"{centipoints} centipoints given where {self._fact.centipoints} are")
        return (centipoints, int(given is not None and centipoints == self._fact.centipoints), 1)

    def _work_out(self, choice: Json) -> _Mark:
        fact = self._fact
        kind = KINDS[fact.kind]
        answered = int(choice is not None and kind.is_answered(choice))
        if fact.struck_out:
            if self._rule is StruckOutRule.REMOVED:
                return (0, 0, 0)
            return (fact.centipoints, 1, answered)
        if not answered:
            return (0, 0, 0)
        share = kind.score_share(fact.content, fact.key, choice)
        if not 0 <= share <= 1:
            raise ValueError(f"{fact.kind} gave a share of {share}")
        whole = 2 * share.numerator * fact.centipoints + share.denominator
        return (whole // (2 * share.denominator), int(share == 1), 1)


def prepare(
    slots: Sequence[SlotFact], *, struck_out_rule: StruckOutRule = StruckOutRule.FULL_POINTS
) -> tuple[PreparedSlot, ...]:
    """One prepared slot for each slot, in order. Raises ValueError for an unknown kind.

    Where every attempt has its own paper, prepare the versions once and put each paper together
    from the prepared slots of its versions.
    """
    return tuple(PreparedSlot(slot, struck_out_rule) for slot in slots)


def score_prepared(
    prepared: Sequence[PreparedSlot],
    choices: Mapping[int, Json],
    given: Mapping[int, int] | None = None,
) -> AttemptScore:
    """The score of one attempt. `choices` maps the slot's place in `prepared`, counted from 0,
    to the choice; slots without a choice are not answered. `given` holds the centipoints that
    people gave, by place, for the kinds that need them.

    Raises ValueError for a choice at a place the paper does not have.
    """
    points: list[int] = []
    correct_count = answered_count = max_centipoints = unmarked_count = found = 0
    for index, slot in enumerate(prepared):
        choice = choices.get(index)
        if choice is not None or index in choices:
            found += 1
        if slot.needs_marker:
            by_hand = given.get(index) if given else None
            centipoints, correct, answered = slot.mark_by_hand(choice, by_hand)
            unmarked_count += answered if by_hand is None else 0
        else:
            centipoints, correct, answered = slot.mark(choice)
        points.append(centipoints)
        correct_count += correct
        answered_count += answered
        max_centipoints += slot.max_centipoints
    if found != len(choices):
        raise ValueError("a choice at a slot that the paper does not have")
    return AttemptScore(
        sum(points), correct_count, answered_count, tuple(points), max_centipoints, unmarked_count
    )


def score_attempt(
    slots: Sequence[SlotFact],
    choices: Mapping[int, Json],
    *,
    struck_out_rule: StruckOutRule = StruckOutRule.FULL_POINTS,
) -> AttemptScore:
    """`score_prepared` for a single attempt."""
    return score_prepared(prepare(slots, struck_out_rule=struck_out_rule), choices)


def _is_plain(key: object) -> bool:
    """Strings and nothing else."""
    if isinstance(key, tuple):
        return all(type(item) is str for item in key)
    return key is None or type(key) is str
