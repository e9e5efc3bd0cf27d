"""Each reader of the environment accepts what is right and names what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import environment


@pytest.mark.parametrize(
    ("reader", "name", "value"),
    [
        (environment.secret_key, "SECRET_KEY", "short"),
        (environment.secret_key, "SECRET_KEY", "a" * 60),
        (environment.secret_key, "SECRET_KEY", ""),
        (environment.allowed_hosts, "ALLOWED_HOSTS", "*"),
        (environment.allowed_hosts, "ALLOWED_HOSTS", " , "),
        (environment.allowed_hosts, "ALLOWED_HOSTS", "https://hoithi.gov.vn"),
        (environment.database_url, "DATABASE_URL", "mysql://root@db/motcua"),
        (environment.database_url, "DATABASE_URL", "motcua"),
        (environment.database_url, "DATABASE_URL", "postgres://db:5432"),
        (environment.redis_url, "REDIS_URL", "localhost:6379"),
        (environment.redis_url, "REDIS_URL", "http://redis:6379"),
        (environment.public_url, "PUBLIC_URL", "hoithi.gov.vn"),
        (environment.public_url, "PUBLIC_URL", "https://hoithi.gov.vn/thi"),
        (environment.mailer, "EMAIL_URL", "mail.gov.vn"),
        (environment.mailer, "EMAIL_URL", "http://mail.gov.vn"),
        (environment.mailer, "EMAIL_URL", "smtp://"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, reader: Callable[[], Any], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        reader()


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        (environment.secret_key, "SECRET_KEY"),
        (environment.allowed_hosts, "ALLOWED_HOSTS"),
        (environment.database_url, "DATABASE_URL"),
        (environment.redis_url, "REDIS_URL"),
        (environment.public_url, "PUBLIC_URL"),
    ],
)
def test_a_missing_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, reader: Callable[[], Any], name: str
) -> None:
    monkeypatch.delenv(name, raising=False)
    with pytest.raises(ImproperlyConfigured, match=name):
        reader()


def test_right_values_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "a.gov.vn, b.gov.vn")
    assert environment.allowed_hosts() == ["a.gov.vn", "b.gov.vn"]
    monkeypatch.setenv("PUBLIC_URL", "https://a.gov.vn/")
    assert environment.public_url() == "https://a.gov.vn"
    monkeypatch.setenv("REDIS_URL", "unix:///run/redis.sock")
    assert environment.redis_url() == "unix:///run/redis.sock"
    monkeypatch.setenv("DATABASE_URL", "postgres://motcua:p%40ss@db:5433/motcua")
    config = environment.database_url()
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db", 5433, "motcua")
    assert config["PASSWORD"] == "p@ss"
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/motcua/motcua.sqlite3")
    assert environment.database_url()["NAME"] == "/srv/motcua/motcua.sqlite3"


def test_mail_goes_to_the_server_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://hoithi%40gov.vn:p%23ss@mail.gov.vn:587")
    options = environment.mailer()["OPTIONS"]
    assert (options["host"], options["port"], options["use_tls"]) == ("mail.gov.vn", 587, True)
    assert (options["username"], options["password"]) == ("hoithi@gov.vn", "p#ss")
    monkeypatch.delenv("EMAIL_URL")
    assert environment.mailer()["OPTIONS"]["host"] == "localhost"
