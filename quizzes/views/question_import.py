"""Importing questions: upload → preview → apply → report."""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from core.models import Job
from core.spreadsheets import Column, write_workbook
from people.access import SignedInRequest
from quizzes.enums import KeyView
from quizzes.forms.importing import ImportDecisionForm, QuestionUploadForm
from quizzes.importing import uploads
from quizzes.importing.applying import DEFAULT_TOPIC
from quizzes.importing.parsed import ParsedQuestion, ParseResult, Remark
from quizzes.importing.planning import PlannedQuestion, plan_import
from quizzes.key_access import open_keys
from quizzes.models import QuestionBank
from quizzes.views.bank import find_own_bank

# More than this is read in the bank afterwards: a page of thousands helps nobody.
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """One question of the file. ``position`` among the good ones, None for a refused one."""

    position: int | None
    place: str
    stem: str
    options: list[tuple[str, bool]]
    remarks: list[dict[str, str]]
    question: ParsedQuestion | None = None
    planned: PlannedQuestion | None = None


@login_required
@never_cache
def upload(request: SignedInRequest, code: str) -> HttpResponse:
    bank = find_own_bank(request, code)
    form = QuestionUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = uploads.keep_upload(
                bank,
                form.cleaned_data["file"],
                file_format=form.chosen_format,
                by=request.user,
                at=read_clock(),
            )
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            return redirect("quizzes:question_import", code=bank.code, pk=job.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "quizzes/importing/upload.html", {"bank": bank, "form": form}, status=status
    )


@login_required
@never_cache
def preview(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Before it is applied: the questions and their problems. After: the report."""
    bank = find_own_bank(request, code)
    job = _find_upload(request, bank, pk)
    if job.state == Job.State.DONE:
        return render(request, "quizzes/importing/report.html", {"bank": bank, "job": job})
    try:
        result = uploads.read_upload(job)
    except uploads.UnreadableUpload as error:
        messages.error(request, str(error))
        return redirect("quizzes:question_upload", code=bank.code)
    open_keys(request.user, bank, view=KeyView.IMPORT, at=read_clock())
    topics = list(bank.topics.values_list("name", flat=True))
    form = ImportDecisionForm(request.POST or None, topics=topics)
    if request.method == "POST" and form.is_valid():
        return _apply(request, bank, job, result, form)
    return render(
        request, "quizzes/importing/preview.html", _preview_context(bank, job, result, form)
    )


def _apply(
    request: SignedInRequest,
    bank: QuestionBank,
    job: Job,
    result: ParseResult,
    form: ImportDecisionForm,
) -> HttpResponse:
    ticked = set(request.POST.getlist("take"))
    shown = range(min(len(result.questions), _SHOWN))
    try:
        uploads.apply_upload(
            bank,
            job,
            left_out={position for position in shown if str(position) not in ticked},
            topic=form.cleaned_data["topic"],
            difficulty=form.cleaned_data["difficulty"],
            approve=form.cleaned_data["approve"],
            by=request.user,
            at=read_clock(),
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã nhập câu hỏi vào ngân hàng."))
    return redirect("quizzes:question_import", code=bank.code, pk=job.pk)


@login_required
@require_POST
def discard(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    bank = find_own_bank(request, code)
    uploads.discard_upload(_find_upload(request, bank, pk))
    messages.info(request, _("Đã bỏ tệp, không nhập câu hỏi nào."))
    return redirect("quizzes:bank_detail", code=bank.code)


@login_required
@never_cache
@require_safe
def report(request: SignedInRequest, code: str, pk: int) -> FileResponse:
    """The remarks as a sheet, to work through beside the file."""
    bank = find_own_bank(request, code)
    job = _find_upload(request, bank, pk)
    if job.state != Job.State.DONE:
        raise Http404
    target = BytesIO()
    write_workbook(
        target,
        sheet_name=_("Kết quả nhập"),
        title=_("Kết quả nhập câu hỏi: %(name)s") % {"name": job.parameters["name"]},
        columns=[
            Column(_("Vị trí"), 24),
            Column(_("Mức"), 14),
            Column(_("Mục"), 20),
            Column(_("Nội dung"), 90),
        ],
        rows=(
            (row["place"], _severity_label(row["severity"]), row["field"], row["message"])
            for row in job.result["remarks"]
        ),
    )
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"nhap-cau-hoi-{bank.code}.xlsx")


def _severity_label(severity: str) -> str:
    return {"error": _("Không nhập"), "warning": _("Cần xem"), "note": _("Ghi chú")}[severity]


def _find_upload(request: SignedInRequest, bank: QuestionBank, pk: int) -> Job:
    job = uploads.find_upload(bank, pk, by=request.user)
    if job is None:
        raise Http404
    return job


def _preview_context(
    bank: QuestionBank, job: Job, result: ParseResult, form: ImportDecisionForm
) -> dict[str, Any]:
    plan = plan_import(bank, result.questions)
    cards = _cards(result, plan)
    outcomes = [planned.outcome.value for planned in plan]
    question_rows = {q.row for q in result.questions} | {b.row for b in result.broken}
    about_file = [remark for remark in result.remarks if remark.row not in question_rows]
    return {
        "bank": bank,
        "job": job,
        "form": form,
        "cards": cards,
        "counts": {name: outcomes.count(name) for name in ("created", "updated", "unchanged")},
        "rejected_count": len(result.broken),
        "not_shown_count": max(0, len(result.questions) - _SHOWN),
        "file_remarks": [uploads.describe_row(remark, result.format) for remark in about_file],
        "without_topic_count": sum(not question.topic for question in result.questions),
        "default_topic": DEFAULT_TOPIC,
    }


def _cards(result: ParseResult, plan: list[PlannedQuestion]) -> list[PreviewCard]:
    """In the order of the file, refused questions among the others."""
    remarks: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for remark in (*result.remarks, *(r for planned in plan for r in planned.remarks)):
        remarks[remark.row, remark.label].append(remark)

    def said(row: int, number: str) -> list[dict[str, str]]:
        return [uploads.describe_row(remark, result.format) for remark in remarks[row, number]]

    cards: list[tuple[int, PreviewCard]] = [
        (
            question.row,
            PreviewCard(
                position,
                question.number,
                question.stem,
                [(text, i in question.correct) for i, text in enumerate(question.options)],
                said(question.row, question.number),
                question,
                planned,
            ),
        )
        for position, (question, planned) in enumerate(zip(result.questions, plan, strict=True))
        if position < _SHOWN
    ]
    cards += [
        (
            broken.row,
            PreviewCard(
                None,
                broken.number,
                broken.stem,
                [(text, False) for text in broken.options],
                said(broken.row, broken.number),
            ),
        )
        for broken in result.broken
    ]
    return [card for _row, card in sorted(cards, key=lambda item: item[0])]
