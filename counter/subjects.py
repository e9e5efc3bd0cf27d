"""What feedback can be about besides an office: a procedure, which a higher app knows.

``cms`` registers the way to look one up from its ``ready``; without it no code is known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A public procedure: its code, its title and the address of its page."""

    code: str
    title: str
    url: str = ""


type Resolver = Callable[[str], Subject | None]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)
_resolvers: list[Resolver] = []


def register(resolver: Resolver) -> None:
    """``resolver(code)``: the public procedure of this code, or None. Once each."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def find_subject(code: str) -> Subject | None:
    """None for what is no code or nobody knows: such a text is neither shown nor kept."""
    if not _CODE.fullmatch(code):
        return None
    for resolver in _resolvers:
        if subject := resolver(code):
            return subject
    return None
