"""Composition root: settings, URLs, entry points. Nothing imports it but the servers and the tests."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
