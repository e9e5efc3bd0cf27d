"""``/healthz``: the process answers. ``/readyz``: it can do its work."""

import os
from collections.abc import Callable

import structlog
from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

log = structlog.get_logger(__name__)

_proved: set[str] = set()


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    # Reading the whole plan takes a while, and what was applied stays so while this process lives.
    if "migrations" not in _proved:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _proved.add("migrations")
    return True


def _queue() -> bool:
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        folder = broker.transport_options.get("data_folder_out")
    return folder is None or os.access(folder, os.W_OK)


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "queue": _queue,
}


def readyz(request: HttpRequest) -> JsonResponse:
    """503 with the name of what is missing; never an error's text, which may hold an address."""
    results: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            results[name] = "ok" if check() else "not ready"
        except Exception:
            log.exception("not_ready", check=name)
            results[name] = "unreachable"
    ready = all(result == "ok" for result in results.values())
    return JsonResponse(results, status=200 if ready else 503)
