"""Giving permissions to roles from migrations, whichever app they belong to."""

from collections.abc import Iterable
from typing import Any

ACTION_NAMES = {
    "add": "Can add",
    "change": "Can change",
    "delete": "Can delete",
    "view": "Can view",
}


def grant(apps: Any, role: str, permissions: Iterable[str]) -> None:
    """Add "app.model.codename" permissions to the role's group, creating what is not there yet.

    Django creates permissions only after all migrations have run; what is made here in advance it
    finds and keeps. `apps` is the migration's registry. Repeating it changes nothing.
    """
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=role)
    content_types = apps.get_model("contenttypes", "ContentType").objects
    made = []
    for permission in permissions:
        app_label, model, codename = permission.split(".")
        content_type, _created = content_types.get_or_create(app_label=app_label, model=model)
        action = ACTION_NAMES.get(codename.partition("_")[0])
        found, _created = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"{action} {model}" if action else codename},
        )
        made.append(found)
    group.permissions.add(*made)
