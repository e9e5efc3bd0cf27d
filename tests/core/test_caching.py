"""The cache with Redis, without it, and when it comes back."""

import time
from collections.abc import Iterator

import pytest

from core.caching import RedisOrLocalCache


@pytest.fixture(autouse=True)
def _redis_is_up_again() -> Iterator[None]:
    RedisOrLocalCache._down_until = 0.0
    yield
    RedisOrLocalCache._down_until = 0.0


def _cache(port: int) -> RedisOrLocalCache:
    options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    return RedisOrLocalCache(
        f"redis://127.0.0.1:{port}/0", {"KEY_PREFIX": "tests", "OPTIONS": options}
    )


def test_without_redis_it_still_counts_and_answers_quickly() -> None:
    cache = _cache(port=1)
    started = time.monotonic()
    assert cache.add("lock", True, timeout=10) is True
    assert cache.add("lock", True, timeout=10) is False
    cache.set("tries", [1.0, 2.0], 60)
    assert cache.get("tries") == [1.0, 2.0]
    assert cache.get_many(["tries", "none"]) == {"tries": [1.0, 2.0]}
    cache.delete_many(["lock", "tries"])
    assert cache.get("tries", "nothing") == "nothing"
    assert time.monotonic() - started < 1
