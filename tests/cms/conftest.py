import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_test_before():
    cache.clear()
