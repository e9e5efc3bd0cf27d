"""What is counted when the answers to one question are laid side by side: its options, its
statements, its places, or what people typed."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizzes.item_analysis import GroupCounts
from quizzes.kinds import KINDS, Json

MIN_TYPED = 5
"""A typed answer is shown when at least so many people gave it: it may be anything."""
_MAX_TYPED = 8

type Choices = Mapping[Hashable, GroupCounts]


class Counting(StrEnum):
    CHOSEN = "chosen"  # persons who chose the option; a wrong one is a distractor
    RIGHT = "right"  # persons who had the part right
    TYPED = "typed"  # persons who typed the answer
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Part:
    """``counts``: persons by score group. ``is_right`` of a part that is had right or wrong is
    True: it counts those who were right."""

    code: str
    text: str
    is_right: bool
    counts: GroupCounts

    @property
    def count(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Parts:
    counting: Counting
    parts: tuple[Part, ...] = ()


def comparable(choice: Json) -> Hashable:
    """A stored choice as something to count by: equal for equal choices, None for no answer."""
    if isinstance(choice, list | tuple):
        return tuple(item for item in choice if isinstance(item, str)) or None
    if isinstance(choice, Mapping):
        pairs = ((str(name), value) for name, value in choice.items())
        return tuple(sorted((name, _plain(value)) for name, value in pairs)) or None
    return (choice.strip() or None) if isinstance(choice, str) else None


def parts_of(
    kind: str, content: Mapping[str, Json], key: Mapping[str, Json], choices: Choices
) -> Parts:
    """The parts in the author's order, typed answers by how many gave them. ``choices`` are those
    of `comparable`."""
    if "options" in content:
        right = _strings(key.get("correct"))
        parts = (
            Part(code, text, code in right, _sum(choices, _Chosen(code)))
            for code, text in named_texts(content.get("options"))
        )
        return Parts(Counting.CHOSEN, tuple(parts))
    wanted = _right_places(kind, content, key)
    if wanted:
        parts = (
            Part(code, text, True, _sum(choices, _Placed(code, value, ordered=kind == "ordering")))
            for code, text, value in wanted
        )
        return Parts(Counting.RIGHT, tuple(parts))
    if kind in {"number", "short_text"}:
        return Parts(Counting.TYPED, _typed(kind, content, key, choices))
    return Parts(Counting.NOTHING)


def named_texts(listed: Json) -> list[tuple[str, str]]:
    """(id, text) of the options, statements or items of a content."""
    return [
        (str(item["id"]), str(item.get("text", "")))
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, Mapping) and "id" in item
    ]


def _right_places(
    kind: str, content: Mapping[str, Json], key: Mapping[str, Json]
) -> list[tuple[str, str, str | bool | int]]:
    """(id, text, what is right there) of the kinds that are right part by part."""
    if kind == "statements":
        true = _strings(key.get("true"))
        named = named_texts(content.get("statements"))
        return [(code, text, code in true) for code, text in named]
    if kind == "ordering":
        order = list(_strings(key.get("order")))
        texts = dict(named_texts(content.get("items")))
        return [(code, texts.get(code, ""), place) for place, code in enumerate(order)]
    if kind == "matching":
        pairs = key.get("pairs")
        right = dict(named_texts(content.get("right")))
        return [
            (code, f"{text} → {right.get(str(pairs[code]), '')}", str(pairs[code]))
            for code, text in named_texts(content.get("left"))
            if isinstance(pairs, Mapping) and code in pairs
        ]
    return []


@dataclass(frozen=True, slots=True)
class _Chosen:
    code: str

    def __call__(self, choice: Hashable) -> bool:
        return isinstance(choice, tuple) and self.code in choice


@dataclass(frozen=True, slots=True)
class _Placed:
    code: str
    value: str | bool | int
    ordered: bool

    def __call__(self, choice: Hashable) -> bool:
        if not isinstance(choice, tuple):
            return False
        if self.ordered:
            place = int(self.value)
            return place < len(choice) and choice[place] == self.code
        return (self.code, self.value) in choice


def _typed(
    kind: str, content: Mapping[str, Json], key: Mapping[str, Json], choices: Choices
) -> tuple[Part, ...]:
    known = KINDS.get(kind)
    found = [
        Part(
            choice,
            choice,
            known is not None and known.score_share(content, key, choice) == 1,
            counts,
        )
        for choice, counts in choices.items()
        if isinstance(choice, str) and sum(counts) >= MIN_TYPED
    ]
    return tuple(sorted(found, key=lambda part: (-part.count, part.code))[:_MAX_TYPED])


def _sum(choices: Choices, counts_here: Callable[[Hashable], bool]) -> GroupCounts:
    found = [0, 0, 0, 0]
    for choice, counts in choices.items():
        if counts_here(choice):
            found = [have + more for have, more in zip(found, counts, strict=True)]
    return (found[0], found[1], found[2], found[3])


def _strings(value: Json) -> tuple[str, ...]:
    listed: Iterable[object] = value if isinstance(value, list | tuple) else ()
    return tuple(item for item in listed if isinstance(item, str))


def _plain(value: Json) -> str | bool:
    return value if isinstance(value, bool) else str(value)
