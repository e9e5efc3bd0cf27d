"""The role of those who serve at a counter, and what administrators do for all counters."""

from django.db import migrations

from people.granting import grant
from people.roles import ADMINISTRATOR, COUNTER


def grant_roles(apps, schema_editor):
    for role in (COUNTER, ADMINISTRATOR):
        grant(apps, role, ["counter.office.serve_office"])


class Migration(migrations.Migration):
    dependencies = [
        ("counter", "0001_counter"),
        ("people", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant_roles, migrations.RunPython.noop)]
