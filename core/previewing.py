"""The preview stands in a frame of the editor; the page itself may stand in no frame."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP


class FramedPreviewMixin:
    """For what the back office previews: the policy of the preview differs from that of the page
    in `frame-ancestors` only."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        response: Any = super().serve_preview(request, mode_name)  # type: ignore[misc]
        # What django.views.decorators.csp.csp_override sets.
        response._csp_config = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
        policed: HttpResponse = response
        return policed
