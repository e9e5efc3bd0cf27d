"""How the questions of a round behaved, after it is closed: figures for its organisers, words and
keys for those of them who may read the bank."""

from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import jobs
from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from quizzes import analysing, analysis_export, analysis_queries, result_facts, results, rules
from quizzes.enums import KeyView
from quizzes.item_flags import Flag
from quizzes.key_access import open_keys
from quizzes.models import ItemAnalysis, ItemStatistic, ResultRun, Round
from quizzes.tasks import analyse_questions
from quizzes.views.organise.access import context, organised_round
from quizzes.views.organise.results import XLSX

ITEMS_PER_PAGE = 50


@never_cache
@require_safe
@login_required
def round_analysis(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The worst question first. A small round is analysed when first looked at."""
    quiz_round, run = _analysed_round(request, code, number)
    page = _page(quiz_round, run)
    if run is None:
        return render(request, "quizzes/organise/analysis.html", page)
    analysis = analysing.analysis_of(run)
    if analysis is None and analysing.is_quick(run):
        analysis = analysing.analyse_run(run, at=read_clock())
    if analysis is None:
        job = analysing.job_of(run)
        page["job"] = jobs.look_after(job, at=read_clock()) if job is not None else None
        return render(request, "quizzes/organise/analysis.html", page)
    flag, at = request.GET.get("flag", ""), read_clock()
    rows = analysis_queries.analysed_items(
        analysis, request.user, at=at, flag=flag if flag in Flag else ""
    )
    page |= {
        "analysis": analysis,
        "reliability": analysis.summary["reliability"],
        "max_centipoints": result_facts.max_centipoints(quiz_round),
        "flag": flag,
        "flags": list(Flag),
        "page": Paginator(rows, ITEMS_PER_PAGE).get_page(request.GET.get("page")),
        "has_times": any(row.statistic.median_seconds is not None for row in rows),
        "dots": analysis_queries.dots(rows),
        "struck_out": analysis_queries.struck_out_items(analysis, request.user, at=at),
        "is_stale": results.is_stale(quiz_round, run),
    }
    return render(request, "quizzes/organise/analysis.html", page)


@never_cache
@require_safe
@login_required
def analysis_groups(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """By unit and by job title, topic by topic."""
    quiz_round, run, analysis = _made_analysis(request, code, number)
    page = _page(quiz_round, run) | {"analysis": analysis, "summary": analysis.summary}
    return render(request, "quizzes/organise/analysis_groups.html", page)


@never_cache
@require_safe
@login_required
def analysed_question(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponse:
    """One question; ``pk`` is its version's."""
    quiz_round, run, analysis = _made_analysis(request, code, number)
    statistic = get_object_or_404(
        ItemStatistic.objects.select_related("version__question__topic__bank"),
        analysis=analysis,
        version=pk,
    )
    bank = statistic.version.question.bank
    is_readable = rules.can_read_keys(request.user, bank, read_clock())
    if is_readable:
        asked = [statistic.version.question_id]
        open_keys(request.user, bank, view=KeyView.ANALYSIS, questions=asked, at=read_clock())
    row = analysis_queries.ItemRow(statistic, is_readable)
    page = _page(quiz_round, run) | {
        "analysis": analysis,
        "row": row,
        "bank": bank if is_readable else None,
        "parts": analysis_queries.part_rows(statistic) if is_readable and row.has_figures else [],
        "bar_height": analysis_queries.BAR_HEIGHT,
        "pool_item": quiz_round.pool.filter(version=pk).first(),
    }
    return render(request, "quizzes/organise/analysis_question.html", page)


@require_POST
@login_required
def analysis_start(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Start, or send again what is stuck."""
    _quiz_round, run = _analysed_round(request, code, number)
    if run is None:
        raise Http404
    try:
        analysing.start_analysis(analyse_questions, run, by=signed_in(request), at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("quizzes:organise_analysis", code, number)


@never_cache
@require_safe
@login_required
def progress(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The bar that the page asks for every two seconds."""
    quiz_round, run = _analysed_round(request, code, number)
    job = analysing.job_of(run) if run is not None else None
    if job is None:
        raise Http404
    page = _page(quiz_round, run) | {"job": jobs.look_after(job, at=read_clock())}
    return render(request, "quizzes/organise/_analysis_progress.html", page)


@never_cache
@require_safe
@login_required
def export(request: HttpRequest, code: str, number: int) -> FileResponse:
    quiz_round, _run, analysis = _made_analysis(request, code, number)
    target = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    at = read_clock()
    rows = analysis_queries.analysed_items(analysis, request.user, at=at)
    rows += analysis_queries.struck_out_items(analysis, request.user, at=at)
    analysis_export.write_items(target, quiz_round, rows)
    target.seek(0)
    return FileResponse(
        target,
        as_attachment=True,
        filename=f"{code}-{number}-phan-tich-cau-hoi.xlsx",
        content_type=XLSX,
    )


def _analysed_round(request: HttpRequest, code: str, number: int) -> tuple[Round, ResultRun | None]:
    """The round and its current run; no run before it is closed."""
    quiz_round = organised_round(request, code, number)
    if not rules.can_analyse(request.user, quiz_round):
        return quiz_round, None
    run = results.current_run(quiz_round)
    if run is not None:
        run.round = quiz_round
    return quiz_round, run


def _made_analysis(
    request: HttpRequest, code: str, number: int
) -> tuple[Round, ResultRun, ItemAnalysis]:
    """404 until the analysis has been made: its list page makes it."""
    quiz_round, run = _analysed_round(request, code, number)
    analysis = analysing.analysis_of(run) if run is not None else None
    if run is None or analysis is None:
        raise Http404
    return quiz_round, run, analysis


def _page(quiz_round: Round, run: ResultRun | None) -> dict[str, Any]:
    return context(quiz_round.contest, f"results-{quiz_round.number}", round=quiz_round, run=run)
