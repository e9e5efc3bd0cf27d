"""HTML in a GIFT file turned into plain text. Nothing of it is ever shown as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "pre",
    }
)
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_MEDIA = frozenset({"img", "video", "audio", "object", "embed", "iframe", "svg", "math", "canvas"})
_KNOWN_TAG = re.compile(
    r"</?(?:p|div|br|span|b|i|u|em|strong|sub|sup|ul|ol|li|a|img|table|tr|td|th|h[1-6]|font"
    r"|script|style|video|audio|iframe|object|embed|svg|math|pre|code)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


@dataclass(frozen=True, slots=True)
class PlainText:
    """``has_media``: there was a picture, sound or the like, which text cannot carry."""

    text: str
    has_media: bool


def has_markup(text: str) -> bool:
    return bool(_KNOWN_TAG.search(text))


def to_plain(html: str) -> PlainText:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return PlainText("".join(reader.pieces), reader.has_media)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.has_media = False
        self.silent_depth = 0
        self.height = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_media |= tag in _MEDIA
        if tag in _SILENT:
            self.silent_depth += 1
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag in {"sub", "sup"}:
            self.height = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_media |= tag in _MEDIA
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent_depth = max(0, self.silent_depth - 1)
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag == self.height:
            self.height = ""

    def handle_data(self, data: str) -> None:
        if self.silent_depth:
            return
        if self.height:
            data = data.translate(_RAISED if self.height == "sup" else _LOWERED)
        self.pieces.append(data)
