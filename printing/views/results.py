"""Downloading "Bảng tổng hợp kết quả" of a round."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.clock import read_clock
from people.access import signed_in
from printing import batches, tasks
from printing.composing import compose
from printing.documents import Orientation
from printing.forms import ResultSheetForm
from printing.result_sheet import result_sheet
from printing.views import access
from printing.views.files import paper
from quizzes.enums import RoundState
from quizzes.results import current_run

# More persons than this are printed in the background.
AT_ONCE_PERSONS = 500


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, round_id: int) -> HttpResponseBase:
    quiz_round = access.round_to_print(request, round_id)
    run = current_run(quiz_round)
    form = ResultSheetForm(request.POST or None)
    if request.method == "POST" and run and form.is_valid():
        orientation = Orientation(form.cleaned_data["orientation"])
        order = form.cleaned_data["order"]
        if run.person_count <= AT_ONCE_PERSONS:
            document = result_sheet(run, orientation=orientation, order=order)
            return paper(compose(document), name=batches.sheet_name(run))
        job = batches.start_result_sheet(
            tasks.make_result_sheet,
            run,
            orientation=orientation,
            order=order,
            by=signed_in(request),
            at=read_clock(),
        )
        return redirect("printing:job", job.pk)
    return render(
        request,
        "printing/result_sheet.html",
        {
            "round": quiz_round,
            "contest": quiz_round.contest,
            "run": run,
            "form": form,
            "is_published": quiz_round.state == RoundState.PUBLISHED,
        },
        status=200 if request.method != "POST" else 422,
    )
