"""Effective character formatting in Word: what the run says, else its style, else the paragraph's
style."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from lxml import etree

from quizzes.importing.word_lines import Mark
from quizzes.importing.word_numbering import W, value_of

type Properties = dict[str, str]

_OFF = {"0", "false", "off", "none"}
_RED_FROM, _RED_OTHERS_TO, _BLACK_TO = 0xA0, 0x60, 0x40


@dataclass(frozen=True, slots=True)
class Style:
    based_on: str | None
    properties: Properties
    list_id: str | None
    level: str | None
    name: str = ""


@dataclass(slots=True)
class Styles:
    by_id: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    defaults: Properties = field(default_factory=dict)
    _resolved: dict[str, Properties] = field(default_factory=dict)

    def properties(self, style_id: str | None) -> Properties:
        """Own properties over those of its base styles; a circle of styles ends quietly."""
        if style_id is None or style_id not in self.by_id:
            return {}
        if style_id not in self._resolved:
            merged: Properties = {}
            for ancestor in reversed(self.chain(style_id)):
                merged |= self.by_id[ancestor].properties
            self._resolved[style_id] = merged
        return self._resolved[style_id]

    def name_of(self, style_id: str | None) -> str:
        """What people call it; its id may change whenever the file is saved."""
        style = self.by_id.get(style_id) if style_id else None
        return style.name if style else ""

    def chain(self, style_id: str | None) -> list[str]:
        chain: list[str] = []
        while style_id in self.by_id and style_id not in chain:
            chain.append(style_id)
            style_id = self.by_id[style_id].based_on
        return chain


def read_styles(root: etree._Element | None) -> Styles:
    styles = Styles()
    if root is None:
        return styles
    styles.defaults = read_properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for style in root.iterfind(f"{W}style"):
        style_id = style.get(f"{W}styleId", "")
        numbering = style.find(f"{W}pPr/{W}numPr")
        styles.by_id[style_id] = Style(
            based_on=value_of(style, "basedOn"),
            properties=read_properties(style.find(f"{W}rPr")),
            list_id=None if numbering is None else value_of(numbering, "numId"),
            level=None if numbering is None else value_of(numbering, "ilvl"),
            name=unicodedata.normalize("NFC", value_of(style, "name") or ""),
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
            styles.default_paragraph = style_id
    return styles


def read_properties(element: etree._Element | None) -> Properties:
    """The properties that may mark a key, and those that hide or raise text."""
    found: Properties = {}
    if element is None:
        return found
    for tag in ("b", "i", "strike", "vanish"):
        child = element.find(f"{W}{tag}")
        if child is not None:
            found[tag] = "0" if child.get(f"{W}val", "1").lower() in _OFF else "1"
    for tag in ("u", "color", "highlight", "vertAlign", "rStyle"):
        value = value_of(element, tag)
        if value is not None:
            found[tag] = value
    shading = element.find(f"{W}shd")
    if shading is not None:
        found["fill"] = shading.get(f"{W}fill", "auto")
    return found


def marks_of(properties: Properties) -> Mark:
    marks = Mark(0)
    if properties.get("b") == "1":
        marks |= Mark.BOLD
    if properties.get("i") == "1":
        marks |= Mark.ITALIC
    if properties.get("strike") == "1":
        marks |= Mark.STRIKE
    if properties.get("vertAlign") == "superscript":
        marks |= Mark.RAISED
    if properties.get("vertAlign") == "subscript":
        marks |= Mark.LOWERED
    if properties.get("u", "none") != "none":
        marks |= Mark.UNDERLINE
    if properties.get("highlight", "none") not in {"none", "white"} or properties.get(
        "fill", "auto"
    ).lower() not in {"auto", "ffffff", ""}:
        marks |= Mark.HIGHLIGHT
    return marks | _colour(properties.get("color", "auto"))


def _colour(value: str) -> Mark:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", value):
        return Mark(0)
    red, green, blue = (int(value[i : i + 2], 16) for i in (0, 2, 4))
    if max(red, green, blue) < _BLACK_TO:
        return Mark(0)
    if red >= _RED_FROM and green <= _RED_OTHERS_TO and blue <= _RED_OTHERS_TO:
        return Mark.RED
    return Mark.COLOUR
