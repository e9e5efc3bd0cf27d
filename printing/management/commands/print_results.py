"""Print "Bảng tổng hợp kết quả" of a round to a PDF file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from printing.composing import compose
from printing.documents import Orientation
from printing.result_sheet import ORDERS, result_sheet
from quizzes.models import ResultRun


class Command(BaseCommand):
    help = "Print the result sheet of a round (its current results) as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("contest", help="code of the contest")
        parser.add_argument("round", type=int, help="number of the round in the contest")
        parser.add_argument("output", type=Path, help="the PDF file to write")
        parser.add_argument("--landscape", action="store_true")
        parser.add_argument("--order", choices=ORDERS, default="rank")

    def handle(self, *args: Any, **options: Any) -> None:
        run = (
            ResultRun.objects.filter(
                round__contest__code=options["contest"],
                round__number=options["round"],
                is_current=True,
            )
            .select_related("round__contest")
            .first()
        )
        if run is None:
            raise CommandError(_("Không có vòng thi này hoặc vòng thi chưa có kết quả."))
        orientation = Orientation.LANDSCAPE if options["landscape"] else Orientation.PORTRAIT
        pdf = compose(result_sheet(run, orientation=orientation, order=options["order"]))
        options["output"].write_bytes(pdf)
        self.stdout.write(f"{options['output']}: {run.person_count}")
