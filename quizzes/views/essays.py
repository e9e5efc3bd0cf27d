"""Marking essays. Whoever may not mark in a contest learns nothing of its rounds: 404."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from quizzes import essay_marking, queries, rules
from quizzes.enums import KeyView, RoundState
from quizzes.essay_marking import MarkedMeanwhile, SheetPage
from quizzes.forms.essays import EssayMarkForm
from quizzes.key_access import record_key_read
from quizzes.kinds import KINDS
from quizzes.models import QuestionFile, QuestionVersion, Round
from quizzes.question_files import file_ids_of, files_url_of_marking
from quizzes.templatetags.quiz import points
from quizzes.views.question_files import serve_question_file


@never_cache
@require_safe
@login_required
def marking(request: HttpRequest) -> HttpResponse:
    """The closed rounds in which this person may mark essays."""
    rounds = queries.rounds_to_mark(signed_in(request))
    return render(request, "quizzes/marking/marking.html", {"rounds": rounds})


@never_cache
@require_safe
@login_required
def marking_round(request: HttpRequest, round_id: int) -> HttpResponse:
    quiz_round = _round(request, round_id)
    sheets = essay_marking.essay_sheets(quiz_round)
    versions = QuestionVersion.objects.in_bulk({sheet.version_id for sheet in sheets})
    questions: dict[int, list[essay_marking.EssaySheet]] = {}
    for sheet in sheets:
        questions.setdefault(sheet.version_id, []).append(sheet)
    context = {
        **_context(request, quiz_round),
        "questions": [
            (versions[pk], found, sum(sheet.centipoints is not None for sheet in found))
            for pk, found in questions.items()
        ],
        "count": len(sheets),
        "marked_count": sum(sheet.centipoints is not None for sheet in sheets),
        "next_code": essay_marking.first_waiting(sheets),
    }
    return render(request, "quizzes/marking/round.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def marking_sheet(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """One essay beside its guide. Saving goes on to the next that waits."""
    quiz_round = _round(request, round_id)
    page = essay_marking.sheet_page(quiz_round, code)
    if page is None:
        raise Http404
    form = _form(request, page)
    if form.is_valid() and _give(request, quiz_round, page, form):
        if page.next_waiting:
            return redirect("quizzes:marking_sheet", round_id, page.next_waiting)
        return redirect("quizzes:marking_round", round_id)
    kind, version = KINDS[page.version.kind], page.version
    record_key_read(
        request.user,
        version.question.bank,
        view=KeyView.MARKING,
        questions=[version.question_id],
        at=read_clock(),
    )
    context = {
        **_context(request, quiz_round),
        "page": page,
        "form": form,
        "can_mark": quiz_round.state == RoundState.CLOSED,
        "shown": kind.show(version.content, (), page.text, version.key),
        "word_count": len(page.text.split()),
        "files_url": files_url_of_marking(quiz_round),
    }
    status = 400 if form.errors else 200
    return render(request, "quizzes/marking/sheet.html", context, status=status)


@require_safe
@login_required
def marking_file(request: HttpRequest, round_id: int, pk: int) -> HttpResponseBase:
    """A picture of a question that is marked by people in this round; no other file of the bank."""
    quiz_round = _round(request, round_id)
    shown = quiz_round.pool.filter(version__kind__in=essay_marking.MARKED_KINDS)
    contents = shown.values_list("version__content", flat=True)
    if not any(pk in file_ids_of(content) for content in contents):
        raise Http404
    return serve_question_file(request, get_object_or_404(QuestionFile, pk=pk))


def _form(request: HttpRequest, page: SheetPage) -> EssayMarkForm:
    sheet = page.sheet
    initial = {
        "centipoints": points(sheet.centipoints) if sheet.centipoints is not None else "",
        "remark": sheet.remark,
        "sequence": sheet.sequence,
        "marked_at": sheet.marked_at,
    }
    data = request.POST if request.method == "POST" else None
    return EssayMarkForm(data, initial=initial, max_centipoints=sheet.max_centipoints)


def _give(request: HttpRequest, quiz_round: Round, page: SheetPage, form: EssayMarkForm) -> bool:
    values = form.cleaned_data
    try:
        essay_marking.give_mark(
            quiz_round,
            replace(page.sheet, sequence=values["sequence"], marked_at=values["marked_at"]),
            centipoints=values["centipoints"],
            remark=values["remark"],
            by=signed_in(request),
            at=read_clock(),
        )
    except MarkedMeanwhile as error:
        form.add_error("centipoints", str(error))
        form.overwrite_next(error.marked_at)
        return False
    except DomainError as error:
        form.add_error("centipoints", str(error))
        return False
    text = _("Đã lưu điểm bài %(code)s: %(points)s.")
    given = points(values["centipoints"])
    messages.success(request, text % {"code": page.sheet.code, "points": given})
    return True


def _round(request: HttpRequest, round_id: int) -> Round:
    """A round that is over, with essays that this person may mark."""
    quiz_round = (
        Round.objects.select_related("contest")
        .filter(pk=round_id, state__in=[RoundState.CLOSED, RoundState.PUBLISHED])
        .first()
    )
    if quiz_round is None or not rules.can_mark_essays(request.user, quiz_round.contest):
        raise Http404
    return quiz_round


def _context(request: HttpRequest, quiz_round: Round) -> dict[str, Any]:
    return {
        "round": quiz_round,
        "contest": quiz_round.contest,
        "is_organiser": rules.can_organise(request.user, quiz_round.contest),
    }
