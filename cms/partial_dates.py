"""Dates of which only the month or the year is known: a source often says no more."""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class DatePrecision(models.TextChoices):
    DAY = "day", gettext_lazy("Biết ngày")
    MONTH = "month", gettext_lazy("Chỉ biết tháng")
    YEAR = "year", gettext_lazy("Chỉ biết năm")


def rounded(day: date | None, precision: str) -> date | None:
    """The first day of what is known, so that equal knowledge is stored and sorted alike."""
    if day is None or precision == DatePrecision.DAY:
        return day
    return day.replace(day=1) if precision == DatePrecision.MONTH else day.replace(month=1, day=1)


def said(day: date | None, precision: str) -> str:
    """ "20/06/2024", "tháng 6/2024" or "năm 2024"; "" for no date."""
    if day is None:
        return ""
    if precision == DatePrecision.DAY:
        return f"{day:%d/%m/%Y}"
    if precision == DatePrecision.MONTH:
        return _("tháng %(month)s/%(year)s") % {"month": day.month, "year": day.year}
    return _("năm %(year)s") % {"year": day.year}


def iso(day: date | None, precision: str) -> str:
    """ISO 8601 to the same precision, for <time> and JSON-LD: "2024-06-20", "2024-06", "2024"."""
    if day is None:
        return ""
    length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7}.get(DatePrecision(precision), 4)
    return day.isoformat()[:length]
