"""Who may do what: predicates that only read."""

from typing import Any

MAKE_POSTER = "posters.make_poster"


def can_make_posters(user: Any) -> bool:
    """Make and print posters, see where scans come from. Editors and administrators hold it."""
    return bool(user.is_active and user.has_perm(MAKE_POSTER))
