"""A page as paragraphs of plain text, for what is read aloud or posted elsewhere."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from core.vietnamese import nfc

_BREAKS = re.compile(r"</(?:p|li|h[1-6]|blockquote|div)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)


def page_paragraphs(page: Page) -> list[str]:
    """What the page says below its title: its summary or introduction, then every stream."""
    texts = [str(getattr(page, name, "") or "") for name in ("summary", "intro")]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                texts.extend(_block_texts(block.block, block.value))
    return [text for text in map(nfc, texts) if text]


def _block_texts(block: Any, value: Any) -> Iterator[str]:
    """Rich text by its paragraphs; of other blocks, the texts that search reads, in order."""
    if isinstance(value, RichText):
        yield from _paragraphs(value.source)
    elif isinstance(value, dict):
        for name, child in block.child_blocks.items():
            yield from _block_texts(child, value.get(name))
    elif hasattr(block, "child_block") and value is not None:
        for item in value:
            yield from _block_texts(block.child_block, item)
    elif isinstance(value, str):
        if not getattr(block.field, "choices", None):
            yield value
    elif value is not None:
        for text in block.get_searchable_content(value):
            yield from _paragraphs(str(text))


def _paragraphs(html: str) -> list[str]:
    return unescape(strip_tags(_BREAKS.sub("\n", html))).split("\n")
