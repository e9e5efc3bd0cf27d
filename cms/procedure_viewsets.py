"""The short lists that procedures are sorted by, in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models.procedure_parts import LifeEvent, ProcedureField
from core.back_office import CONTENT_MENU

_PANELS = [
    FieldPanel("name"),
    FieldPanel("name_in_english"),
    FieldRowPanel([FieldPanel("order"), FieldPanel("slug")]),
]


class ProcedureFieldViewSet(SnippetViewSet):
    model = ProcedureField
    icon = "folder-open-inverse"
    menu_label = _("Lĩnh vực thủ tục")
    menu_order = 30
    menu_hook = CONTENT_MENU
    list_display = ["name", "order"]
    ordering = ["order", "name"]
    panels = _PANELS


class LifeEventViewSet(SnippetViewSet):
    model = LifeEvent
    icon = "user"
    menu_label = _("Sự kiện trong đời")
    menu_order = 40
    menu_hook = CONTENT_MENU
    list_display = ["name", "order"]
    ordering = ["order", "name"]
    panels = _PANELS
