"""Where a short link leads today. Pages belong to a higher app, which says so here."""

from collections.abc import Callable
from typing import Final

from django.utils.http import url_has_allowed_host_and_scheme

type Finder = Callable[[str, str], str | None]

_FINDERS: Final[list[Finder]] = []


def find_with(finder: Finder) -> None:
    """`finder(target_key, target_path)`: today's path of the target, None when it is not public.
    Called once, from the app's `ready`; the last one is asked."""
    _FINDERS[:] = [finder]


def is_site_path(path: str) -> bool:
    """Whether a redirect to `path` stays on this site."""
    return (
        path.startswith("/")
        and path.isprintable()
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )


def live_path(target_key: str, target_path: str) -> str | None:
    """Today's path of a target; None when there is nothing to show, or it is not of this site."""
    path = _FINDERS[0](target_key, target_path) if _FINDERS else target_path
    return path if path and is_site_path(path) else None
