"""The dictionary and topics to begin with, and who may do what."""

from django.db import migrations

from outreach.default_abbreviations import ABBREVIATIONS, TOPICS
from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR, UNIT_HEAD


def _all(model, *actions):
    return [f"outreach.{model}.{action}_{model}" for action in actions]


READING = [*_all("script", "view"), *_all("slot", "view"), *_all("broadcast", "view")]
AIRING = [
    *READING,
    *_all("slot", "add", "change", "delete"),
    "outreach.broadcast.record_broadcast",
]
WRITING = [
    *AIRING,
    *_all("script", "add", "change"),
    *_all("abbreviation", "add", "change", "delete", "view"),
    *_all("topic", "add", "change", "view"),
    *_all("zalopost", "add", "change", "view"),
]
PERMISSIONS = {
    UNIT_HEAD: AIRING,
    EDITOR: WRITING,
    ADMINISTRATOR: [
        *WRITING,
        *_all("topic", "delete"),
        *_all("readingsettings", "change"),
        *_all("zaloaccount", "change"),
    ],
}


def begin(apps, schema_editor):
    abbreviations = apps.get_model("outreach", "Abbreviation").objects
    for written, said in ABBREVIATIONS.items():
        abbreviations.get_or_create(written=written, defaults={"said": said})
    topics = apps.get_model("outreach", "Topic").objects
    for order, name in enumerate(TOPICS, start=1):
        topics.get_or_create(name=name, defaults={"order": order})
    for role, permissions in PERMISSIONS.items():
        grant(apps, role, permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_outreach"),
        ("people", "0003_roles"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
