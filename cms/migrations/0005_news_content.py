"""The first sections, who may keep sections and authors, and words for the pictures there are."""

from django.db import migrations

from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR

SECTIONS = [
    ("Tin hoạt động", "tin-hoat-dong", "Việc đang làm ở bộ phận một cửa và các đơn vị."),
    ("Hướng dẫn người dân", "huong-dan", "Cách làm thủ tục nhanh, đúng ngay từ lần đầu."),
    ("Chỉ đạo, điều hành", "chi-dao-dieu-hanh", "Kế hoạch, kết quả và chấn chỉnh."),
]


def create_sections(apps, schema_editor):
    sections = apps.get_model("cms", "NewsSection").objects
    for position, (name, slug, description) in enumerate(SECTIONS, start=1):
        sections.get_or_create(
            slug=slug, defaults={"name": name, "description": description, "position": position}
        )


def describe_covers(apps, schema_editor):
    for page in apps.get_model("cms", "ArticlePage").objects.filter(cover__isnull=False):
        page.cover_alt = (page.cover.description or page.cover.title)[:200]
        page.save(update_fields=["cover_alt"])


def grant_roles(apps, schema_editor):
    for model in ("newssection", "author"):
        actions = [f"cms.{model}.{action}_{model}" for action in ("add", "change", "view")]
        grant(apps, EDITOR, actions)
        grant(apps, ADMINISTRATOR, [*actions, f"cms.{model}.delete_{model}"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_news"), ("people", "0003_roles")]

    operations = [
        migrations.RunPython(create_sections, migrations.RunPython.noop),
        migrations.RunPython(describe_covers, migrations.RunPython.noop),
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
    ]
