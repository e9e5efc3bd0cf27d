"""Whether the page of a post may still be read by everybody: what the pages' app says.

outreach/ knows no pages; who keeps them says at start how to ask (``ask_with``).
"""

from collections.abc import Callable

type Check = Callable[[int], bool]

_checks: list[Check] = []


def ask_with(check: Check) -> None:
    """``check(page_id)``: whether everybody may read that page now."""
    if check not in _checks:
        _checks.append(check)


def is_still_public(page_id: int) -> bool:
    return all(check(page_id) for check in _checks)
