"""HTML in a question file as plain text with marks. Nothing of it is ever shown as HTML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

from quizzes.importing.plain import clean, is_invisible
from quizzes.marked_text import HOWS, TextMark, ranges

_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "pre", "blockquote", "section", "prompt", "itembody",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_PICTURES = frozenset({"img"})
_MEDIA = frozenset({"audio", "object", "embed", "iframe", "svg", "math", "canvas"})
_HOWS = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
# Nothing is lost when these become text and marks.
_KEPT = frozenset(_HOWS) | {
    "p",
    "div",
    "br",
    "span",
    "section",
    "prompt",
    "itembody",
    "img",
    "video",
    "source",
}
_KNOWN_TAG = re.compile(
    r"</?(?:p|div|br|span|b|i|u|em|strong|sub|sup|ul|ol|li|a|img|table|tr|td|th|h[1-6]|font"
    r"|script|style|video|audio|iframe|object|embed|svg|math|pre|code)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_MAX_ALT = 300


@dataclass(frozen=True, slots=True)
class Image:
    """``source`` as the file says it, never fetched."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """``text`` is clean, ``raw`` is not. ``has_media``: a sound, a formula or the like, which
    neither text nor picture can carry. ``lost_format``: it had more format than marks can say.
    ``videos``: each with where it is."""

    text: str
    marks: tuple[TextMark, ...] = ()
    images: tuple[Image, ...] = ()
    has_media: bool = False
    lost_format: bool = False
    raw: str = ""
    videos: tuple[Image, ...] = ()


def has_markup(text: str) -> bool:
    return bool(_KNOWN_TAG.search(text))


def read_html(html: str) -> MarkedText:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_video()
    text, marks = _tidy(reader.chars)
    raw = "".join(char for char, _hows in reader.chars)
    return MarkedText(
        text,
        marks,
        tuple(reader.images),
        reader.has_media,
        reader.lost_format,
        raw,
        tuple(reader.videos),
    )


class _Reader(HTMLParser):
    """``chars``: each character with the marks it stands under."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.chars: list[tuple[str, frozenset[str]]] = []
        self.images: list[Image] = []
        self.videos: list[Image] = []
        self.video: dict[str, str | None] | None = None
        self.has_media = False
        self.lost_format = False
        self.silent_depth = 0
        self.open: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag in _SILENT or tag == "video":
            self.silent_depth += 1  # what a video holds is shown where there is none
        if tag in _HOWS:
            self.open[tag] = self.open.get(tag, 0) + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_media |= tag in _MEDIA
        self.lost_format |= tag not in _KEPT
        if tag == "video":
            self.end_video()
            self.video = dict(attrs)
        elif tag == "source" and self.video is not None:
            self.video.setdefault("src", dict(attrs).get("src"))
        if tag in _PICTURES:
            known = dict(attrs)
            alt = " ".join(clean(known.get("alt") or "").split())[:_MAX_ALT]
            self.images.append(Image((known.get("src") or "").strip(), alt))
        if tag in _BLOCKS:
            self.write("\n")
        elif tag in {"td", "th"}:
            self.write(" ")

    def end_video(self) -> None:
        if self.video is not None:
            said = self.video.get("title") or self.video.get("aria-label") or ""
            alt = " ".join(clean(said).split())[:_MAX_ALT]
            self.videos.append(Image((self.video.get("src") or "").strip(), alt))
        self.video = None

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT or tag == "video":
            self.silent_depth = max(0, self.silent_depth - 1)
        if tag == "video":
            self.end_video()
        if tag in _BLOCKS:
            self.write("\n")
        if self.open.get(tag):
            self.open[tag] -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent_depth:
            self.write(data)

    def write(self, data: str) -> None:
        """ "m" + raised "2" is "m²": characters where there are such, a mark where there are none.
        Line ends of the HTML source are blanks; those of the text come from its blocks."""
        hows = frozenset(_HOWS[tag] for tag, times in self.open.items() if times)
        text = unicodedata.normalize("NFC", data)
        if data != "\n":
            text = " ".join(text.split("\n"))
        for how, signs in (("sup", _RAISED), ("sub", _LOWERED)):
            if how in hows and all(ord(char) in signs for char in text.strip()):
                text, hows = text.translate(signs), hows - {how}
        self.chars += [(char, hows) for char in text]


def _tidy(chars: list[tuple[str, frozenset[str]]]) -> tuple[str, tuple[TextMark, ...]]:
    """As `clean` does it, the marks moving along with their characters."""
    kept: list[tuple[str, frozenset[str]]] = []
    for char, hows in chars:
        if is_invisible(char):
            continue
        if char != "\n" and (char.isspace() or unicodedata.category(char) == "Cc"):
            char = " "
        before = kept[-1][0] if kept else "\n"
        if char == "\n":
            while kept and kept[-1][0] == " ":
                kept.pop()
            before = kept[-1][0] if kept else "\n"
        if char in " \n" and (before == "\n" or (char == before == " ")):
            continue
        kept.append((char, hows))
    while kept and kept[-1][0] in " \n":
        kept.pop()
    text = "".join(char for char, _hows in kept)
    if text != clean(text):
        return clean(text), ()  # letters that grew together: better no marks than wrong ones
    marks = [mark for how in HOWS for mark in ranges([how in hows for _c, hows in kept], how)]
    return text, tuple(mark for mark in marks if text[mark[0] : mark[1]].strip())
