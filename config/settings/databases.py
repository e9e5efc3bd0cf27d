"""The two databases the product runs on."""

from pathlib import Path
from typing import Any


def sqlite(path: Path | str) -> dict[str, Any]:
    """SQLite in WAL mode; an acknowledged write is on disk (``synchronous=FULL`` syncs the log at
    each commit), and a transaction that will write takes the lock at its start, so that two of
    them queue instead of failing half-way with "database is locked"."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def postgresql(config: dict[str, Any]) -> dict[str, Any]:
    return {**config, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
