"""Composition root: settings, URLs, entry points. Nothing but servers and tests imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
