"""The production cache: Redis, or this process's memory while Redis cannot be reached.

Sign-in counts tries in the cache, and a counter that cannot be written must neither stop three
thousand people at the door of a contest nor let a guesser in unlimited: during an outage each
process counts for itself.
"""

import time
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

# An unreachable Redis costs a connection timeout; this is how often one request pays it.
RETRY_SECONDS = 5.0


class RedisOrLocalCache(RedisCache):
    _down_until = 0.0  # of the process: threads have cache objects of their own

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._local = LocMemCache("beside-redis", {"OPTIONS": {"MAX_ENTRIES": 50_000}})

    def clear(self) -> None:
        """Forget what is ours: the queue may live in the same Redis database."""
        client = self._cache.get_client(None, write=True)
        for key in client.scan_iter(match=self.make_key("*"), count=1000):
            client.unlink(key)


def _guarded(name: str) -> Any:
    in_redis, in_memory = getattr(RedisOrLocalCache, name), getattr(LocMemCache, name)

    def operation(self: RedisOrLocalCache, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() >= RedisOrLocalCache._down_until:
            try:
                return in_redis(self, *arguments, **options)
            except (RedisError, OSError) as error:
                RedisOrLocalCache._down_until = time.monotonic() + RETRY_SECONDS
                log.warning("cache_unreachable", error=type(error).__name__)
        return in_memory(self._local, *arguments, **options)

    operation.__name__ = name
    return operation


for _name in (
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
):
    setattr(RedisOrLocalCache, _name, _guarded(_name))
