"""Instruments have drafts now: who could change one before may publish it."""

from django.db import migrations, models

from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR


def grant_publishing(apps, schema_editor):
    for role in (EDITOR, ADMINISTRATOR):
        grant(apps, role, ["legal.instrument.publish_instrument"])


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0005_news_content"),
        ("people", "0003_roles"),
        ("legal", "0003_kinds_and_addresses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="regulationindexpage",
            name="intro",
            field=models.CharField(
                blank=True,
                help_text="Một, hai câu dưới tiêu đề trang.",
                max_length=300,
                verbose_name="giới thiệu",
            ),
        ),
        migrations.RunPython(grant_publishing, migrations.RunPython.noop),
    ]
