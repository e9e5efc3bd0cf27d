"""Escapes and text formats of GIFT."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizzes.importing.markup import has_markup, to_plain
from quizzes.importing.parsed import Draft, Field, Severity

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


@dataclass(frozen=True, slots=True)
class GiftText:
    """``text`` is plain, ``format`` the one that held: html, moodle, plain or markdown."""

    text: str
    format: str
    was_markup: bool = False
    has_media: bool = False


def hide_escapes(text: str) -> str:
    def hidden(match: re.Match[str]) -> str:
        char = match[1]
        if char == "n":
            return _HIDDEN_BREAK
        return _HIDDEN_BACKSLASH if char == "\\" else _HIDDEN[char]

    return _ESCAPE.sub(hidden, _OWN_HIDDEN.sub("", text))


def show_escapes(text: str) -> str:
    return text.translate(_SHOWN)


def read_text(text: str, default_format: str = "moodle") -> GiftText:
    match = _FORMAT.match(text)
    text_format = match["format"].lower() if match else default_format
    shown = show_escapes(text[match.end() :] if match else text).strip()
    if text_format == "html" or (text_format == "moodle" and has_markup(shown)):
        plain = to_plain(shown)
        was_markup = has_markup(shown)
        return GiftText(plain.text.strip(), text_format, was_markup, plain.has_media)
    return GiftText(shown, text_format)


def note_text(draft: Draft, text: GiftText) -> None:
    """What became of the text, said once a question."""
    said = {remark.code for remark in draft.remarks}
    if text.has_media and "picture" not in said:
        draft.remark(Field.QUESTION, "picture")
    if text.was_markup and "html_converted" not in said:
        draft.remark(Field.QUESTION, "html_converted", severity=Severity.NOTE)
    if text.format == "markdown" and "markdown_kept" not in said:
        draft.remark(Field.QUESTION, "markdown_kept", severity=Severity.WARNING)
