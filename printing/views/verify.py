"""The public page behind the QR code of a certificate."""

import re

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import read_clock
from printing.models import Certificate

# A ceremony hall scans from one address; nobody reads this often, and codes cannot be guessed.
READS_PER_MINUTE = 120
# What a code can be; PostgreSQL takes no NUL even to compare with.
_CODE = re.compile(r"[\w-]{1,64}", re.ASCII)


@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Name, unit, what for, valid or revoked: nothing else, to anyone who holds the code."""
    if _reads_too_often(request):
        response = render(request, "printing/verify_busy.html", status=429)
        response["Retry-After"] = "60"
        return _unlisted(response)
    certificate = (
        Certificate.objects.filter(code=code if _CODE.fullmatch(code) else "")
        .only("full_name", "unit_name", "achievement", "wording", "revoked_at", "code")
        .first()
    )
    return _unlisted(
        render(
            request,
            "printing/verify.html",
            {"certificate": certificate},
            status=200 if certificate else 404,
        )
    )


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _reads_too_often(request: HttpRequest) -> bool:
    key = f"verify:{get_adapter().get_client_ip(request)}:{read_clock():%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        return (cache.incr(key) or 0) > READS_PER_MINUTE
    except ValueError:  # the cache is away: reading goes on
        return False
