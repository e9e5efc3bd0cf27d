"""What the templates in templates/components need from Python."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.utils.translation import gettext

register = template.Library()


@register.filter
def elided(paginator: Paginator[Any], number: int) -> Iterator[int | str]:
    """Page numbers around ``number`` and at both ends; ``paginator.ELLIPSIS`` for the gaps."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.filter
def is_under(path: str, section: str) -> bool:
    """Whether the address ``path`` is the section or inside it; "/" holds only itself."""
    return path == section if section == "/" else path.startswith(section)


@register.inclusion_tag("components/breadcrumbs.html")
def crumbs(*ways: str, from_home: bool = True) -> dict[str, list[dict[str, str]]]:
    """The way to a page whose view makes no ``breadcrumbs``: address and label by turns, from the
    top, without the page itself. Workspaces do not begin at the front page."""
    pairs = zip(ways[::2], ways[1::2], strict=True)
    items = [{"url": url, "label": str(label)} for url, label in pairs]
    home = [{"url": "/", "label": gettext("Trang chủ")}] if from_home else []
    return {"items": [*home, *items]}
