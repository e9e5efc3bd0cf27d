"""Limits on guessing, counted in the cache by failures only.

allauth's own limiter takes a lock in the cache for every sign-in of one address: an office of three
hundred people behind one address would queue for it on the morning of the contest, and without a
cache nobody could sign in. This one reads once, writes only when something was wrong, and lets
people in when the cache is gone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `failures` in one window of `seconds` for each `source` (an address, an identity)."""

    name: str
    failures: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Guard:
    limit: Limit
    source: str

    def key(self, at: datetime) -> str:
        digest = hashlib.sha256(self.source.encode()).hexdigest()[:32]
        window = int(at.timestamp()) // self.limit.seconds
        return f"guess:{self.limit.name}:{window}:{digest}"


def is_blocked(guards: Sequence[Guard], *, at: datetime) -> bool:
    """Whether any of the guards has seen all the failures it allows in this window."""
    counted = cache.get_many([guard.key(at) for guard in guards]) or {}
    return any(counted.get(guard.key(at), 0) >= guard.limit.failures for guard in guards)


def count_failure(guards: Sequence[Guard], *, at: datetime) -> None:
    for guard in guards:
        key = guard.key(at)
        cache.add(key, 0, timeout=guard.limit.seconds)
        try:
            cache.incr(key)
        except ValueError:  # it went between the two calls, or there is no cache
            cache.set(key, 1, timeout=guard.limit.seconds)


_BY_IDENTITY_HERE = Limit("identity-here", 8, 300)
_BY_IDENTITY = Limit("identity", 60, 300)
_BY_ADDRESS = Limit("address", 300, 300)


def sign_in_guards(action: str, *, identity: str, address: str) -> list[Guard]:
    """What holds back guessing at one account, from one place and from everywhere.

    The limit for one identity from one address is tight; from all addresses together it is wide,
    so that nobody can shut a colleague out of the contest from elsewhere.
    """
    return [
        Guard(_BY_IDENTITY_HERE, f"{action}|{identity}|{address}"),
        Guard(_BY_IDENTITY, f"{action}|{identity}"),
        Guard(_BY_ADDRESS, f"{action}|{address}"),
    ]
