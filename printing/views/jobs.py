"""Watching a job that makes papers, and taking its file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import jobs
from core.clock import read_clock
from core.errors import DomainError
from printing import rules
from printing.batches import private_files
from printing.views import access
from printing.views.files import paper
from quizzes.models import Round


@login_required
@require_safe
@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page, or, for the poll, the progress bar alone."""
    watched = jobs.look_after(access.job_to_watch(request, pk), at=read_clock())
    fragment = request.headers.get("HX-Request") == "true"
    quiz_round = Round.objects.select_related("contest").get(pk=watched.parameters["round"])
    return render(
        request,
        "printing/job_progress.html" if fragment else "printing/job.html",
        {
            "job": watched,
            "round": quiz_round,
            "contest": quiz_round.contest,
            "is_result_sheet": watched.kind == rules.RESULT_SHEET_JOB,
        },
    )


@login_required
@require_POST
def job_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """An interrupted job goes on: the same certificates, the same file."""
    watched = access.job_to_watch(request, pk)
    try:
        jobs.resume_job(watched, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("printing:job", pk)


@login_required
@require_safe
def job_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    watched = access.job_to_watch(request, pk)
    name = watched.result.get("file")
    if not name or not private_files().exists(name):
        return render(
            request, "printing/file_gone.html", {"text": _file_gone(bool(name))}, status=404
        )
    return paper(
        private_files().open(name),
        name=watched.result["name"],
        content_type=watched.result["type"],
    )


def _file_gone(was_there: bool) -> str:
    if was_there:
        return _("Không tìm thấy tệp. Hãy tạo lại.")
    return _("Tệp chưa tạo xong hoặc đã được xóa sau 7 ngày. Hãy tạo lại.")
