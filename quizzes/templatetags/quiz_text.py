"""Text with stressed words, and the pictures of a question. User text is always escaped."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.importing.parsed import ParsedPicture
from quizzes.kinds.lines import is_file
from quizzes.marked_text import segments

register = template.Library()

_TAGS = {"b": "strong", "i": "em", "sup": "sup", "sub": "sub"}


@register.simple_tag
def marked_text(text: str, marks: object = ()) -> SafeString:
    """The text as HTML: its marks as elements, its lines apart."""
    if not marks and "\n" not in text:
        return escape(text)  # nearly all texts of nearly all papers
    return format_html_join("", "{}", ((_segment(s.text, s.hows),) for s in segments(text, marks)))


def _segment(text: str, hows: Iterable[str]) -> SafeString:
    html = format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))
    for how in hows:
        html = format_html("<{0}>{1}</{0}>", SafeString(_TAGS[how]), html)
    return html


@register.simple_tag
def question_pictures(pictures: object, files_url: str = "") -> SafeString:
    """``pictures``: one part's list in a version's content. ``files_url``: the address under which
    the person looking may fetch the bank's files, by their id; without one nothing is shown."""
    if not pictures:
        return SafeString("")
    listed = pictures if isinstance(pictures, (list, tuple)) else ()
    shown = [p for p in listed if files_url and isinstance(p, Mapping) and is_file(p)]
    return _figures(
        (f"{files_url}{p['file']}/", str(p.get("alt") or ""), p.get("width"), p.get("height"))
        for p in shown
    )


@register.simple_tag
def parsed_pictures(pictures: Iterable[ParsedPicture] | None) -> SafeString:
    """Pictures of a file that is being imported: they are in no storage yet."""
    return _figures((p.data_url, p.alt, p.width, p.height) for p in pictures or ())


@register.simple_tag
def question_media(media: object, files_url: str = "") -> SafeString:
    """The picture or video of a situation."""
    if not files_url or not isinstance(media, Mapping) or not is_file(media):
        return SafeString("")
    address, alt = f"{files_url}{media['file']}/", str(media.get("alt") or "")
    if str(media.get("type", "")).startswith("video/"):
        return format_html(
            '<span class="question-picture"><video controls playsinline preload="metadata" '
            'src="{}" aria-label="{}"></video></span>',
            address,
            alt or _("Video của câu hỏi"),
        )
    return _figures([(address, alt, media.get("width"), media.get("height"))])


def _figures(pictures: Iterable[tuple[str, str, Any, Any]]) -> SafeString:
    return format_html_join(
        "",
        '<span class="question-picture"><img src="{}" alt="{}"{}></span>',
        (
            (address, alt or _("Hình của câu hỏi"), _size(width, height))
            for address, alt, width, height in pictures
        ),
    )


def _size(width: Any, height: Any) -> SafeString:
    if type(width) is not int or type(height) is not int:
        return SafeString("")
    return format_html(' width="{}" height="{}"', width, height)
