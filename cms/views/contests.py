"""/contests/: one address for each contest, with a page of the editors and without."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.views.pages import serve_page
from quizzes.views import public


@require_safe
def contest_list(request: HttpRequest) -> HttpResponse:
    """The editors' list; the plain one where they took theirs back."""
    try:
        return serve_page(request, request.path_info.lstrip("/"))
    except Http404:
        return public.contest_list(request)


@require_safe
def contest_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The editors' page of a public contest. Without one, and of a contest that is for its own
    people only, the plain page, which decides who may see it."""
    try:
        return serve_page(request, request.path_info.lstrip("/"))
    except Http404:
        return public.contest_detail(request, code)
