"""Watching a round while it runs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import read_clock
from core.vietnamese import nfc
from quizzes import watching
from quizzes.models import Round
from quizzes.views.organise.access import context, organised_round

ATTEMPTS_PER_PAGE = 50
KINDS = ("running", "finished", "invalid")
BAR_WIDTH, CHART_HEIGHT = 10, 80


@never_cache
@require_safe
@login_required
def watch(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    return render(request, "quizzes/organise/watch.html", _page(request, quiz_round))


@never_cache
@require_safe
@login_required
def watch_live(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The part of the page that is asked for every few seconds."""
    quiz_round = organised_round(request, code, number)
    return render(request, "quizzes/organise/watch.html#live", _page(request, quiz_round))


def _page(request: HttpRequest, quiz_round: Round) -> dict[str, Any]:
    at = read_clock()
    words, kind = nfc(request.GET.get("q", "")), request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = watching.watched_attempts(quiz_round, words=words, kind=kind)
    progress = watching.round_progress(quiz_round, at=at)
    return context(
        quiz_round.contest,
        f"watch-{quiz_round.number}",
        round=quiz_round,
        now=at,
        progress=progress,
        bars=_bars(progress),
        chart_width=max(1, len(progress.minutes)) * BAR_WIDTH,
        chart_height=CHART_HEIGHT,
        page=Paginator(found, ATTEMPTS_PER_PAGE).get_page(request.GET.get("page")),
        words=words,
        kind=kind,
        kinds=KINDS,
        is_live=quiz_round.opens_at <= at and quiz_round.state == "ready",
    )


def _bars(progress: watching.Progress) -> list[dict[str, int]]:
    """Two bars a minute, measured in the chart's own units; heights grow from the base line."""
    bars = []
    for index, minute in enumerate(progress.minutes):
        started = minute.started_count * CHART_HEIGHT // progress.peak
        finished = minute.finished_count * CHART_HEIGHT // progress.peak
        bars.append(
            {
                "started_x": index * BAR_WIDTH + 1,
                "started_y": CHART_HEIGHT - started,
                "started_height": started,
                "finished_x": index * BAR_WIDTH + 5,
                "finished_y": CHART_HEIGHT - finished,
                "finished_height": finished,
            }
        )
    return bars
