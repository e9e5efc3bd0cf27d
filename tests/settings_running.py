"""Production settings for processes that tests and benchmarks start (VAR_DIR is theirs alone).

The only difference: static files need not be collected first.
"""

from config.settings.production import *  # noqa: F403
from config.settings.production import STORAGES, VAR_DIR

STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
if not (STATIC_ROOT / "staticfiles.json").exists():
    STORAGES = {
        **STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
