"""Registers what legal/ adds to the back office."""

from wagtail.snippets.models import register_snippet

from legal.viewsets import InstrumentViewSet

register_snippet(InstrumentViewSet)
