"""What the whole suite stands on: the migrated database, made once and copied."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from quizzes import marking, pools

ROOT = Path(__file__).resolve().parent.parent


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


def migrated_template() -> Path:
    """A migrated SQLite file for these very migrations, shared by workers and runs."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for source in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(source.name.encode() + source.read_bytes())
    name = f"motcua-test-template-{os.getuid()}-{digest.hexdigest()[:16]}"
    template = Path(tempfile.gettempdir()) / f"{name}.sqlite3"
    with template.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            # One file when it is done: in WAL mode a part of the rows would be beside it.
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            subprocess.run(
                [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"],
                check=True,
                cwd=ROOT,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "config.settings.test",
                    "DATABASE_URL": f"sqlite:///{unfinished}",
                },
            )
            unfinished.rename(template)
    return template
