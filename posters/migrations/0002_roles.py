"""Who may make posters: editors and administrators."""

from django.db import migrations

from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR

PLACES = [f"posters.place.{action}_place" for action in ("add", "change", "view")]


def grant_roles(apps, schema_editor):
    grant(apps, EDITOR, ["posters.shortlink.make_poster", *PLACES])
    grant(apps, ADMINISTRATOR, ["posters.shortlink.make_poster", *PLACES,
                                "posters.place.delete_place"])


class Migration(migrations.Migration):
    dependencies = [("posters", "0001_posters"), ("people", "0003_roles")]

    operations = [migrations.RunPython(grant_roles, migrations.RunPython.noop)]
