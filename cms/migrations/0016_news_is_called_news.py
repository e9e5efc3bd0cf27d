"""The index of news was called "Tin và mô hình" until reform models had pages of their own.

A name that editors have chosen since is left alone.
"""

from django.db import migrations

OLD_TITLE, NEW_TITLE = "Tin và mô hình", "Tin tức"
OLD_INTRO = "Tin tức, mô hình cải cách và thủ tục hành chính."
NEW_INTRO = "Tin hoạt động, hướng dẫn người dân và chuyện ở bộ phận Một cửa."


def rename(apps, schema_editor):
    index = apps.get_model("cms", "ArticleIndexPage").objects
    index.filter(title=OLD_TITLE).update(title=NEW_TITLE, draft_title=NEW_TITLE)
    index.filter(intro=OLD_INTRO).update(intro=NEW_INTRO)


class Migration(migrations.Migration):
    dependencies = [("cms", "0015_review_and_legal_check")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
