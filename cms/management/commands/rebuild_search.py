"""``manage.py rebuild_search``: what the search looks through, made true to what is public."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.finding.indexing import reconcile
from core.clock import read_clock


class Command(BaseCommand):
    help = "Make what the search of the site looks through true to what is public."

    def handle(self, *args: Any, **options: Any) -> None:
        total, changed = reconcile(day=timezone.localdate(read_clock()))
        self.stdout.write(f"{total} ({changed} changed)")
