"""Tests: what makes a test fast and alone. ``DATABASE_URL`` selects PostgreSQL."""

import tempfile
from pathlib import Path

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
DATABASES = {
    "default": postgresql(database_url())
    if env.str("DATABASE_URL", default="").startswith("postgres")
    else sqlite(_TEMPORARY / "test.sqlite3")
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Any hasher proves the flow; the real one is proved once, in tests/people.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "people.hashers.OwaspArgon2PasswordHasher",
]
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = _TEMPORARY / "media"
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
