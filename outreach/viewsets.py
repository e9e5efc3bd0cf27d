"""The dictionary and the topics of loudspeaker scripts in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from core.back_office import OUTREACH_MENU
from outreach.models import Abbreviation, Topic


class AbbreviationViewSet(ModelViewSet):
    model = Abbreviation
    icon = "openquote"
    menu_label = _("Từ điển viết tắt")
    menu_order = 50
    menu_hook = OUTREACH_MENU
    list_display = ["written", "said"]
    search_fields = ["written", "said"]
    ordering = ["written"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    panels = [FieldPanel("written"), FieldPanel("said")]


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "list-ul"
    menu_label = _("Chủ đề truyền thanh")
    menu_order = 60
    menu_hook = OUTREACH_MENU
    list_display = ["name", "order"]
    ordering = ["order", "name"]
    copy_view_enabled = False
    inspect_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("order")]
