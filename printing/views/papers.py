"""Printing the papers of a round with paper codes, and their keys, for who may read both."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from people.access import signed_in
from people.models import User
from printing import rules
from printing.composing import compose
from printing.exam_papers import key_sheet, question_paper
from printing.views import access
from printing.views.files import paper as send
from quizzes.enums import ContestAct, KeyView
from quizzes.handing_out import fixed_papers
from quizzes.key_access import open_keys
from quizzes.models import Round
from quizzes.rounds import record_round


@never_cache
@require_safe
@login_required
def papers(request: HttpRequest, round_id: int) -> HttpResponse:
    quiz_round = access.round_to_print(request, round_id)
    page = {
        "round": quiz_round,
        "contest": quiz_round.contest,
        "papers": fixed_papers(quiz_round),
        "may_read": rules.can_print_papers(request.user, quiz_round, read_clock()),
    }
    return render(request, "printing/papers.html", page)


@require_POST
@login_required
def question_paper_file(request: HttpRequest, round_id: int, code: str) -> HttpResponseBase:
    quiz_round = access.round_with_papers(request, round_id)
    found = quiz_round.papers.exclude(code="").filter(code=code).first()
    if found is None:
        raise Http404
    by, at = signed_in(request), read_clock()
    _open_banks(by, quiz_round, at)
    file = question_paper(found, quiz_round)
    record_round(ContestAct.PAPERS_PRINTED, quiz_round, by, at, f"in đề thi, mã đề {code}")
    return send(file, name=f"de-thi-{quiz_round.contest.code}-{quiz_round.number}-{code}.pdf")


@require_POST
@login_required
def key_sheet_file(request: HttpRequest, round_id: int) -> HttpResponseBase:
    quiz_round = access.round_with_papers(request, round_id)
    if not fixed_papers(quiz_round):
        raise Http404
    by, at = signed_in(request), read_clock()
    _open_banks(by, quiz_round, at)
    file = compose(key_sheet(quiz_round, at=at))
    record_round(ContestAct.KEYS_PRINTED, quiz_round, by, at, "in đáp án của mọi mã đề")
    return send(file, name=f"dap-an-{quiz_round.contest.code}-{quiz_round.number}.pdf")


def _open_banks(by: User, quiz_round: Round, at: datetime) -> None:
    about = f"{quiz_round.contest.code}, {quiz_round.name}"
    for bank in rules.drawn_banks(quiz_round):
        open_keys(by, bank, view=KeyView.PRINT, about=about, at=at)
