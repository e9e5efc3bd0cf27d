"""Classical item analysis of one round: papers in, figures of each question and of the test out.

Papers may differ from person to person, so every statistic is defined for incomplete data: a
question is compared with the *share* of the points that the rest of the same paper gave. With one
paper for everyone these are the textbook values. Figures are floats; nothing here decides a rank.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from math import sqrt
from typing import NamedTuple

from quizzes.reliability import FormTally, RandomTally

SCALE = 10_000
"""Scores are put together by their share of the paper's points, in basis points."""
MAX_SECONDS = 3600
_MAX_CHOICES = 20_000
"""Different (score, choice) pairs kept of one question: free text must not fill the memory."""


class Answer(NamedTuple):
    """One slot of one paper. ``choice`` is equal for equal choices, None for no answer or where
    choices are not compared; ``seconds`` None where it says nothing."""

    version_id: int
    centipoints: int
    max_centipoints: int
    is_answered: bool
    choice: Hashable
    seconds: int | None


class ScoreGroup(IntEnum):
    """Quarters by score. Equal scores are never parted, so BEST is everyone whom fewer than a
    quarter of the people surpass, and may hold more than a quarter."""

    LOWEST = 0
    LOWER = 1
    UPPER = 2
    BEST = 3


type GroupCounts = tuple[int, int, int, int]
"""Persons by ScoreGroup."""


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """How the people of one unit or job title did; ``facility`` as in ItemFigures."""

    person_count: int
    facility: float


@dataclass(frozen=True, slots=True)
class TopicFigure:
    """``share``: sum of the shares of points over ``answer_count`` questions put to the people."""

    person_count: int
    answer_count: int
    share: float

    @property
    def facility(self) -> float:
        return self.share / self.answer_count


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question in one round.

    ``facility``: mean share of its points, 0..1. Of a question that is right or wrong this is the
    item difficulty p (Crocker & Algina 1986, ch. 14).
    ``discrimination``: see `item_rest_correlation`; None where it has no value.
    ``choices``: choice → persons by score group; ``groups``: persons shown it, by score group.
    ``median_seconds``: None unless half of those who answered have a time.
    """

    version_id: int
    shown_count: int
    answered_count: int
    facility: float
    discrimination: float | None
    median_seconds: int | None
    groups: GroupCounts
    choices: Mapping[Hashable, GroupCounts]
    units: Mapping[Hashable, GroupFigure]
    titles: Mapping[Hashable, GroupFigure]


@dataclass(slots=True)
class _Item:
    """Running sums of one question; s: share of its points, r: share of the rest's points."""

    shown: int = 0
    answered: int = 0
    s: float = 0.0
    pairs: int = 0
    pair_s: float = 0.0
    pair_ss: float = 0.0
    r: float = 0.0
    rr: float = 0.0
    sr: float = 0.0
    choices: Counter[tuple[int, Hashable]] = field(default_factory=Counter)
    bins: Counter[int] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    units: dict[Hashable, list[float]] = field(default_factory=dict)
    titles: dict[Hashable, list[float]] = field(default_factory=dict)


class Tally:
    """Takes papers one by one and keeps sums only: its size does not grow with their number.

    ``struck_out``: questions that count towards no total. Their own figures are kept, compared
    with the whole of the rest. ``topics``: question → its topic, for the figures by topic.
    """

    def __init__(
        self, struck_out: frozenset[int] = frozenset(), topics: Mapping[int, int] | None = None
    ) -> None:
        self._struck_out = struck_out
        self._topics = topics or {}
        self._items: dict[int, _Item] = {}
        self._bins: Counter[int] = Counter()
        self.forms = FormTally()
        self.random = RandomTally()
        self.person_count = 0
        self._unit_topics: dict[tuple[Hashable, int], list[float]] = {}
        self._title_topics: dict[tuple[Hashable, int], list[float]] = {}

    def add(self, answers: Sequence[Answer], *, unit: Hashable, title: Hashable) -> None:
        """The counted paper of one person."""
        counted = [
            answer
            for answer in answers
            if answer.version_id not in self._struck_out and answer.max_centipoints
        ]
        total = sum(answer.centipoints for answer in counted)
        possible = sum(answer.max_centipoints for answer in counted)
        score = round(SCALE * total / possible) if possible else 0
        self.person_count += 1
        self._bins[score] += 1
        self.forms.add({answer.version_id: answer.centipoints for answer in counted})
        self.random.add([answer.centipoints / answer.max_centipoints for answer in counted])
        self._add_topics(counted, unit, title)
        for answer in answers:
            self._add_answer(answer, total, possible, score, unit, title)

    def _add_topics(self, counted: Sequence[Answer], unit: Hashable, title: Hashable) -> None:
        sums: dict[int, list[float]] = {}
        for answer in counted:
            topic = self._topics.get(answer.version_id)
            if topic is not None:
                found = sums.setdefault(topic, [0, 0.0])
                found[0] += 1
                found[1] += answer.centipoints / answer.max_centipoints
        for topic, (count, share) in sums.items():
            for cells, name in ((self._unit_topics, unit), (self._title_topics, title)):
                cell = cells.setdefault((name, topic), [0, 0, 0.0])
                cell[0] += 1
                cell[1] += count
                cell[2] += share

    def _add_answer(
        self, answer: Answer, total: int, possible: int, score: int, unit: Hashable, title: Hashable
    ) -> None:
        version_id, points, most, is_answered, choice, seconds = answer
        if not most:
            return
        item = self._items.get(version_id)
        if item is None:
            item = self._items[version_id] = _Item()
        share = points / most
        item.shown += 1
        item.answered += is_answered
        item.s += share
        if version_id not in self._struck_out:
            total, possible = total - points, possible - most
        if possible > 0:
            rest = total / possible
            item.pairs += 1
            item.pair_s += share
            item.pair_ss += share * share
            item.r += rest
            item.rr += rest * rest
            item.sr += share * rest
        item.bins[score] += 1
        if choice is not None and (
            (score, choice) in item.choices or len(item.choices) < _MAX_CHOICES
        ):
            item.choices[score, choice] += 1
        if seconds is not None:
            item.seconds[min(seconds, MAX_SECONDS)] += 1
        for groups, name in ((item.units, unit), (item.titles, title)):
            sums = groups.get(name)
            if sums is None:
                groups[name] = [1, share]
            else:
                sums[0] += 1
                sums[1] += share

    def unit_topics(self) -> dict[tuple[Hashable, int], TopicFigure]:
        """(unit, topic) → how its people did in the topic, struck-out questions left out."""
        return _topic_figures(self._unit_topics)

    def title_topics(self) -> dict[tuple[Hashable, int], TopicFigure]:
        return _topic_figures(self._title_topics)

    def figures(self) -> list[ItemFigures]:
        """One for each question that was shown, by version id."""
        group_of = score_groups(self._bins)
        return [
            ItemFigures(
                version_id=version_id,
                shown_count=item.shown,
                answered_count=item.answered,
                facility=item.s / item.shown,
                discrimination=_correlation(
                    item.pairs, item.pair_s, item.r, item.pair_ss, item.rr, item.sr
                ),
                median_seconds=_median(item.seconds, at_least=item.answered / 2),
                groups=_by_group(item.bins.items(), group_of),
                choices=_choices_by_group(item.choices, group_of),
                units=_group_figures(item.units),
                titles=_group_figures(item.titles),
            )
            for version_id, item in sorted(self._items.items())
        ]


def item_rest_correlation(shares: Sequence[float], rests: Sequence[float]) -> float | None:
    """Pearson's r between a question's share of points and the rest of the paper's, -1..1.

    For a question that is right or wrong it equals the point-biserial correlation
    r_pb = (M₁ - M₀) / s · √(p·q) (Lord & Novick 1968, 15.3); taken with the rest, not with the
    total which holds the question itself, it is the corrected one (Henrysson 1963; Crocker &
    Algina 1986, 14.5). None for fewer than three people or when either side is the same for all.
    """
    count = len(shares)
    return _correlation(
        count,
        sum(shares),
        sum(rests),
        sum(value * value for value in shares),
        sum(value * value for value in rests),
        sum(share * rest for share, rest in zip(shares, rests, strict=True)),
    )


def score_groups(scores: Mapping[int, int]) -> dict[int, ScoreGroup]:
    """score → its group, for a count of persons by score."""
    count = sum(scores.values())
    groups: dict[int, ScoreGroup] = {}
    below = 0
    for score in sorted(scores):
        here = scores[score]
        above = count - below - here
        if 4 * above < count:
            groups[score] = ScoreGroup.BEST
        elif 4 * below < count:
            groups[score] = ScoreGroup.LOWEST
        else:
            middle = 2 * below + here >= count
            groups[score] = ScoreGroup.UPPER if middle else ScoreGroup.LOWER
        below += here
    return groups


def _correlation(count: int, x: float, y: float, xx: float, yy: float, xy: float) -> float | None:
    if count < 3:
        return None
    spread_x, spread_y = count * xx - x * x, count * yy - y * y
    # What floats leave of a variance that is nothing.
    if spread_x <= 1e-9 * count * count or spread_y <= 1e-9 * count * count:
        return None
    return max(-1.0, min(1.0, (count * xy - x * y) / sqrt(spread_x * spread_y)))


def _by_group(counts: Iterable[tuple[int, int]], group_of: Mapping[int, ScoreGroup]) -> GroupCounts:
    found = [0, 0, 0, 0]
    for score, count in counts:
        found[group_of[score]] += count
    return (found[0], found[1], found[2], found[3])


def _choices_by_group(
    choices: Mapping[tuple[int, Hashable], int], group_of: Mapping[int, ScoreGroup]
) -> dict[Hashable, GroupCounts]:
    by_choice: dict[Hashable, list[tuple[int, int]]] = {}
    for (score, choice), count in choices.items():
        by_choice.setdefault(choice, []).append((score, count))
    return {choice: _by_group(counts, group_of) for choice, counts in by_choice.items()}


def _topic_figures(
    cells: Mapping[tuple[Hashable, int], Sequence[float]],
) -> dict[tuple[Hashable, int], TopicFigure]:
    return {
        name: TopicFigure(int(persons), int(answers), share)
        for name, (persons, answers, share) in cells.items()
    }


def _group_figures(groups: Mapping[Hashable, Sequence[float]]) -> dict[Hashable, GroupFigure]:
    return {name: GroupFigure(int(count), total / count) for name, (count, total) in groups.items()}


def _median(counts: Counter[int], *, at_least: float) -> int | None:
    """The lower median; None when there are fewer values than `at_least`, or none."""
    total = sum(counts.values())
    if not total or total < at_least:
        return None
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if 2 * passed >= total:
            return value
    return None
