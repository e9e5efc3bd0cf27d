"""/q/<code>: what the code on a wall leads to."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import read_clock
from posters.codes import typed_code
from posters.models import ShortLink
from posters.scanning import count_scan, is_scan
from posters.targets import live_path


@require_safe
@never_cache
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """To the page as it is called today, within this site only; kept by no cache, so that each
    scan counts. A code that leads nowhere is answered with a search, never with a bare 404."""
    link = ShortLink.objects.filter(code=typed_code(code)).first()
    if link is None:
        return _nowhere(request, None)
    if is_scan(request.method or "", request.headers):
        count_scan(link, at=read_clock())
    path = live_path(link.target_key, link.target_path)
    return HttpResponseRedirect(path) if path else _nowhere(request, link)


def _nowhere(request: HttpRequest, link: ShortLink | None) -> HttpResponse:
    response = render(request, "posters/nowhere.html", {"link": link}, status=404)
    response["X-Robots-Tag"] = "noindex"
    return response
