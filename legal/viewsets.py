"""Legal instruments in the Wagtail back office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from legal.models import Instrument


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "doc-full"
    menu_label = _("Văn bản")
    menu_order = 300
    add_to_admin_menu = True
    list_display = [
        "number",
        "title",
        "issuer",
        Column("get_status_display", label=_("tình trạng")),
    ]
    list_filter = ["status", "issuer", "certainty"]
    search_fields = ["number", "title", "search_key"]
    ordering = ["-issued_on", "number"]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("issuer")]),
        FieldPanel("title"),
        FieldRowPanel(
            [FieldPanel("issued_on"), FieldPanel("effective_on"), FieldPanel("expires_on")]
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("replaced_by"), FieldPanel("amends")],
            heading=_("Hiệu lực"),
        ),
        FieldPanel("summary"),
        FieldPanel("certainty"),
    ]

    def get_queryset(self, request: Any) -> Any:
        return Instrument.objects.select_related("replaced_by")
