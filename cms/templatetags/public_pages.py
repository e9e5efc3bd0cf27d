"""What the layout of public pages needs from Python."""

import json
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

# As django.utils.html.json_script has it: no "</script>" and no comment can stand in the block.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(value: Any) -> SafeString:
    """JSON for a data block of the page: nothing in it can end the block. Empty values are out."""
    text = json.dumps(_without_empty(value), ensure_ascii=False, default=str)
    return mark_safe(text.translate(_ESCAPES))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


@register.filter
def mail_link(query: dict[str, str]) -> str:
    """mailto: with subject and body; mail programs know %20 and not +."""
    return "mailto:?" + "&".join(f"{name}={quote(text)}" for name, text in query.items())


@register.simple_tag
def lang_of(language: str) -> SafeString:
    """The attribute ` lang="vi"` where words stand in another language than what is around them."""
    return format_html(' lang="{}"', language) if language != get_language() else SafeString("")
