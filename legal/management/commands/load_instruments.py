"""``manage.py load_instruments FILE``: load legal instruments from a JSON list."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from legal.loading import load_instruments


class Command(BaseCommand):
    help = "Load legal instruments from a JSON file; an instrument already known is updated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            records = json.loads(options["file"].read_text(encoding="utf-8"))
            report = load_instruments(records)
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot read {options['file']}: {error}") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"created {report.created}, updated {report.updated}, unchanged {report.unchanged}"
        )
