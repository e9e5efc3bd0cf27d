"""Production: PostgreSQL, Redis, HTTPS behind a proxy. A variable without a default is required."""

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR
from config.settings.databases import postgresql, sqlite
from config.settings.environment import (
    allowed_hosts,
    database_url,
    env,
    mailer,
    public_url,
    redis_url,
    secret_key,
)
from config.settings.logs import logging_config

DEBUG = False
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = allowed_hosts()
PUBLIC_URL = public_url()
WAGTAILADMIN_BASE_URL = PUBLIC_URL
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

_database = database_url()
DATABASES = {
    "default": sqlite(_database["NAME"])
    if _database["ENGINE"].endswith("sqlite3")
    else postgresql(_database)
}

REDIS_URL = redis_url()
_REDIS = {
    "BACKEND": "core.caching.RedisOrLocalCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
}
CACHES = {
    "default": {**_REDIS, "KEY_PREFIX": "motcua"},
    "pages": {**_REDIS, "KEY_PREFIX": "motcua-pages"},
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_ACCEL_PREFIX = env.str("MEDIA_ACCEL_PREFIX", default="")

# The proxy ends TLS and sets this header itself on every request (docs/operations.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# Sign-in limits count by address: the last one in X-Forwarded-For is the proxy's word.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
MFA_REQUIRED = True

MAILERS = {"default": mailer()}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"motcua@{ALLOWED_HOSTS[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = logging_config(json=True)
