"""``manage.py make_unit_collections``: a collection of pictures and files for every unit that has
an editor. An editor's first sign-in does the same for the own unit."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.editors.unit_collections import make_collections_of_editors


class Command(BaseCommand):
    help = "Make a collection of pictures and files for every unit that has an editor."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{make_collections_of_editors()}")
