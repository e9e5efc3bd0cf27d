"""What the pages of an analysis list, ready to show: the worst question first, and no words or keys
for those who may not read the bank."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.suppression import MIN_GROUP
from quizzes.choice_parts import Counting, named_texts
from quizzes.enums import RoundState
from quizzes.item_flags import Flag
from quizzes.models import ItemAnalysis, ItemStatistic, Question, QuestionBank
from quizzes.rules import readable_banks

_GRAVITY = {flag.value: place for place, flag in enumerate(Flag)}
# Where in the list of "matching" a version's parts are; the others by the name of the kind's list.
_LISTS = ("options", "statements", "items", "left")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """``is_readable``: the person may read the bank. ``has_figures``: enough people saw it."""

    statistic: ItemStatistic
    is_readable: bool

    @property
    def has_figures(self) -> bool:
        return self.statistic.shown_count >= MIN_GROUP

    @property
    def question(self) -> Question:
        return self.statistic.version.question

    @property
    def flags(self) -> list[Flag]:
        return [Flag(code) for code in self.statistic.flags] if self.has_figures else []


@dataclass(frozen=True, slots=True)
class PartRow:
    """One option, statement or answer. ``shares``: basis points by score group, None for a group
    of nobody; ``bars``: their heights for the small plot, 0…``BAR_HEIGHT``."""

    label: str
    text: str
    is_right: bool
    count: int
    share: int
    shares: tuple[int | None, ...]

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """(x, y, height) of each group's bar."""
        heights = [BAR_HEIGHT * (share or 0) // 10_000 for share in self.shares]
        return [
            (place * BAR_STEP, BAR_HEIGHT - height, height) for place, height in enumerate(heights)
        ]


BAR_HEIGHT = 40
BAR_STEP = 16


def analysed_items(
    analysis: ItemAnalysis, user: Any, *, at: datetime, flag: str = "", topic: int | None = None
) -> list[ItemRow]:
    """Counted questions, worst first: by the gravest flag, then by discrimination. Two statements
    whatever the number of questions."""
    items = _items(analysis).filter(is_struck_out=False)
    if topic:
        items = items.filter(version__question__topic=topic)
    rows = [row for row in _rows(items, user, at) if not flag or flag in {*row.flags}]
    return sorted(rows, key=_badness)


def struck_out_items(analysis: ItemAnalysis, user: Any, *, at: datetime) -> list[ItemRow]:
    return _rows(_items(analysis).filter(is_struck_out=True), user, at)


def _items(analysis: ItemAnalysis) -> QuerySet[ItemStatistic]:
    return (
        analysis.items.select_related("version__question__topic")
        .defer("details", "version__content", "version__key", "version__explanation")
        .order_by("version__question_id", "pk")
    )


def _rows(items: QuerySet[ItemStatistic], user: Any, at: datetime) -> list[ItemRow]:
    found = list(items)
    readable = readable_bank_ids(user, {item.version.question.bank_id for item in found}, at)
    return [ItemRow(item, item.version.question.bank_id in readable) for item in found]


def readable_bank_ids(user: Any, bank_ids: Collection[int], at: datetime) -> set[int]:
    banks = QuestionBank.objects.filter(readable_banks(user, at), pk__in=bank_ids)
    return set(banks.values_list("pk", flat=True))


def _badness(row: ItemRow) -> tuple[int, int, int, int]:
    r = row.statistic.discrimination_thousandths
    gravest = min((_GRAVITY[flag.value] for flag in row.flags), default=len(_GRAVITY))
    return (
        int(not row.has_figures),
        gravest,
        1001 if r is None else r,
        row.statistic.version.question_id,
    )


def part_rows(statistic: ItemStatistic) -> list[PartRow]:
    """In the author's order; with words, so only for those who may read the bank."""
    details: Mapping[str, Any] = statistic.details
    content, key = statistic.version.content, statistic.version.key
    texts: dict[str, str] = {}
    for name in _LISTS:
        texts |= dict(named_texts(content.get(name)))
    pairs, right = key.get("pairs", {}), dict(named_texts(content.get("right")))
    rows = []
    for place, (code, is_right, counts) in enumerate(details["parts"]):
        text = texts.get(code, code)
        if code in pairs:
            text = f"{text} → {right.get(pairs[code], '')}"
        label = chr(ord("A") + place) if details["counting"] == Counting.CHOSEN else ""
        rows.append(
            PartRow(
                label=label,
                text=text,
                is_right=is_right,
                count=sum(counts),
                share=_share(sum(counts), statistic.shown_count) or 0,
                shares=tuple(
                    _share(count, people)
                    for count, people in zip(counts, details["groups"], strict=True)
                ),
            )
        )
    return rows


def _share(count: int, people: int) -> int | None:
    return 10_000 * count // people if people else None


def statistics_of(question: Question) -> list[ItemRow]:
    """How the question did in rounds that are over, the latest first, for a reader of its bank;
    one statement."""
    found = (
        ItemStatistic.objects.filter(
            version__question=question,
            analysis__run__is_current=True,
            analysis__run__round__state__in=[RoundState.CLOSED, RoundState.PUBLISHED],
        )
        .select_related("version", "analysis__run__round__contest")
        .defer("details", "version__content", "version__key")
        .order_by("-analysis__run__round__closes_at", "-pk")
    )
    return [ItemRow(item, is_readable=True) for item in found]


@dataclass(frozen=True, slots=True)
class Dot:
    """A question in the plot: facility to the right, discrimination upwards."""

    x: int
    y: int
    kind: str
    row: ItemRow


PLOT_WIDTH, PLOT_HEIGHT = 300, 180
_LOWEST_R, _HIGHEST_R = -400, 1000
_BAD = {Flag.MISLEADING, Flag.NEGATIVE}
_MINOR = {Flag.IDLE_OPTION}


def dots(rows: Collection[ItemRow]) -> list[Dot]:
    """Those that have both figures; a discrimination below the plot is drawn at its lower edge."""
    found = []
    for row in rows:
        r = row.statistic.discrimination_thousandths
        if r is None or not row.has_figures:
            continue
        kind = "bad" if _BAD & {*row.flags} else "watch" if {*row.flags} - _MINOR else "fine"
        height = PLOT_HEIGHT * (max(r, _LOWEST_R) - _LOWEST_R) // (_HIGHEST_R - _LOWEST_R)
        width = PLOT_WIDTH * row.statistic.facility_basis_points // 10_000
        found.append(Dot(width, PLOT_HEIGHT - height, kind, row))
    return found
