from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.models import User
from people.rules import can_import_roster
from people.viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def register_organisation() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


class RosterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_import_roster(request.user)


@hooks.register("register_admin_menu_item")
def register_roster_import() -> RosterMenuItem:
    return RosterMenuItem(
        _("Nhập danh sách cán bộ"),
        reverse("people:roster_imports"),
        name="roster-imports",
        icon_name="upload",
        order=610,
    )


@hooks.register("before_bulk_action")
def spare_superusers(
    request: HttpRequest, action_type: str, objects: list[Any], action: object
) -> None:
    if not getattr(request.user, "is_superuser", False) and any(
        isinstance(item, User) and item.is_superuser for item in objects
    ):
        raise PermissionDenied
