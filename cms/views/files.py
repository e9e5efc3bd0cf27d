"""/documents/… and /media/images/…: files of the library, for those who may open them
(cms.file_access)."""

from mimetypes import guess_type
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_from_disk
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve
from wagtail.images import get_image_model

from cms import page_cache
from cms.file_access import Access, access_to
from core.clock import read_clock
from core.ranges import serve_ranges

# How long a browser shows a public picture without asking again.
PICTURE_SECONDS = 60 * 60


@require_safe
def serve_document(
    request: HttpRequest, document_id: str, document_filename: str
) -> HttpResponseBase:
    """A document as Wagtail serves it, with its checks; a video in the parts a player asks for.

    Whoever keeps a public one asks each time whether it still holds; others are kept by nobody."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    content_type = response.headers.get("Content-Type", "")
    if response.status_code == 200 and content_type.startswith("video/"):
        response = _in_parts(request, response, document_id)
    is_for_all = getattr(request, "is_for_all", False)  # said by keep_closed_documents
    if is_for_all:
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _in_parts(request: HttpRequest, whole: Any, document_id: str) -> HttpResponseBase:
    # Not whole.close(): it says that the request is over.
    for close in whole._resource_closers:
        close()
    document = get_document_model().objects.get(pk=document_id)
    parts = serve_ranges(
        request,
        document.file.open("rb"),
        size_bytes=document.file.size,
        content_type=whole.headers["Content-Type"],
        etag=whole.headers.get("ETag") or f'"{document.pk}"',
    )
    for name in ("Content-Security-Policy", "X-Content-Type-Options"):
        parts[name] = whole.headers[name]
    return parts


@require_safe
def serve_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of a picture. Originals have no address at all.

    That a picture is public is remembered as long as a page would be: it costs no statement."""
    path = f"images/{name}"
    slot = page_cache.slot(path)
    if page_cache.holds(slot):
        return _picture(request, path, Access.PUBLIC)
    sizes = get_image_model().get_rendition_model().objects
    found = sizes.select_related("image__collection").filter(file=path).first()
    access = access_to(found.image, request, at=read_clock()) if found else Access.CLOSED
    if access is Access.CLOSED:
        raise Http404
    if access is Access.PUBLIC:
        page_cache.hold(slot)
    return _picture(request, path, access)


def _picture(request: HttpRequest, path: str, access: Access) -> HttpResponseBase:
    response: HttpResponseBase
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse(content_type=guess_type(path)[0])
        response.headers["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + path
    else:
        response = serve_from_disk(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if access is Access.PUBLIC:
        patch_cache_control(response, public=True, max_age=PICTURE_SECONDS)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response
