"""A note for editors, and into it what checkers wrote into summaries, which everybody reads."""

import json

from django.db import migrations, models

from legal.notes import split_note


def move_notes(apps, schema_editor):
    Instrument = apps.get_model("legal", "Instrument")
    for instrument in Instrument.objects.order_by("pk"):
        summary, note = split_note(instrument.summary)
        if note:
            Instrument.objects.filter(pk=instrument.pk).update(
                summary=summary, note=_joined(note, instrument.note)
            )
    # The editor opens the last revision, and would bring the old words back.
    Revision = apps.get_model("wagtailcore", "Revision")
    kind = {"content_type__app_label": "legal", "content_type__model": "instrument"}
    for revision in Revision.objects.filter(**kind).order_by("pk").iterator():
        content = revision.content
        content = json.loads(content) if isinstance(content, str) else content
        summary, note = split_note(content.get("summary") or "")
        if note:
            content |= {"summary": summary, "note": _joined(note, content.get("note") or "")}
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _joined(*notes):
    return " ".join(filter(None, notes))


def move_back(apps, schema_editor):
    Instrument = apps.get_model("legal", "Instrument")
    for instrument in Instrument.objects.exclude(note="").order_by("pk"):
        Instrument.objects.filter(pk=instrument.pk).update(
            summary=_joined(instrument.summary, instrument.note)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("legal", "0003_kinds_and_addresses"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="note",
            field=models.TextField(
                blank=True,
                help_text="Chỉ người làm nội dung đọc được, không bao giờ hiện trên trang.",
                verbose_name="ghi chú nội bộ",
            ),
        ),
        migrations.RunPython(move_notes, move_back),
    ]
