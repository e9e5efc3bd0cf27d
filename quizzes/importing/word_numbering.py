"""Word's automatic numbering: the "Câu 1:" or "A." that is seen on the page and is no text in the
file.

Follows ECMA-376 part 1, 17.9 (numbering definitions), as far as question files use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = range(9)
_PLACEHOLDER = re.compile(r"%([1-9])")
_MAX_COUNT = 100_000


@dataclass(frozen=True, slots=True)
class Level:
    number_format: str
    text: str
    start: int
    style: str | None
    restarts_after: int | None = None  # the level (1-based) above which it restarts; 0: never
    is_legal: bool = False  # "1.2" even where the upper level counts I, II


@dataclass(slots=True)
class Numbering:
    """Labels paragraphs in document order: it counts as it goes."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract numbering
    lists: dict[str, str] = field(default_factory=dict)  # list -> abstract numbering
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)  # list -> level -> start
    own_levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # list -> its own levels
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen_lists: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of this list; empty for a bullet or an unknown list."""
        abstract = self.lists.get(list_id)
        levels = self._levels_of(list_id)
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._seen_lists:
            self._seen_lists.add(list_id)
            for overridden, start in self.overrides.get(list_id, {}).items():
                counts[overridden] = start - 1
        counts[level] = min(counts.get(level, levels[level].start - 1) + 1, _MAX_COUNT)
        for deeper in _LEVELS[level + 1 :]:
            limit = levels[deeper].restarts_after if deeper in levels else None
            if limit is None or level < limit:
                counts.pop(deeper, None)
        return self._render(levels, level, counts)

    def _levels_of(self, list_id: str) -> dict[int, Level]:
        levels = self.levels.get(self.lists.get(list_id, ""), {})
        own = self.own_levels.get(list_id)
        return levels | own if own else levels

    def _render(self, levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
        if levels[level].number_format in {"bullet", "none"}:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            shape = "decimal" if levels[level].is_legal else levels[at].number_format
            return _format(counts.get(at, levels[at].start), shape)

        return _PLACEHOLDER.sub(number, levels[level].text).strip()

    def level_of_style(self, list_id: str, style: str) -> int:
        levels = self._levels_of(list_id)
        return next((n for n, level in levels.items() if level.style == style), 0)


def read_numbering(root: etree._Element | None) -> Numbering:
    numbering = Numbering()
    if root is None:
        return numbering
    by_style: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    for abstract in root.iterfind(f"{W}abstractNum"):
        abstract_id = abstract.get(f"{W}abstractNumId", "")
        levels = _read_levels(abstract)
        numbering.levels[abstract_id] = levels
        if style := value_of(abstract, "styleLink"):
            by_style[style] = levels
        if style := value_of(abstract, "numStyleLink"):
            linked[abstract_id] = style  # it has no levels of its own: those of the list style
    for abstract_id, style in linked.items():
        numbering.levels[abstract_id] = by_style.get(style) or numbering.levels[abstract_id]
    for listed in root.iterfind(f"{W}num"):
        list_id = listed.get(f"{W}numId", "")
        numbering.lists[list_id] = value_of(listed, "abstractNumId") or ""
        numbering.overrides[list_id] = {
            whole(override.get(f"{W}ilvl"), 0): whole(start, 1)
            for override in listed.iterfind(f"{W}lvlOverride")
            if (start := value_of(override, "startOverride")) is not None
        }
        own: dict[int, Level] = {}
        for override in listed.iterfind(f"{W}lvlOverride"):
            own |= _read_levels(override)
        numbering.own_levels[list_id] = own
    return numbering


def _read_levels(parent: etree._Element) -> dict[int, Level]:
    return {
        int(level.get(f"{W}ilvl", "0")): _read_level(level)
        for level in parent.iterfind(f"{W}lvl")
        if re.fullmatch("[0-8]", level.get(f"{W}ilvl", "0"))
    }


def _read_level(level: etree._Element) -> Level:
    return Level(
        number_format=value_of(level, "numFmt") or "decimal",
        text=value_of(level, "lvlText") or "",
        start=whole(value_of(level, "start"), 1),
        style=value_of(level, "pStyle"),
        restarts_after=_restart(value_of(level, "lvlRestart")),
        is_legal=level.find(f"{W}isLgl") is not None,
    )


def _restart(text: str | None) -> int | None:
    return None if text is None else whole(text, 0)


def value_of(parent: etree._Element, tag: str) -> str | None:
    child = parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def whole(text: str | None, otherwise: int) -> int:
    """A small whole number; an untrusted file may write anything here."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,5}", text) else otherwise


_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip


def _format(number: int, number_format: str) -> str:
    if number_format in {"upperLetter", "lowerLetter"} and number >= 1:
        # Word goes a … z, aa … zz: the letter repeats, it does not count in base 26.
        repeats, index = divmod(number - 1, 26)
        letters = chr(ord("a") + index) * min(repeats + 1, 30)
        return letters.upper() if number_format == "upperLetter" else letters
    if number_format in {"upperRoman", "lowerRoman"} and 1 <= number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            roman += sign * count
        return roman.upper() if number_format == "upperRoman" else roman
    if number_format == "decimalZero":
        return f"{number:02d}"
    return str(number)
