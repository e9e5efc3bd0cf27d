"""Places in the back office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from core.back_office import OUTREACH_MENU
from posters.models import Place


class PlaceViewSet(ModelViewSet):
    model = Place
    icon = "site"
    menu_label = _("Nơi treo áp phích")
    menu_name = "poster-places"
    menu_order = 40
    menu_hook = OUTREACH_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["name", "get_kind_display", "unit", "note"]
    list_filter = ["kind"]
    search_fields = ["name", "note"]
    form_fields = ["name", "kind", "unit", "note"]
    ordering = ["name", "pk"]
