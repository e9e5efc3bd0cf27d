"""Escapes and text formats of GIFT."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizzes.importing.html_text import PictureDesk, say_once, take_html, take_plain
from quizzes.importing.markup import has_markup
from quizzes.importing.parsed import Draft, Field, Severity
from quizzes.importing.shaping import RichText

# An escaped character becomes one of the private use area while the structure is read, so that it
# is no longer a sign of the format. A file that brings such characters itself has them removed
# first.
_ESCAPED = ":#={}~"
_HIDDEN = {char: chr(0xE000 + index) for index, char in enumerate(_ESCAPED)}
_HIDDEN_BREAK, _HIDDEN_BACKSLASH = "\ue010", "\ue011"
_OWN_HIDDEN = re.compile("[\ue000-\ue011]")
_ESCAPE = re.compile(r"\\([:#={}~n\\])")
_SHOWN = str.maketrans(
    {hidden: char for char, hidden in _HIDDEN.items()}
    | {_HIDDEN_BREAK: "\n", _HIDDEN_BACKSLASH: "\\"}
)
_FORMAT = re.compile(r"\s*\[(?P<format>html|moodle|plain|markdown)\]", re.IGNORECASE)


def hide_escapes(text: str) -> str:
    def hidden(match: re.Match[str]) -> str:
        char = match[1]
        if char == "n":
            return _HIDDEN_BREAK
        return _HIDDEN_BACKSLASH if char == "\\" else _HIDDEN[char]

    return _ESCAPE.sub(hidden, _OWN_HIDDEN.sub("", text))


def show_escapes(text: str) -> str:
    return text.translate(_SHOWN)


def format_of(text: str, default_format: str) -> tuple[str, str]:
    """The format that holds (html, moodle, plain or markdown), and the text after its name."""
    match = _FORMAT.match(text)
    return (match["format"].lower(), text[match.end() :]) if match else (default_format, text)


@dataclass(frozen=True, slots=True)
class GiftTexts:
    """The texts of one question. A picture lies in its HTML, as a ``data:`` address."""

    draft: Draft
    desk: PictureDesk
    default_format: str

    def read(self, text: str, part: str = "", *, default_format: str = "") -> RichText:
        """``part`` as `take_html` wants it."""
        text_format, rest = format_of(text, default_format or self.default_format)
        shown = show_escapes(rest).strip()
        if text_format == "html" or (text_format == "moodle" and has_markup(shown)):
            if text_format == "moodle":
                shown = shown.replace("\n", "<br>")
            return take_html(self.draft, shown, part=part, desk=self.desk)
        if text_format == "markdown":
            say_once(self.draft, Field.QUESTION, "markdown_kept", severity=Severity.WARNING)
        return take_plain(self.draft, shown, part)

    def plain(self, text: str) -> str:
        return self.read(text).text if text.strip() else ""
