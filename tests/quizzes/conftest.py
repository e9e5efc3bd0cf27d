import pytest

from quizzes import marking, pools


@pytest.fixture(autouse=True)
def _forget_pools() -> None:
    """Each test's database gives out the same ids again; a process never does."""
    pools.forget()
    marking.forget()
