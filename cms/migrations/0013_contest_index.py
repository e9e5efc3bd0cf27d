"""The list of contests, at the address that contests have always had.

Runs once: editors may rename, take back and delete it afterwards.
"""

from django.db import migrations


def create_index(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    home = apps.get_model("cms", "HomePage").objects.order_by("path").first()
    if home is None or Page.objects.filter(depth=home.depth + 1, path__startswith=home.path,
                                           slug="contests").exists():
        return
    last = Page.objects.filter(depth=home.depth + 1, path__startswith=home.path).order_by("path").last()
    # treebeard counts in base 36; a handful of pages never leaves the digits.
    number = int(last.path[-4:], 36) + 1 if last else 1
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model="contestindexpage"
    )
    apps.get_model("cms", "ContestIndexPage").objects.create(
        title="Cuộc thi",
        draft_title="Cuộc thi",
        slug="contests",
        intro="Lịch thi, thể lệ, tình hình dự thi và kết quả đã công bố của các cuộc thi.",
        content_type=content_type,
        path=f"{home.path}{_base36(number)}",
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}contests/",
        locale_id=home.locale_id,
        show_in_menus=False,
    )
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def _base36(number):
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits.rjust(4, "0")


class Migration(migrations.Migration):
    dependencies = [("cms", "0012_contest_pages")]

    operations = [
        migrations.RunPython(create_index, migrations.RunPython.noop),
    ]
