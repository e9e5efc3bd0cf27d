"""What the whole suite stands on: the migrated database, made once and copied."""

import shutil

import hypothesis
import pytest
from django.conf import settings

from cms import context_processors
from quizzes import marking, pools
from tests.template import migrated_template

# Two noisy cores: how long an example takes says nothing about the code (docs/performance.md does).
hypothesis.settings.register_profile(
    "motcua", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("motcua")


@pytest.fixture(autouse=True)
def _forget_pools() -> None:
    """Each test's database gives out the same ids again; a process of the product never does."""
    pools.forget()
    marking.forget()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """On SQLite the test database is a copy made below: Django is not to delete it first."""
    return django_db_keepdb or _is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Migrating takes twenty seconds, copying a migrated file a few milliseconds."""
    if _is_sqlite():
        shutil.copyfile(migrated_template(), settings.DATABASES["default"]["TEST"]["NAME"])


def _is_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


@pytest.fixture(autouse=True)
def frame_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frame of every page is kept for minutes: no count of statements includes it.

    tests/cms has its own fixture of this name and meets the real one.
    """
    monkeypatch.setattr(
        context_processors, "_collect", lambda request: {"name": "Một Cửa", "pages": []}
    )
