"""A group for every role, with what it may do to people and units."""

from django.db import migrations

from people.granting import grant
from people.roles import (
    ADMINISTRATOR,
    AUTHOR,
    EDITOR,
    JURY,
    ORGANISER,
    UNIT_HEAD,
)

BACK_OFFICE = ["wagtailadmin.admin.access_admin"]
# nobody deletes: units end on a date, accounts are closed
ALL_OF = ("add", "change", "view")

PERMISSIONS = {
    EDITOR: BACK_OFFICE,
    AUTHOR: BACK_OFFICE,
    JURY: [],
    UNIT_HEAD: [],
    ORGANISER: [
        *BACK_OFFICE,
        *(f"people.unit.{action}_unit" for action in ALL_OF),
        *(f"people.block.{action}_block" for action in ALL_OF),
    ],
    ADMINISTRATOR: [
        *BACK_OFFICE,
        *(f"people.unit.{action}_unit" for action in ALL_OF),
        *(f"people.block.{action}_block" for action in (*ALL_OF, "delete")),
        *(f"people.user.{action}_user" for action in ALL_OF),
    ],
}


def create_roles(apps, schema_editor):
    for role, permissions in PERMISSIONS.items():
        grant(apps, role, permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_roster_import"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
