from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from core.back_office import ORGANISATION_MENU, GuardedMenuItem
from people.models import User
from people.rules import can_import_roster
from people.viewsets import BlockViewSet, UnitViewSet


@hooks.register("register_admin_viewset")
def register_organisation() -> list[ModelViewSet]:
    return [UnitViewSet("units"), BlockViewSet("blocks")]


@hooks.register(ORGANISATION_MENU)
def register_roster_import() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Nhập danh sách cán bộ"),
        reverse("people:roster_imports"),
        name="roster-imports",
        icon_name="upload",
        order=30,
        shown_to=can_import_roster,
    )


@hooks.register("before_bulk_action")
def spare_superusers(
    request: HttpRequest, action_type: str, objects: list[Any], action: object
) -> None:
    if not getattr(request.user, "is_superuser", False) and any(
        isinstance(item, User) and item.is_superuser for item in objects
    ):
        raise PermissionDenied
