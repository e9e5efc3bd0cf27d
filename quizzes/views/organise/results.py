"""The result of a round before it is published, the runs before it, and what can be downloaded."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import read_clock
from core.vietnamese import nfc
from quizzes import exporting, queries, result_facts, results, rules
from quizzes.models import ResultRun, Round
from quizzes.views.organise.access import context, organised_contest, organised_round

QUESTIONS_PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
def round_results(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Persons. ``?run=`` shows an earlier run beside the current one."""
    quiz_round, run, page = _run_page(request, code, number)
    if run is None:
        return render(request, "quizzes/organise/results_persons.html", page)
    words = nfc(request.GET.get("q", ""))
    awards = list(quiz_round.awards.all())
    board = queries.BoardPaginator(run).get_page(request.GET.get("page"))
    found = queries.search_board(run, words, by_name=True) if words else list(board)
    page |= {
        "words": words,
        "page": board,
        "rows": queries.board_rows(found, quiz_round.contest, awards),
    }
    return render(request, "quizzes/organise/results_persons.html", page)


@require_safe
@login_required
def round_results_units(request: HttpRequest, code: str, number: int) -> HttpResponse:
    _quiz_round, run, page = _run_page(request, code, number)
    page["blocks"] = queries.unit_board(run) if run else {}
    return render(request, "quizzes/organise/results_units.html", page)


@require_safe
@login_required
def round_results_figures(request: HttpRequest, code: str, number: int) -> HttpResponse:
    _quiz_round, run, page = _run_page(request, code, number)
    page["figures"] = run.statistics if run else {}
    return render(request, "quizzes/organise/results_figures.html", page)


def _run_page(
    request: HttpRequest, code: str, number: int
) -> tuple[Round, ResultRun | None, dict[str, Any]]:
    quiz_round = organised_round(request, code, number)
    runs = list(quiz_round.result_runs.select_related("computed_by").order_by("-number"))
    wanted = request.GET.get("run", "")
    run = next((item for item in runs if str(item.number) == wanted), None)
    run = run or next((item for item in runs if item.is_current), None)
    waiting = 0
    if run is not None:
        run.round = quiz_round
        waiting = result_facts.unmarked_essay_count(quiz_round)
    page = context(
        quiz_round.contest,
        f"results-{number}",
        round=quiz_round,
        run=run,
        runs=runs,
        waiting_essays=waiting,
        is_stale=run is not None and run.is_current and results.is_stale(quiz_round, run),
    )
    return quiz_round, run, page


@require_safe
@login_required
def round_questions(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen pool, for striking a question out. Its words are shown only to those who may read
    the bank; the others see its number, topic and state."""
    quiz_round = organised_round(request, code, number)
    pool = quiz_round.pool.select_related("version__question__topic__bank").order_by(
        "version__question__topic__name", "version__question_id"
    )
    banks = {item.version.question.topic.bank for item in pool}
    readable = {bank.pk for bank in banks if rules.can_read_keys(request.user, bank, read_clock())}
    page = context(
        quiz_round.contest,
        f"results-{number}",
        round=quiz_round,
        page=Paginator(pool, QUESTIONS_PER_PAGE).get_page(request.GET.get("page")),
        readable=readable,
    )
    return render(request, "quizzes/organise/round_questions.html", page)


@never_cache
@require_safe
@login_required
def round_export(request: HttpRequest, code: str, number: int, what: str) -> FileResponse:
    quiz_round = organised_round(request, code, number)
    run = results.current_run(quiz_round)
    at = read_clock()
    if run is not None:
        run.round = quiz_round
    writers: dict[str, Callable[[IO[bytes]], int]] = {
        "participation": lambda target: exporting.write_participation(target, quiz_round, at=at)
    }
    if run is not None:
        writers["standings"] = lambda target: exporting.write_standings(target, run)
        writers["units"] = lambda target: exporting.write_unit_standings(target, run)
    return download(writers.get(what), f"{code}-{number}-{what}")


@never_cache
@require_safe
@login_required
def log_export(request: HttpRequest, code: str) -> FileResponse:
    contest = organised_contest(request, code)
    return download(lambda target: exporting.write_log(target, contest), f"{code}-" + _("nhat-ky"))


def download(write: Callable[[IO[bytes]], int] | None, name: str) -> FileResponse:
    if write is None:
        raise Http404
    target = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write(target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
