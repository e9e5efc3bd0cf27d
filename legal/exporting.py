"""The catalogue as a spreadsheet: to be looked at, changed and sent back."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from core.spreadsheets import Column, write_workbook
from legal.importing.columns import Field
from legal.importing.messages import FIELD_LABELS
from legal.models import Instrument

_WIDTHS = {
    Field.NUMBER: 20,
    Field.KIND: 16,
    Field.TITLE: 60,
    Field.ISSUER: 24,
    Field.ISSUED_ON: 14,
    Field.EFFECTIVE_ON: 14,
    Field.EXPIRES_ON: 14,
    Field.STATUS: 26,
    Field.REPLACED_BY: 20,
    Field.AMENDS: 24,
    Field.SUMMARY: 60,
}


def write_catalogue(target: IO[bytes]) -> int:
    """Every published instrument, by number, with the columns that the import knows. Returns how
    many."""
    dates = {Field.ISSUED_ON, Field.EFFECTIVE_ON, Field.EXPIRES_ON}
    return write_workbook(
        target,
        sheet_name=_("Văn bản"),
        title=_("Danh mục văn bản"),
        columns=[
            Column(str(FIELD_LABELS[name]), width, "dd/mm/yyyy" if name in dates else None)
            for name, width in _WIDTHS.items()
        ],
        rows=_rows(),
    )


def _rows() -> Iterator[list[Any]]:
    stored = Instrument.objects.filter(live=True).select_related("replaced_by")
    for one in stored.prefetch_related("amends").order_by("number"):
        yield [
            one.number,
            one.get_kind_display(),
            one.title,
            one.issuer,
            one.issued_on,
            one.effective_on,
            one.expires_on,
            one.get_status_display(),
            one.replaced_by.number if one.replaced_by else "",
            "; ".join(other.number for other in one.amends.all()),
            one.summary,
        ]
