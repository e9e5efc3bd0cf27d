"""Typed readers of the environment that fail loudly, naming the variable and the remedy."""

from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

SECRET_KEY_LENGTH = 50


def secret_key() -> str:
    key: str = env.str("SECRET_KEY")
    if len(key) < SECRET_KEY_LENGTH or len(set(key)) < 5:
        raise ImproperlyConfigured(
            f"SECRET_KEY must be a random text of at least {SECRET_KEY_LENGTH} characters. "
            'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return key


def allowed_hosts() -> list[str]:
    hosts = [host.strip() for host in env.list("ALLOWED_HOSTS") if host.strip()]
    if not hosts or any("*" in host or "/" in host for host in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts of this site, by commas, without '*' or '/': "
            "ALLOWED_HOSTS=hoithi.phuong.gov.vn"
        )
    return hosts


def database_url() -> dict[str, Any]:
    scheme = env.str("DATABASE_URL").partition("://")[0]
    config = env.db_url("DATABASE_URL") if scheme in {"postgres", "postgresql", "sqlite"} else {}
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name or "
            "sqlite:////folder/file.sqlite3 (special characters of the password as %XX)"
        )
    return dict(config)


def redis_url(name: str = "REDIS_URL") -> str:
    url: str = env.str(name)
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must look like redis://host:6379/0, not {url!r}")
    return url


def public_url() -> str:
    """Absolute address of the site: printed in QR codes, so a wrong one cannot be mended later."""
    url: str = env.str("PUBLIC_URL").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ImproperlyConfigured(f"PUBLIC_URL must look like https://host, not {url!r}")
    return url


def mailer() -> dict[str, Any]:
    """The default entry of ``MAILERS`` from ``EMAIL_URL``."""
    scheme, _, rest = env.str("EMAIL_URL", default="smtp://localhost:25").partition("://")
    if scheme not in {"smtp", "smtp+tls", "smtp+ssl"} or not rest:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp://host:25, smtp+tls://user:password@host:587 or "
            "smtp+ssl://user:password@host:465 (special characters of the password as %XX)"
        )
    config = env.email_url("EMAIL_URL", default="smtp://localhost:25")
    return {
        "BACKEND": config["EMAIL_BACKEND"],
        "OPTIONS": {
            "host": config["EMAIL_HOST"],
            "port": config["EMAIL_PORT"],
            "username": config["EMAIL_HOST_USER"] or "",
            "password": config["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": config.get("EMAIL_USE_TLS", False),
            "use_ssl": config.get("EMAIL_USE_SSL", False),
            "timeout": 10,
        },
    }


def oidc_app() -> dict[str, Any] | None:
    """The OpenID Connect sign-in service as allauth wants it, None when OIDC_ISSUER is not set."""
    issuer: str = env.str("OIDC_ISSUER", default="").rstrip("/")
    if not issuer:
        return None
    if urlsplit(issuer).scheme != "https" and urlsplit(issuer).hostname not in _LOCAL_HOSTS:
        raise ImproperlyConfigured(f"OIDC_ISSUER must start with https://, not {issuer!r}")
    missing = [n for n in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not env.str(n, default="")]
    if missing:
        raise ImproperlyConfigured(f"OIDC_ISSUER is set, so set {' and '.join(missing)} too")
    return {
        "provider_id": "sso",
        "name": env.str("OIDC_NAME", default="SSO"),
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": issuer},
    }


_LOCAL_HOSTS = {"localhost", "127.0.0.1"}


def oidc_origins() -> list[str]:
    """Where a browser is sent to sign in: the issuer, and OIDC_ORIGINS if it asks elsewhere."""
    issuer = urlsplit(env.str("OIDC_ISSUER", default=""))
    origins: list[str] = [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []
    return [*origins, *env.list("OIDC_ORIGINS", default=[])]
