"""Việc đang chờ tôi: the first panel of the back office."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from cms.editors.waiting import waiting_for
from core.clock import read_clock


class WaitingPanel(Component):
    name = "waiting"
    order = 50
    template_name = "cms/editors/waiting_panel.html"
    heading = _("Việc đang chờ tôi")

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"heading": self.heading, "heaps": waiting_for(user, at=read_clock())}
