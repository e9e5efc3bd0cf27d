"""Registers what posters/ adds to the back office."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.back_office import OUTREACH_MENU, GuardedMenuItem
from posters.rules import can_make_posters
from posters.viewsets import PlaceViewSet


@hooks.register("register_admin_viewset")
def register_places() -> PlaceViewSet:
    return PlaceViewSet("poster_places")


@hooks.register(OUTREACH_MENU)
def register_posters() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Áp phích QR"),
        reverse("posters:list"),
        name="posters",
        icon_name="pick",
        order=30,
        shown_to=can_make_posters,
    )
