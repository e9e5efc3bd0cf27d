"""HTML of one part of a question: its text, marks and pictures, and a word about what was lost."""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.importing.markup import read_html
from quizzes.importing.parsed import Draft, Field, Severity
from quizzes.importing.shaping import RichText


def take_html(
    draft: Draft, html: str, *, part: str = "", files: Mapping[str, bytes] | None = None
) -> RichText:
    """``files``: the pictures that came with the question, by the name its HTML calls them."""
    read = read_html(html)
    on = Field.STEM if part == "stem" else Field.OPTIONS if part else Field.QUESTION
    if read.has_media:
        say_once(draft, on, "media")
    if read.lost_format:
        say_once(draft, Field.QUESTION, "html_converted", severity=Severity.NOTE)
    if read.images:
        say_once(draft, on, "picture")
    return RichText(read.text, read.marks)


def say_once(
    draft: Draft,
    on: Field,
    code: str,
    /,
    *,
    severity: Severity = Severity.ERROR,
    **params: str | int,
) -> None:
    """A remark that holds for the whole question, however many parts give rise to it."""
    if code not in {remark.code for remark in draft.remarks}:
        draft.remark(on, code, severity=severity, **params)
