"""/og/…png: the picture of a page that was shared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms import regulations
from cms.models.base import PublicPage
from cms.sharing import card_of, card_url, card_version, keep_card
from legal.models import Instrument

ONE_DAY_SECONDS = 24 * 60 * 60


@require_safe
def card(request: HttpRequest, page_id: str, version: str) -> HttpResponse:
    """The card of a published page open to everyone; an old version leads to the present one."""
    found = Page.objects.live().public().filter(pk=page_id).specific().first()
    if not isinstance(found, PublicPage):
        raise Http404
    drawing = card_of(found, request)
    if version != card_version(drawing):
        return redirect(card_url(found, request))
    return _picture(keep_card(str(found.pk), drawing))


@require_safe
def instrument_card(request: HttpRequest, pk: str, version: str) -> HttpResponse:
    """The card of a published instrument; an old version leads to the present one."""
    instrument = get_object_or_404(Instrument, pk=pk, live=True)
    drawing = regulations.card_of(instrument, request)
    if version != card_version(drawing):
        return redirect("cms:instrument_card", pk=pk, version=card_version(drawing))
    return _picture(keep_card(f"instrument-{instrument.pk}", drawing))


def _picture(drawn: bytes) -> HttpResponse:
    response = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(response, public=True, max_age=ONE_DAY_SECONDS)
    return response
