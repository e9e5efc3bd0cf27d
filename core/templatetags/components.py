"""What the templates in templates/components need from Python."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Paginator

register = template.Library()


@register.filter
def elided(paginator: Paginator[Any], number: int) -> Iterator[int | str]:
    """Page numbers around ``number`` and at both ends; ``paginator.ELLIPSIS`` for the gaps."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.filter
def is_under(path: str, section: str) -> bool:
    """Whether the address ``path`` is the section or inside it; "/" holds only itself."""
    return path == section if section == "/" else path.startswith(section)
