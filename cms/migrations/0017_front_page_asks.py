"""The front page asks what a citizen came for; it used to name the product.

Words that editors have chosen since are left alone, on the page and in its last draft.
"""

from django.db import migrations, models

OLD = {
    "headline": "Cải cách hành chính, học và thi cùng một cửa",
    "introduction": (
        "Tin cải cách, văn bản đang có hiệu lực và các vòng thi của cán bộ, công chức."
    ),
}
NEW = {
    "headline": "Bạn cần làm thủ tục gì?",
    "introduction": (
        "Giấy tờ cần mang, nơi nộp, thời gian và lệ phí của từng việc. Gõ có dấu hay không dấu đều "
        "được."
    ),
}


def ask(apps, schema_editor):
    homes = apps.get_model("cms", "HomePage").objects
    for field, old in OLD.items():
        homes.filter(**{field: old}).update(**{field: NEW[field]})
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for pk in homes.values_list("latest_revision_id", flat=True):
        revision = revisions.filter(pk=pk).first()
        if revision is None:
            continue
        for field, old in OLD.items():
            if revision.content.get(field) == old:
                revision.content[field] = NEW[field]
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0016_news_is_called_news")]
    operations = [
        migrations.AlterField(
            model_name="homepage",
            name="headline",
            field=models.CharField(
                default="Bạn cần làm thủ tục gì?",
                help_text="Câu hỏi đứng trên ô tìm thủ tục.",
                max_length=120,
                verbose_name="tiêu đề lớn",
            ),
        ),
        migrations.RunPython(ask, migrations.RunPython.noop),
    ]
