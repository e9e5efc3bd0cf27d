"""/robots.txt: what search engines may look at, and where the list of pages is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.addresses import absolute

# Nothing there is secret by this: pages for staff ask who is looking. It saves everybody work.
_NOT_FOR_ROBOTS = (
    "/accounts/",
    "/admin/",
    "/organise/",
    "/people/",
    "/play/",
    "/q/",
    "/report-problem/",
    "/search/",
)


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS),
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
