"""Registers what legal/ adds to the back office."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from legal.deleting import refusals_to_delete
from legal.models import Instrument
from legal.viewsets import InstrumentViewSet

register_snippet(InstrumentViewSet)


@hooks.register("before_delete_snippet")
def keep_cited_instruments(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Of one or of many: when one of them is cited, none is deleted."""
    instruments = [instance for instance in instances if isinstance(instance, Instrument)]
    refusals = refusals_to_delete(instruments)
    if not refusals:
        return None
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect(Instrument.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
