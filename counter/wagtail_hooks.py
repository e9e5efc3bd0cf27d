"""Registers what counter/ adds to the back office."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.back_office import COUNTER_MENU, GuardedMenuItem
from counter.rules import can_serve_some


@hooks.register(COUNTER_MENU)
def register_desk() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Lịch hẹn và giờ làm việc"),
        reverse("counter:desk"),
        name="counter-desk",
        icon_name="calendar-alt",
        order=10,
        shown_to=can_serve_some,
    )


@hooks.register(COUNTER_MENU)
def register_report() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Mức độ hài lòng"),
        reverse("counter:report"),
        name="counter-report",
        icon_name="doc-full-inverse",
        order=20,
        shown_to=can_serve_some,
    )
