"""Importing a roster: upload → columns → preview → apply → report."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import jobs
from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest, allowed
from people.forms import RosterColumnsForm, RosterUploadForm
from people.importing import messages as wording
from people.importing import uploading
from people.importing.problems import Field
from people.importing.records import count_by_unit
from people.importing.reporting import write_report
from people.models import RosterImport
from people.rules import can_import_roster

_SHOWN_ROWS = 20
_SHOWN_PROBLEMS = 300
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _steps(current: int) -> list[dict[str, str]]:
    labels = [_("Tải tệp lên"), _("Chọn cột"), _("Xem trước"), _("Kết quả")]
    return [
        {
            "label": label,
            "url": "",
            "state": "done" if step < current else "current" if step == current else "todo",
        }
        for step, label in enumerate(labels, 1)
    ]


@allowed(can_import_roster)
def roster_imports(request: SignedInRequest) -> HttpResponse:
    """Upload a file; the imports made before."""
    form = RosterUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            roster_import = uploading.keep_upload(
                form.cleaned_data["file"], by=request.user, at=read_clock()
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("people:roster_columns", pk=roster_import.pk)
    earlier = RosterImport.objects.select_related("created_by", "job")
    page = Paginator(earlier, 20).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "steps": _steps(1)}
    return render(request, "people/roster_imports.html", context)


@allowed(can_import_roster)
def roster_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    roster_import = _open_import(pk)
    try:
        sheets = uploading.open_sheets(roster_import)
        sheet = uploading.chosen_sheet(roster_import, sheets)
        header = uploading.current_header(roster_import, sheet)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("people:roster_imports")
    form = RosterColumnsForm(
        request.POST or None,
        roster_import=roster_import,
        sheets=sheets,
        sheet=sheet,
        header=header,
    )
    if request.method == "POST" and form.is_valid():
        form.save_to(roster_import)
        next_page = "people:roster_columns" if form.is_redrawn else "people:roster_preview"
        return redirect(next_page, pk=roster_import.pk)
    context = {
        "roster_import": roster_import,
        "form": form,
        "columns": form.columns(),
        "steps": _steps(2),
    }
    return render(request, "people/roster_columns.html", context)


@allowed(can_import_roster)
def roster_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    roster_import = _open_import(pk)
    try:
        roster, report = uploading.preview_import(roster_import, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("people:roster_columns", pk=roster_import.pk)
    rejected = [
        {
            "row": bad.row,
            "problems": [
                (wording.FIELD_LABELS[problem.field], wording.describe(problem))
                for problem in bad.problems
            ],
            "name": bad.texts.get(Field.FULL_NAME, ""),
        }
        for bad in report.rejected[:_SHOWN_PROBLEMS]
    ]
    warnings = [
        {"row": problem.row, "text": wording.describe_with_field(problem)}
        for problem in report.warnings[:_SHOWN_PROBLEMS]
    ]
    ignored = [
        {"row": row.row, "reason": wording.IGNORED_LABELS[row.reason], "text": row.text}
        for row in roster.ignored[:_SHOWN_PROBLEMS]
    ]
    context = {
        "roster_import": roster_import,
        "roster": roster,
        "report": report,
        "rejected": rejected,
        "warnings": warnings,
        "ignored": ignored,
        "units": count_by_unit(roster.records),
        "people": roster.records[:_SHOWN_ROWS],
        "can_apply": report.created + report.updated > 0,
        "steps": _steps(3),
    }
    return render(request, "people/roster_preview.html", context)


@require_POST
@allowed(can_import_roster)
def apply_roster_import(request: SignedInRequest, pk: int) -> HttpResponse:
    roster_import = get_object_or_404(RosterImport, pk=pk)
    try:
        uploading.start_applying(roster_import, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:roster_import", pk=roster_import.pk)


@require_POST
@allowed(can_import_roster)
def resume_roster_import(request: SignedInRequest, pk: int) -> HttpResponse:
    roster_import = get_object_or_404(RosterImport.objects.select_related("job"), pk=pk)
    if roster_import.job is None:
        raise Http404
    try:
        jobs.resume_job(roster_import.job, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:roster_import", pk=roster_import.pk)


@require_POST
@allowed(can_import_roster)
def discard_roster_import(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        uploading.discard_import(get_object_or_404(RosterImport, pk=pk))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:roster_imports")


@allowed(can_import_roster)
def roster_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """The result, or how far the work is."""
    found = get_object_or_404(RosterImport.objects.select_related("job", "created_by"), pk=pk)
    if not found.applied_at and found.job is None:
        return redirect("people:roster_preview", pk=found.pk)
    if found.job is not None:
        jobs.look_after(found.job, at=read_clock())
    template = "people/roster_progress.html" if request.htmx else "people/roster_import.html"
    context = {
        "roster_import": found,
        "job": found.job,
        "result": found.result,
        "rejected": [
            {
                "row": bad["row"],
                "name": bad["texts"].get(Field.FULL_NAME, ""),
                "problems": [("", bad["message"])],
            }
            for bad in found.result.get("rejected", [])[:_SHOWN_PROBLEMS]
        ],
        "warnings": [
            {"row": note["row"], "text": note["message"]}
            for note in found.result.get("warnings", [])[:_SHOWN_PROBLEMS]
        ],
        "steps": _steps(4),
    }
    return render(request, template, context)


@allowed(can_import_roster)
def roster_report(request: SignedInRequest, pk: int) -> FileResponse:
    found = get_object_or_404(RosterImport, pk=pk, applied_at__isnull=False)
    target = BytesIO()
    write_report(target, file_name=found.file_name, result=found.result)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=f"ket-qua-nhap-{found.pk}.xlsx", content_type=_XLSX
    )


def _open_import(pk: int) -> RosterImport:
    """An upload that has not been applied. One that has been is not to be mapped again."""
    found = get_object_or_404(RosterImport.objects.select_related("parent", "default_unit"), pk=pk)
    if found.applied_at:
        raise Http404
    return found
