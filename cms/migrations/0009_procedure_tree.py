"""The page under which procedures stand, and who keeps their short lists.

Runs once: editors may rename, move and delete it afterwards.
"""

from django.db import migrations

from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR

LISTS = ("procedurefield", "lifeevent")


def create_index(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    home = apps.get_model("cms", "HomePage").objects.order_by("path").first()
    if home is None or Page.objects.filter(depth=home.depth + 1, path__startswith=home.path,
                                           slug="procedures").exists():
        return
    last = Page.objects.filter(depth=home.depth + 1, path__startswith=home.path).order_by("path").last()
    # treebeard counts in base 36; a handful of pages never leaves the digits.
    number = int(last.path[-4:], 36) + 1 if last else 1
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model="procedureindexpage"
    )
    apps.get_model("cms", "ProcedureIndexPage").objects.create(
        title="Thủ tục hành chính",
        draft_title="Thủ tục hành chính",
        slug="procedures",
        intro="Gõ việc bạn cần làm bằng lời thường ngày, có dấu hay không dấu đều được.",
        content_type=content_type,
        path=f"{home.path}{_base36(number)}",
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}procedures/",
        locale_id=home.locale_id,
        show_in_menus=True,
    )
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def _base36(number):
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits.rjust(4, "0")


def grant_roles(apps, schema_editor):
    for role in (EDITOR, ADMINISTRATOR):
        grant(apps, role, [f"cms.{model}.{action}_{model}" for model in LISTS
                           for action in ("add", "change", "view")])
    grant(apps, ADMINISTRATOR, [f"cms.{model}.delete_{model}" for model in LISTS])


class Migration(migrations.Migration):
    dependencies = [("cms", "0008_procedures"), ("people", "0003_roles")]

    operations = [
        migrations.RunPython(create_index, migrations.RunPython.noop),
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
    ]
