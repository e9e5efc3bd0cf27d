"""The log of broadcasts: what was aired in a month, totals, print and spreadsheet."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from outreach import rules
from outreach.broadcasting import Aired, correct_broadcast, record_broadcast, strike_out
from outreach.forms import BroadcastForm, CorrectionForm, StrikeForm
from outreach.log_papers import log_document, standing_of, write_log
from outreach.models import Broadcast, Script, ScriptVersion
from outreach.queries import log_of_month, recordable_units, totals_of_month
from outreach.scripting import reading_settings
from outreach.views.fetching import (
    chosen_month,
    chosen_unit,
    is_key,
    own_or_first,
    readable_scripts,
)
from people.access import SignedInRequest, allowed
from people.models import Unit
from printing.composing import compose
from printing.views.files import paper

LINES_PER_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@allowed(rules.can_read_scripts)
@never_cache
def log(request: SignedInRequest) -> HttpResponse:
    unit, units, month = _chosen(request)
    totals = totals_of_month(units, month=month)
    page = Paginator(log_of_month(units, month=month), LINES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [
        {
            "line": line,
            "standing": standing_of(line),
            "is_replaced": hasattr(line, "replaced_by"),
            "may_be_corrected": not hasattr(line, "replaced_by")
            and rules.can_record_broadcast(request.user, line.unit),
        }
        for line in page
    ]
    return render(
        request,
        "outreach/log.html",
        {
            "unit": unit,
            "units": _readable_units(request),
            "month": month,
            "before": (month - timedelta(days=1)).replace(day=1),
            "after": (month + timedelta(days=31)).replace(day=1),
            "totals": totals,
            "count": sum(total.count for total in totals),
            "minutes": sum(total.minutes for total in totals),
            "page": page,
            "lines": lines,
            "can_record": rules.can_keep_log(request.user),
        },
    )


@require_safe
@allowed(rules.can_read_scripts)
def log_pdf(request: SignedInRequest) -> HttpResponseBase:
    unit, units, month = _chosen(request)
    head = unit or own_or_first(request.user, _readable_units(request))
    if head is None:
        raise Http404
    with translation.override("vi"):
        document = log_document(
            list(log_of_month(units, month=month)),
            totals_of_month(units, month=month),
            unit=head,
            month=month,
            on=timezone.localdate(),
            place=reading_settings().place,
        )
        content = compose(document)
    return paper(content, name=f"nhat-ky-phat-thanh-{month:%Y-%m}.pdf", download=False)


@require_safe
@allowed(rules.can_read_scripts)
def log_xlsx(request: SignedInRequest) -> HttpResponseBase:
    _unit, units, month = _chosen(request)
    target = BytesIO()
    write_log(target, log_of_month(units, month=month), month=month)
    target.seek(0)
    response = FileResponse(
        target,
        as_attachment=True,
        filename=f"nhat-ky-phat-thanh-{month:%Y-%m}.xlsx",
        content_type=_XLSX,
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_keep_log)
@never_cache
def new_line(request: SignedInRequest) -> HttpResponse:
    at = read_clock()
    units = recordable_units(request.user, on=timezone.localdate())
    form = BroadcastForm(
        request.POST or None,
        units=units,
        scripts=readable_scripts(request.user),
        initial=_first_values(request, units, at=at),
    )
    if form.is_valid():
        try:
            line = record_broadcast(_aired(form), by=request.user, at=at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi vào nhật ký phát thanh."))
            return _to_month(line)
    return _form_page(request, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_keep_log)
@never_cache
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another line instead of this one, which stays readable."""
    line = _own_line(request, pk)
    form = CorrectionForm(
        request.POST or None,
        units=recordable_units(request.user, on=timezone.localdate(line.aired_at)),
        scripts=readable_scripts(request.user),
        initial={
            "script": line.version.script_id,
            "unit": line.unit_id,
            "aired_at": line.aired_at,
            "minutes": line.minutes,
            "place": line.place,
            "announcer": line.announcer,
            "note": line.note,
        },
    )
    if form.is_valid():
        try:
            newer = correct_broadcast(
                line,
                _aired(form),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=read_clock(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã sửa. Dòng cũ vẫn giữ trong nhật ký."))
            return _to_month(newer)
    return _form_page(request, {"form": form, "line": line, "strike_form": StrikeForm()})


@require_POST
@allowed(rules.can_keep_log)
@never_cache
def strike(request: SignedInRequest, pk: int) -> HttpResponse:
    line = _own_line(request, pk)
    form = StrikeForm(request.POST)
    try:
        reason = form.cleaned_data["strike_reason"] if form.is_valid() else ""
        strike_out(line, reason=reason, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("outreach:correct", line.pk)
    messages.success(request, _("Đã gạch bỏ. Dòng cũ vẫn giữ trong nhật ký."))
    return _to_month(line)


def _chosen(request: SignedInRequest) -> tuple[Unit | None, QuerySet[Unit], date]:
    """The unit asked for, or None for all that the person may read; these units; the month."""
    units = _readable_units(request)
    unit = chosen_unit(request, units)
    chosen = units.filter(path__startswith=unit.path) if unit else units
    return unit, chosen, chosen_month(request, today=timezone.localdate())


def _readable_units(request: SignedInRequest) -> QuerySet[Unit]:
    """Also units that have ended: their log remains."""
    units: QuerySet[Unit] = Unit.objects.filter(rules.covered_units(request.user))
    return units.order_by("path")


def _own_line(request: SignedInRequest, pk: int) -> Broadcast:
    line = get_object_or_404(Broadcast.objects.select_related("unit", "version__script"), pk=pk)
    if not rules.can_record_broadcast(request.user, line.unit):
        raise Http404
    return line


def _first_values(
    request: SignedInRequest, units: QuerySet[Unit], *, at: datetime
) -> dict[str, Any]:
    values: dict[str, Any] = {"aired_at": at, "announcer": request.user.full_name}
    if unit := chosen_unit(request, units) or own_or_first(request.user, units):
        values["unit"] = unit.pk
    key = request.GET.get("script", "")
    script = readable_scripts(request.user).filter(pk=int(key)).first() if is_key(key) else None
    if script is not None:
        seconds = _version_at(script, at).seconds_at(reading_settings().words_per_minute)
        values |= {"script": script.pk, "minutes": max(1, -(-seconds // 60))}
    return values


def _aired(form: BroadcastForm) -> Aired:
    data = form.cleaned_data
    return Aired(
        unit=data["unit"],
        version=_version_at(data["script"], data["aired_at"]),
        aired_at=data["aired_at"],
        minutes=data["minutes"],
        place=data["place"],
        announcer=data["announcer"],
        note=data["note"],
    )


def _version_at(script: Script, moment: datetime) -> ScriptVersion:
    """What there was to read at that moment; the first version for an earlier one."""
    versions = script.versions.order_by("number")
    return versions.filter(created_at__lte=moment).last() or versions.get(number=1)


def _to_month(line: Broadcast) -> HttpResponse:
    month = timezone.localtime(line.aired_at)
    return redirect(f"{reverse('outreach:log')}?month={month:%Y-%m}")


def _form_page(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    return render(
        request,
        "outreach/broadcast_form.html",
        context,
        status=422 if request.method == "POST" else 200,
    )
