"""The embedded default: one machine, SQLite, a queue in a folder, nothing to install.

Good for trying the product, for development, and for a contest of a single body. Everything it
writes is under ``var/``; deleting that folder starts anew.
"""

import secrets

from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, STORAGES, VAR_DIR
from config.settings.databases import postgresql, sqlite
from config.settings.environment import database_url, env
from config.settings.logs import logging_config

DEBUG = env.bool("DEBUG", default=False)
INTERNAL_IPS = ["127.0.0.1"]


def _kept_secret(name: str) -> str:
    """A secret made at the first start and kept in var/, readable by this account only."""
    path = VAR_DIR / name
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret("secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://localhost:{PORT}")
WAGTAILADMIN_BASE_URL = PUBLIC_URL

if env.str("DATABASE_URL", default=""):
    _config = database_url()
    DATABASES = {
        "default": sqlite(_config["NAME"])
        if _config["ENGINE"].endswith("sqlite3")
        else postgresql(_config)
    }
else:
    DATABASES = {"default": sqlite(VAR_DIR / "motcua.sqlite3")}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Apart from the counters of sign-in, which a crowd of pages would push out.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

CELERY_BROKER_URL = "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": VAR_DIR / "queue" / "messages",
    "data_folder_out": VAR_DIR / "queue" / "messages",
    "control_folder": VAR_DIR / "queue" / "control",
    "processed_folder": VAR_DIR / "queue" / "processed",
    "store_processed": False,
    # Seconds: how late a task may start, and a part of how long stopping takes.
    "polling_interval": 0.2,
}
for _folder in ("messages", "control", "processed"):
    (VAR_DIR / "queue" / _folder).mkdir(parents=True, exist_ok=True)

MEDIA_ROOT = VAR_DIR / "media"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MIDDLEWARE = ["core.middleware.StaticGZipMiddleware", *MIDDLEWARE]

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": VAR_DIR / "mail"},
    }
}
DEFAULT_FROM_EMAIL = "motcua@localhost"

LOGGING = logging_config(json=False)
