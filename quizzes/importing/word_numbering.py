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


@dataclass(slots=True)
class Numbering:
    """Labels paragraphs in document order: it counts as it goes."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract numbering
    lists: dict[str, str] = field(default_factory=dict)  # list -> abstract numbering
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)  # list -> level -> start
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen_lists: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of this list; empty for a bullet or an unknown list."""
        abstract = self.lists.get(list_id)
        levels = self.levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._seen_lists:
            self._seen_lists.add(list_id)
            for overridden, start in self.overrides.get(list_id, {}).items():
                counts[overridden] = start - 1
        counts[level] = min(counts.get(level, levels[level].start - 1) + 1, _MAX_COUNT)
        for deeper in _LEVELS[level + 1 :]:
            counts.pop(deeper, None)
        return self._render(levels, level, counts)

    def _render(self, levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
        if levels[level].number_format in {"bullet", "none"}:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            return _format(counts.get(at, levels[at].start), levels[at].number_format)

        return _PLACEHOLDER.sub(number, levels[level].text).strip()

    def level_of_style(self, list_id: str, style: str) -> int:
        levels = self.levels.get(self.lists.get(list_id, ""), {})
        return next((n for n, level in levels.items() if level.style == style), 0)


def read_numbering(root: etree._Element | None) -> Numbering:
    numbering = Numbering()
    if root is None:
        return numbering
    for abstract in root.iterfind(f"{W}abstractNum"):
        numbering.levels[abstract.get(f"{W}abstractNumId", "")] = {
            int(level.get(f"{W}ilvl", "0")): _read_level(level)
            for level in abstract.iterfind(f"{W}lvl")
            if level.get(f"{W}ilvl", "0") in "012345678"
        }
    for listed in root.iterfind(f"{W}num"):
        list_id = listed.get(f"{W}numId", "")
        numbering.lists[list_id] = value_of(listed, "abstractNumId") or ""
        numbering.overrides[list_id] = {
            whole(override.get(f"{W}ilvl"), 0): whole(start, 1)
            for override in listed.iterfind(f"{W}lvlOverride")
            if (start := value_of(override, "startOverride")) is not None
        }
    return numbering


def _read_level(level: etree._Element) -> Level:
    return Level(
        number_format=value_of(level, "numFmt") or "decimal",
        text=value_of(level, "lvlText") or "",
        start=whole(value_of(level, "start"), 1),
        style=value_of(level, "pStyle"),
    )


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
