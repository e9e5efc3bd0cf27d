import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Redis


@pytest.fixture
def redis() -> Iterator[Redis]:
    with tempfile.TemporaryDirectory(prefix="motcua-redis-") as folder:
        server = Redis(Path(folder))
        yield server
        server.kill()
