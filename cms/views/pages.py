"""The pages of the tree, each in its own language whatever language its reader chose."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from wagtail.views import serve

from cms.frame import read_frame
from cms.models import HomePage
from cms.translations import with_translation
from core.languages import language_of_path


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """The page speaks the language it is written in, labels and all; the frame around it that of
    its reader (base.html). What is not there is said in the reader's."""
    chosen = translation.get_language()
    translation.activate(language_of_path(request.path_info))
    try:
        frame = read_frame(request)
        if "root" in frame:
            # Where Wagtail keeps what it finds: asking itself it would need four statements more.
            request._wagtail_route_for_request = _route(  # type: ignore[attr-defined]
                request, path, root_id=frame["root"]
            )
        answer: HttpResponse = serve(request, path)
    except Http404:
        translation.activate(chosen)
        raise
    return answer


def _route(request: HttpRequest, path: str, *, root_id: int | None) -> Any:
    roots = HomePage.objects.select_related(*HomePage.loaded_with)
    root = with_translation(roots.filter(pk=root_id)).first()
    return root.route(request, [step for step in path.split("/") if step]) if root else None
