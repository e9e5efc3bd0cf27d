"""Importing instruments from a spreadsheet: upload → preview → apply → report."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import jobs
from core.clock import read_clock
from core.errors import DomainError
from legal import exporting, rules
from legal.forms import CatalogueUploadForm
from legal.importing import uploading
from legal.importing.messages import FIELD_LABELS
from legal.importing.planning import plan_import
from legal.importing.records import Record
from legal.models import InstrumentImport

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST_KEY = 2**63 - 1


def _for_importers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.can_import_instruments(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@_for_importers
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; the imports made before."""
    form = CatalogueUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = uploading.keep_upload(
                form.cleaned_data["file"], by=request.user, at=read_clock()
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("legal:import", pk=kept.pk)
    earlier = InstrumentImport.objects.select_related("created_by")
    context = {"form": form, "page": Paginator(earlier, 20).get_page(request.GET.get("page"))}
    return render(request, "legal/imports.html", {**context, "steps": _steps(1)})


@_for_importers
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change; once it is applied, what it changed."""
    kept = _get(pk)
    job, is_polling = uploading.job_of(kept), bool(request.headers.get("HX-Request"))
    if kept.applied_at:
        rejected = kept.result.get("rejected", [])
        context = {"kept": kept, "result": kept.result, "rejected": rejected, "steps": _steps(3)}
        template = "legal/import_progress.html" if is_polling else "legal/import_done.html"
        return render(request, template, context | {"job": job})
    if job is not None:
        jobs.look_after(job, at=read_clock())
        if not job.is_finished or is_polling:
            template = "import_progress" if is_polling else "import_running"
            context = {"kept": kept, "job": job, "steps": _steps(3)}
            return render(request, f"legal/{template}.html", context)
        messages.error(request, job.message)
    try:
        plan = plan_import(uploading.open_upload(kept))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("legal:imports")
    context = {
        "kept": kept,
        "plan": plan,
        "rejected": [_rejected(record) for record in plan.rejected],
        "drafts": [one for one in plan.updated if one.keeps_draft],
        "can_apply": bool(plan.created or plan.updated),
        "steps": _steps(2),
    }
    return render(request, "legal/import_preview.html", context)


@require_POST
@_for_importers
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _get(pk)
    try:
        uploading.start_applying(kept, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("legal:import", pk=kept.pk)


@require_POST
@_for_importers
def resume_import(request: HttpRequest, pk: int) -> HttpResponse:
    job = uploading.job_of(_get(pk))
    if job is None:
        raise Http404
    try:
        jobs.resume_job(job, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("legal:import", pk=pk)


@require_POST
@_for_importers
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        uploading.discard_upload(_get(pk))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("legal:imports")


@_for_importers
def catalogue(request: HttpRequest) -> FileResponse:
    """The whole catalogue with the columns that an import knows."""
    target = BytesIO()
    exporting.write_catalogue(target)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename="danh-muc-van-ban.xlsx", content_type=_XLSX
    )


def _get(pk: int) -> InstrumentImport:
    found = InstrumentImport.objects.filter(pk=pk).first() if pk <= _LARGEST_KEY else None
    if found is None:
        raise Http404
    return found


def _rejected(record: Record) -> dict[str, Any]:
    return {
        "row": record.row,
        "sheet": record.sheet,
        "number": record.number,
        "problems": [(FIELD_LABELS[p.field], p.message) for p in record.problems],
    }


def _steps(current: int) -> list[dict[str, str]]:
    labels = [_("Tải tệp lên"), _("Xem trước"), _("Kết quả")]
    return [
        {
            "label": label,
            "url": "",
            "state": "done" if step < current else "current" if step == current else "todo",
        }
        for step, label in enumerate(labels, 1)
    ]
