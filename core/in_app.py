"""Browsers inside other apps. Zalo's shows pages and PDFs but saves no file and opens no window."""

from django.http import HttpRequest


def is_in_zalo(request: HttpRequest) -> bool:
    """For answers that no shared cache keeps: public pages say the same to every browser."""
    return "zalo" in request.headers.get("User-Agent", "").lower()
