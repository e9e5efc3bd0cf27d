"""The cache when Redis goes and comes back."""

from collections.abc import Iterator

import pytest

from core.caching import RedisOrLocalCache
from tests.running import Redis


@pytest.fixture(autouse=True)
def _redis_is_up_again() -> Iterator[None]:
    RedisOrLocalCache._down_until = 0.0
    yield
    RedisOrLocalCache._down_until = 0.0


def test_redis_is_left_and_used_again(redis: Redis) -> None:
    cache = _cache(redis)
    cache.set("seen", "in redis")
    assert _cache(redis).get("seen") == "in redis"

    redis.kill()
    assert cache.get("seen") is None
    cache.set("seen", "in memory")
    assert cache.get("seen") == "in memory"

    redis.start()
    RedisOrLocalCache._down_until = 0.0
    assert cache.get("seen") is None
    cache.set("seen", "in redis again")
    assert _cache(redis).get("seen") == "in redis again"


def test_emptying_the_cache_leaves_the_queue(redis: Redis) -> None:
    cache = _cache(redis)
    cache.set("seen", True)
    cache._cache.get_client(None, write=True).set("celery", "a queue")
    cache.clear()
    assert cache.get("seen") is None
    assert cache._cache.get_client(None).get("celery") == b"a queue"


def _cache(redis: Redis) -> RedisOrLocalCache:
    options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    return RedisOrLocalCache(redis.url, {"KEY_PREFIX": "tests", "OPTIONS": options})
