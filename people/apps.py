from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("Cán bộ, đơn vị")
    default = True


class BackOfficeUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our form: full name, staff code, unit, roles."""

    user_viewset = "people.viewsets.PersonViewSet"
