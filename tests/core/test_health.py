"""``/healthz`` and ``/readyz`` as a proxy or an administrator asks them."""

import pytest
from celery import current_app
from django.db import OperationalError, connection
from django.test import Client
from kombu import Connection

from core import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    health._proved.clear()


def test_a_living_process_answers_whatever_its_surroundings(client: Client) -> None:
    with connection.execute_wrapper(_refuse):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_when_database_migrations_and_queue_are(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "queue": "ok"}


def test_the_probes_ask_for_no_host_name_and_no_https(client: Client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["hoithi.example"]
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/readyz", headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_without_its_database_it_is_not_ready_and_says_no_more_than_that(client: Client) -> None:
    with connection.execute_wrapper(_refuse):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"
    assert b"10.1.2.3" not in response.content


def test_with_a_migration_to_apply_it_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "not ready", "queue": "ok"}


def test_applied_migrations_are_read_once_in_the_life_of_a_process(
    client: Client, django_assert_num_queries
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(1):
        client.get("/readyz")


def test_without_its_queue_it_is_not_ready(client: Client, monkeypatch) -> None:
    nobody_there = Connection("redis://127.0.0.1:1/0", connect_timeout=1)
    monkeypatch.setattr(current_app, "connection_for_write", lambda **_: nobody_there)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "ok", "queue": "unreachable"}


def test_a_queue_in_a_folder_that_cannot_be_written_is_not_ready(
    client: Client, monkeypatch, tmp_path
) -> None:
    gone = Connection("memory://", transport_options={"data_folder_out": tmp_path / "gone"})
    monkeypatch.setattr(current_app, "connection_for_write", lambda **_: gone)
    assert client.get("/readyz").json()["queue"] == "not ready"


def _refuse(*_arguments: object) -> None:
    raise OperationalError("connection to server at 10.1.2.3 refused")
