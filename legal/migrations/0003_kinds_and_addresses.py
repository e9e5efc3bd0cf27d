"""What follows from the number, for the instruments that are already here."""

from django.db import migrations, models

from core.vietnamese import fold
from legal.kinds import derive_kind
from legal.numbers import slug_of, split_number


def fill(apps, schema_editor):
    Instrument = apps.get_model("legal", "Instrument")
    labels = dict(Instrument._meta.get_field("kind").choices)
    taken = set()
    for instrument in Instrument.objects.order_by("pk"):
        parts = split_number(instrument.number)
        slug = wanted = slug_of(instrument.number)[:70] or "van-ban"
        place = 2
        while slug in taken:
            slug, place = f"{wanted}-{place}", place + 1
        taken.add(slug)
        instrument.slug = slug
        instrument.kind = derive_kind(instrument.number, instrument.title).value
        instrument.number_part, instrument.year_part = parts.number[:12], parts.year
        instrument.symbol_part = parts.symbol[:64]
        instrument.search_key = fold(
            f"{instrument.number} {labels[instrument.kind]} {instrument.title} {instrument.issuer}"
        )
        instrument.save()


class Migration(migrations.Migration):
    dependencies = [("legal", "0002_public_face")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="instrument",
            name="slug",
            field=models.SlugField(default="", editable=False, max_length=80, unique=True),
        ),
    ]
