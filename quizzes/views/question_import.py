"""Importing questions: upload → (columns) → preview → apply → report → undo.

What happens to single questions in the preview is in `question_import_rows`.
"""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import jobs
from core.clock import read_clock
from core.errors import DomainError
from core.models import Job
from core.spreadsheets import Column, write_workbook
from people.access import SignedInRequest
from quizzes import tasks
from quizzes.enums import KeyView
from quizzes.forms.importing import ColumnsForm, ImportDecisionForm, QuestionUploadForm
from quizzes.importing import survey, undoing, uploads
from quizzes.importing.choosing import Show, count_rows, rows_of
from quizzes.importing.messages import describe_unreadable
from quizzes.importing.parsed import Format, UnreadableFile
from quizzes.importing.storing import remark_from_json
from quizzes.importing.upload_applying import APPLY_JOB, describe_row, start_applying
from quizzes.importing.upload_files import open_file
from quizzes.key_access import open_keys
from quizzes.models import QuestionBank, QuestionImport
from quizzes.views.bank import find_own_bank
from quizzes.views.import_cards import cards_of

PAGE = 50
_IMPORTS_SHOWN = 5
_IMPORTS_PAGE = 50


@login_required
@never_cache
def upload(request: SignedInRequest, code: str) -> HttpResponse:
    """Choose a file or paste text; go on with an earlier one; the last imports."""
    bank = find_own_bank(request, code)
    is_sent = request.method == "POST"
    form = QuestionUploadForm(*((request.POST, request.FILES) if is_sent else ()))
    if request.method == "POST" and form.is_valid():
        try:
            kept = uploads.keep_upload(
                bank,
                form.chosen_file,
                file_format=form.chosen_format,
                by=request.user,
                at=read_clock(),
            )
        except DomainError as error:
            form.add_error(form.source, str(error))
        else:
            return redirect("quizzes:question_import", code=bank.code, pk=kept.pk)
    context = {
        "bank": bank,
        "form": form,
        "waiting": uploads.waiting_uploads(bank, by=request.user),
        "imports": uploads.imports_of(bank)[:_IMPORTS_SHOWN],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quizzes/importing/upload.html", context, status=status)


@login_required
@never_cache
@require_safe
def imports(request: SignedInRequest, code: str) -> HttpResponse:
    """Every import of the bank: who, when, what came of it."""
    bank = find_own_bank(request, code)
    page = Paginator(uploads.imports_of(bank), _IMPORTS_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/importing/imports.html", {"bank": bank, "page": page})


@login_required
@never_cache
def preview(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Where the import is: being read or applied, to be looked at, or applied (the report)."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk)
    if found.applied_at is not None and not request.htmx:
        return _show_report(request, bank, found)
    if found.job is not None and found.applied_at is None:
        jobs.look_after(found.job, at=read_clock())
        is_unread = found.read_at is None and found.job.state != Job.State.DONE
        if not found.job.is_finished or is_unread:
            template = "progress" if request.htmx else "waiting"
            context = {"bank": bank, "upload": found, "job": found.job, "is_unread": is_unread}
            return render(request, f"quizzes/importing/{template}.html", context)
    if request.htmx:  # the poll: what it waited for is there
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.read_at is None:
        return redirect("quizzes:question_import_columns", code=bank.code, pk=found.pk)
    form = ImportDecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _apply(request, bank, found, form)
    return render(
        request, "quizzes/importing/preview.html", preview_context(request, bank, found, form)
    )


def preview_context(
    request: SignedInRequest,
    bank: QuestionBank,
    found: QuestionImport,
    form: ImportDecisionForm | None = None,
) -> dict[str, Any]:
    open_keys(request.user, bank, view=KeyView.IMPORT, at=read_clock())
    show = chosen_show(request)
    rows = rows_of(found, show).select_related("known__current_version", "twin__current_version")
    counts = count_rows(found)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    failed = found.job if found.job and found.job.state == Job.State.FAILED else None
    return {
        "bank": bank,
        "upload": found,
        "form": form or ImportDecisionForm(),
        "page": page,
        "cards": cards_of(found, list(page.object_list)),
        "show": show.value,
        "counts": counts,
        "tabs": tabs_of(request, counts, show),
        "file_remarks": [
            describe_row(remark_from_json(remark), Format(found.format)) for remark in found.remarks
        ],
        "topics": list(bank.topics.values_list("name", flat=True)),
        "other_banks": request.user.owned_banks.exclude(pk=bank.pk).order_by("name"),
        "failed_job": failed,
        "has_columns": found.format == Format.XLSX and bool(found.file),
    }


def chosen_show(request: SignedInRequest) -> Show:
    value = request.GET.get("show", "")
    return Show(value) if value in set(Show) else Show.ALL


def tabs_of(request: SignedInRequest, counts: dict[str, int], show: Show) -> list[dict[str, Any]]:
    labels = {
        Show.ALL: _("Tất cả"),
        Show.PROBLEMS: _("Cần xem"),
        Show.REFUSED: _("Không nhập được"),
        Show.NEAR: _("Gần giống nhau"),
        Show.NEW: _("Mới"),
        Show.CHANGED: _("Cập nhật"),
        Show.SKIPPED: _("Bỏ qua"),
        Show.EDITED: _("Đã sửa ở đây"),
    }
    return [
        {
            "label": label,
            "url": f"?show={each.value}",
            "count": counts[each.value],
            "current": each is show,
        }
        for each, label in labels.items()
        if each in {Show.ALL, show} or counts[each.value]
    ]


def _apply(
    request: SignedInRequest, bank: QuestionBank, found: QuestionImport, form: ImportDecisionForm
) -> HttpResponse:
    try:
        start_applying(found, form.decision, by=request.user, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        found.refresh_from_db()
        if found.applied_at is not None:
            messages.success(request, _("Đã nhập câu hỏi vào ngân hàng."))
    return redirect("quizzes:question_import", code=bank.code, pk=found.pk)


def _show_report(
    request: SignedInRequest, bank: QuestionBank, found: QuestionImport
) -> HttpResponse:
    open_keys(request.user, bank, view=KeyView.IMPORT, at=read_clock())  # remarks quote keys
    context = {
        "bank": bank,
        "upload": found,
        "result": found.result,
        "why_not_undoable": undoing.why_not_undoable(found),
    }
    return render(request, "quizzes/importing/report.html", context)


@login_required
@never_cache
def columns(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say by hand what the columns of a table hold."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk, is_open=True)
    try:
        table = survey.survey_table(open_file(found), found.file_name)
    except (DomainError, UnreadableFile) as error:
        text = describe_unreadable(error) if isinstance(error, UnreadableFile) else str(error)
        messages.error(request, text)
        return redirect("quizzes:question_upload", code=bank.code)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, survey=table, mapping=found.mapping)
    if request.method == "POST" and form.is_valid():
        try:
            uploads.map_columns(
                found,
                columns=form.chosen,
                header_row=form.cleaned_data["header_row"],
                by=request.user,
                at=read_clock(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("quizzes:question_import", code=bank.code, pk=found.pk)
    open_keys(request.user, bank, view=KeyView.IMPORT, at=read_clock())  # the samples show keys
    status = 422 if form.is_bound and form.errors else 200
    context = {"bank": bank, "upload": found, "form": form, "table": table}
    return render(request, "quizzes/importing/columns.html", context, status=status)


@login_required
@require_POST
def resume(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Send a stuck job to the queue again."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk)
    if found.job is None:
        raise Http404
    try:
        jobs.resume_job(found.job, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("quizzes:question_import", code=bank.code, pk=found.pk)


@login_required
@require_POST
def run_here(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Do the job in this request: for a server whose worker is down."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk)
    if found.job is None or not jobs.look_after(found.job, at=read_clock()).may_be_resumed:
        return redirect("quizzes:question_import", code=bank.code, pk=found.pk)
    if found.job.state == Job.State.FAILED:
        return resume(request, code, pk)
    if found.job.kind == APPLY_JOB:
        tasks.apply_question_import(found.job.pk)
    else:
        tasks.read_question_import(found.job.pk)
    return redirect("quizzes:question_import", code=bank.code, pk=found.pk)


@login_required
@require_POST
def discard(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    bank = find_own_bank(request, code)
    if not uploads.discard_upload(find_import(request, bank, pk)):
        messages.error(request, _("Tệp này đã được nhập rồi nên không bỏ được."))
        return redirect("quizzes:question_import", code=bank.code, pk=pk)
    messages.info(request, _("Đã bỏ tệp, không nhập câu hỏi nào."))
    return redirect("quizzes:question_upload", code=bank.code)


@login_required
@never_cache
def undo(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Ask, then take the import back."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk)
    if found.applied_at is None:
        raise Http404
    if request.method == "POST":
        try:
            undoing.undo_import(found, by=request.user, at=read_clock())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã hoàn tác: ngân hàng trở lại như trước khi nhập."))
        return redirect("quizzes:question_import", code=bank.code, pk=found.pk)
    context = {
        "bank": bank,
        "upload": found,
        "result": found.result,
        "why_not_undoable": undoing.why_not_undoable(found),
    }
    return render(request, "quizzes/importing/undo.html", context)


@login_required
@never_cache
@require_safe
def report(request: SignedInRequest, code: str, pk: int) -> FileResponse:
    """The remarks as a sheet, to work through beside the file."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk)
    if found.applied_at is None:
        raise Http404
    open_keys(request.user, bank, view=KeyView.IMPORT, at=read_clock())
    target = BytesIO()
    write_workbook(
        target,
        sheet_name=_("Kết quả nhập"),
        title=_("Kết quả nhập câu hỏi: %(name)s") % {"name": found.file_name},
        columns=[
            Column(_("Vị trí"), 24),
            Column(_("Mức"), 14),
            Column(_("Mục"), 20),
            Column(_("Nội dung"), 90),
        ],
        rows=(
            (row["place"], _severity_label(row["severity"]), row["field"], row["message"])
            for row in found.result["remarks"]
        ),
    )
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"nhap-cau-hoi-{bank.code}.xlsx")


def _severity_label(severity: str) -> str:
    return {"error": _("Không nhập"), "warning": _("Cần xem"), "note": _("Ghi chú")}[severity]


def find_import(
    request: SignedInRequest, bank: QuestionBank, pk: int, *, is_open: bool = False
) -> QuestionImport:
    """An open one is its uploader's alone; the report is for all who are responsible for the bank.
    ``is_open``: an applied one is not found."""
    found = uploads.find_upload(bank, pk)
    if found is None:
        raise Http404
    if found.applied_at is None and found.created_by_id != request.user.pk:
        raise Http404
    if is_open and found.applied_at is not None:
        raise Http404
    return found
