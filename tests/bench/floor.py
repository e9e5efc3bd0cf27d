"""The floor: a bare Django view that does one upsert, on the server the product runs on."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from config.settings.databases import postgresql, sqlite
from config.settings.environment import database_url

if not settings.configured:
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    _database = database_url()
    _is_sqlite = _database["ENGINE"].endswith("sqlite3")
    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": sqlite(_database["NAME"])
            if _is_sqlite
            else {**postgresql(_database), "CONN_HEALTH_CHECKS": False}
        },
        USE_TZ=True,
    )
    django.setup()

TABLE = """
CREATE TABLE IF NOT EXISTS bench_floor (
    id {identity}, attempt_id bigint NOT NULL, slot integer NOT NULL, choice {json} NOT NULL,
    sequence bigint NOT NULL, received_at {moment} NOT NULL, UNIQUE (attempt_id, slot)
)
"""
UPSERT = """
INSERT INTO bench_floor (attempt_id, slot, choice, sequence, received_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (attempt_id, slot) DO UPDATE SET
    choice = excluded.choice, sequence = excluded.sequence, received_at = excluded.received_at
"""


def create_table() -> None:
    kinds = (
        {"identity": "bigserial PRIMARY KEY", "json": "jsonb", "moment": "timestamptz"}
        if connection.vendor == "postgresql"
        else {"identity": "integer PRIMARY KEY", "json": "text", "moment": "text"}
    )
    with connection.cursor() as cursor:
        cursor.execute(TABLE.format(**kinds))


def save(request: HttpRequest) -> JsonResponse:
    body: dict[str, Any] = json.loads(request.body)
    now = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            UPSERT,
            [
                body["attempt"],
                body["slot"],
                json.dumps(body["choice"]),
                body["sequence"],
                now.isoformat(),
            ],
        )
    return JsonResponse({"time": now.isoformat()})


urlpatterns = [path("save/", save), path("healthz", lambda request: JsonResponse({}))]
application = get_wsgi_application()

if __name__ == "__main__":
    create_table()
