import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def frame_of_the_site():
    """The real frame, with nothing kept from the test before."""
    cache.clear()
