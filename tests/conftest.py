"""What the whole suite stands on: the migrated database, made once and copied."""

import gc
import os
import shutil
import subprocess
import sys

import hypothesis
import pytest
from django.conf import settings

from cms import frame
from quizzes import marking, pools
from tests.template import ROOT, migrated_template

# Two noisy cores: how long an example takes says nothing about the code (docs/performance.md does).
hypothesis.settings.register_profile(
    "thorough", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# The same few examples at each run; `make fuzz` looks for others.
hypothesis.settings.register_profile(
    "quick",
    hypothesis.settings.get_profile("thorough"),
    max_examples=25,
    derandomize=True,
    database=None,
)
hypothesis.settings.load_profile("thorough" if os.environ.get("MOTCUA_FUZZ_CASES") else "quick")


def pytest_configure(config: pytest.Config) -> None:
    """The first run after a change of migrations: one process migrates while the others collect.
    Whoever needs the template sooner waits for its lock."""
    if _is_sqlite() and not hasattr(config, "workerinput"):
        making = subprocess.Popen([sys.executable, "-m", "tests.template"], cwd=ROOT)
        config.add_cleanup(making.wait)


def pytest_collection_finish() -> None:
    """What is imported by now stays: looking through it for garbage every few hundred objects took
    a sixteenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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
        frame, "_collect", lambda request, language: {"name": "Một Cửa", "pages": []}
    )
