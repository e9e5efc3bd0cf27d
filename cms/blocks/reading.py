"""Streams as plain text."""

from typing import Any

from django.utils.html import strip_tags


def texts_of(stream: Any) -> list[str]:
    """What a reader reads in the blocks of a StreamField's value, without markup."""
    return [
        strip_tags(str(text))
        for block in stream or ()
        for text in block.block.get_searchable_content(block.value)
    ]
