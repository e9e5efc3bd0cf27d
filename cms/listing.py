"""Lists with filters in the address: what a reader may ask for, and what to do with nonsense.

A bad value is left out and the clear page is shown: an old link or a typo is no error.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

from core import vietnamese

MAX_TEXT_LENGTH = 120
MAX_NUMBER_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Any
    url: str  # the same list with this choice made, on its first page
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One question of a filter. ``value`` is "" when nothing, or nonsense, was chosen."""

    name: str
    label: Any
    value: str
    options: Sequence[Option]  # the first one clears the choice


def paginate(request: HttpRequest, items: Any, *, per_page: int) -> Page[Any]:
    """The page asked for by ``?page=``: the first for nonsense, the last for one too far."""
    return Paginator(items, per_page).get_page(page_number(request))


def page_number(request: HttpRequest) -> str:
    """What ``?page=`` says, for ``Paginator.get_page``; "1" for a number too long to be one."""
    number = request.GET.get("page", "")
    return number if len(number) <= MAX_NUMBER_LENGTH else "1"


def text_asked(request: HttpRequest, name: str = "q") -> str:
    """What was typed into a search field: NFC, no control characters, at most 120 characters."""
    return vietnamese.nfc(request.GET.get(name, "")[: 4 * MAX_TEXT_LENGTH])[:MAX_TEXT_LENGTH]


def facet(
    request: HttpRequest,
    name: str,
    choices: Iterable[tuple[Any, Any]],
    *,
    label: Any,
    every: Any,
    counts: dict[str, int] | None = None,
) -> Facet:
    """The choice made by ``?name=`` among ``choices`` (value, label); ``every`` names the choice of
    all. Other parameters of the address stay, except the page. ``counts``: value → items."""
    known = [(str(value), shown) for value, shown in choices]
    asked = request.GET.get(name, "")
    chosen = asked if asked in {value for value, _shown in known} else ""
    return Facet(
        name,
        label,
        chosen,
        [
            Option(
                value,
                shown,
                _address(request, name, value),
                value == chosen,
                counts.get(value, 0) if counts is not None and value else None,
            )
            for value, shown in [("", every), *known]
        ],
    )


def _address(request: HttpRequest, name: str, value: str) -> str:
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    if value:
        query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
