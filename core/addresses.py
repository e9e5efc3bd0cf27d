"""Absolute addresses of our own pages: never from the Host header, which anyone may write."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """The public address of ``path`` ("/articles/"); an absolute address stays as it is."""
    return urljoin(settings.PUBLIC_URL.rstrip("/") + "/", path)
