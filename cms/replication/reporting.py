"""What a unit reports of a model it runs: one figure a measure and month, corrected openly."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms.measuring import Measure
from cms.models.adoptions import Adoption, AdoptionAct, AdoptionFigure
from core import audit
from core.errors import Conflict, DomainError
from core.vietnamese import format_number
from people.models import User

# The lists of a form stay short and a slip of the year is caught: nobody reports 20 years back.
MAX_MONTHS_BACK = 60


def months_to_report(adoption: Adoption, *, on: date) -> list[date]:
    """The months of which figures are taken, the latest first: from the first month of running to
    the last, at most ``MAX_MONTHS_BACK``; the month that is running may be reported too."""
    if not adoption.takes_figures or adoption.started_on is None:
        return []
    last = (adoption.ended_on or on).replace(day=1)
    first = adoption.started_on.replace(day=1)
    months: list[date] = []
    while last >= first and len(months) < MAX_MONTHS_BACK:
        months.append(last)
        last = _month_before(last)
    return months


def _month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


@transaction.atomic
def report_figure(
    adoption: Adoption,
    *,
    measure: Measure,
    month: date,
    value: Decimal,
    on: date,
    by: User,
    at: datetime,
) -> AdoptionFigure:
    """Keep the first figure of this measure and month; one that is there already is a Conflict."""
    held = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if month not in months_to_report(held, on=on):
        raise DomainError(_("Tháng này nằm ngoài thời gian đơn vị thực hiện mô hình."))
    _check(value)
    try:
        with transaction.atomic():
            figure: AdoptionFigure = AdoptionFigure.objects.create(
                adoption=held,
                measure_key=measure.key,
                measure_name=measure.name,
                measure_unit=measure.unit,
                month=month,
                value=value,
                reported_by=by,
                reported_at=at,
            )
    except IntegrityError:
        raise Conflict(
            _("Tháng %s đã có số liệu của chỉ tiêu này. Hãy sửa số đã báo cáo.") % f"{month:%m/%Y}"
        ) from None
    audit.record(
        AdoptionAct.FIGURE_REPORTED,
        held,
        by=by,
        at=at,
        summary=_("%(measure)s, tháng %(month)s: %(value)s")
        % {"measure": measure.name, "month": f"{month:%m/%Y}", "value": format_number(value)},
        data={"figure": figure.pk},
    )
    return figure


@transaction.atomic
def correct_figure(
    figure: AdoptionFigure, *, value: Decimal | None, reason: str, by: User, at: datetime
) -> AdoptionFigure:
    """Put another value in the place of this one, or None to take it back. The old row stays as it
    was, with who reported it and when. Raises Conflict when it has been corrected meanwhile."""
    reason = audit.required_reason(reason)
    _check(value)
    if not AdoptionFigure.objects.filter(pk=figure.pk, is_current=True).update(is_current=False):
        raise Conflict(_("Số liệu này vừa được sửa. Hãy tải lại trang để xem số mới nhất."))
    corrected: AdoptionFigure = AdoptionFigure.objects.create(
        adoption_id=figure.adoption_id,
        measure_key=figure.measure_key,
        measure_name=figure.measure_name,
        measure_unit=figure.measure_unit,
        month=figure.month,
        value=value,
        reported_by=by,
        reported_at=at,
        corrects=figure,
        reason=reason,
    )
    audit.record(
        AdoptionAct.FIGURE_CORRECTED,
        figure.adoption,
        by=by,
        at=at,
        summary=_("%(measure)s, tháng %(month)s: %(old)s → %(new)s")
        % {
            "measure": figure.measure_name,
            "month": f"{figure.month:%m/%Y}",
            "old": _words(figure.value),
            "new": _words(value),
        },
        reason=reason,
        data={"figure": corrected.pk, "corrects": figure.pk},
    )
    return corrected


def _check(value: Decimal | None) -> None:
    if value is not None and not (0 <= value < Decimal(10) ** 12):
        raise DomainError(_("Số liệu phải từ 0 đến dưới 1.000.000.000.000."))


def _words(value: Decimal | None) -> str:
    return _("không có") if value is None else format_number(value)
