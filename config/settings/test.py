"""Tests: what makes a test fast and alone. ``DATABASE_URL`` selects PostgreSQL."""

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES
from config.settings.databases import postgresql, sqlite
from config.settings.environment import database_url, env
from config.settings.logs import logging_config

SECRET_KEY = "test-" + "0123456789" * 6
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = PUBLIC_URL

_TEMPORARY = Path(tempfile.mkdtemp(prefix="motcua-test-"))
atexit.register(shutil.rmtree, _TEMPORARY, ignore_errors=True)

DATABASES: dict[str, Any]
if env.str("DATABASE_URL", default="").startswith("postgres"):
    DATABASES = {"default": postgresql(database_url())}
else:
    _file = database_url()["NAME"] if env.str("DATABASE_URL", default="") else "test.sqlite3"
    DATABASES = {
        "default": {
            # A file, as in real life, whatever TEST.NAME: threads share it, WAL works on it.
            **sqlite(_TEMPORARY / _file),
            "TEST": {"NAME": str(_TEMPORARY / "tests.sqlite3")},
        }
    }
    # A test's database need not outlive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
# A test sees what it has just written, whichever way; tests of the cache itself turn it on.
PAGE_CACHE_SECONDS = 0
# Any hasher proves the flow; the real one is proved once, in tests/people.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "people.hashers.OwaspArgon2PasswordHasher",
]
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = _TEMPORARY / "media"
STATIC_ROOT = _TEMPORARY / "static"
STATIC_ROOT.mkdir()
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _TEMPORARY / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
LOGGING = logging_config(json=False, level="WARNING")
