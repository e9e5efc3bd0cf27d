"""What everyone may see of a contest: its rules, its rounds, and results once they are published.

Name and unit only, as the contest shows them; a round in preparation and an unpublished result
answer as if they did not exist.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from core.clock import read_clock
from core.vietnamese import nfc
from quizzes import contest_face, queries, rules
from quizzes.contest_face import visible_phase
from quizzes.enums import NameDisplay
from quizzes.models import Contest, ResultRun, Round
from quizzes.turnout import turnout_of

CACHE_SECONDS = 30


@require_safe
def contest_list(request: HttpRequest) -> HttpResponse:
    at = read_clock()
    rows = [
        (contest, _next_round(contest.shown_rounds, at))  # type: ignore[attr-defined]
        for contest in contest_face.contests_with_rounds()
    ]
    return _public(request, "quizzes/public/contest_list.html", {"rows": rows, "now": at})


def _next_round(rounds: list[Round], at: datetime) -> Round | None:
    """The round that is open, else the next to open, else the last one that was."""
    for wanted in ("open", "upcoming"):
        for quiz_round in rounds:
            if visible_phase(quiz_round, at) == wanted:
                return quiz_round
    return rounds[-1] if rounds else None


@require_safe
def contest_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The contest while no editor has made a page of it (cms.views.contests)."""
    contest = _contest_or_404(request, code)
    page = {"contest": contest, "face": contest_face.read_face(contest, at=read_clock())}
    return _public(request, "quizzes/public/contest_detail.html", page)


@require_safe
def contest_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Thể lệ alone, laid out to be printed."""
    contest = _contest_or_404(request, code)
    page = {"contest": contest, "face": contest_face.read_face(contest, at=read_clock())}
    return _public(request, "quizzes/public/rules.html", page)


@require_safe
def turnout(request: HttpRequest, code: str) -> HttpResponse:
    """The figures alone, for a page that asks again and again."""
    contest = _contest_or_404(request, code)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('quizzes:contest', args=[contest.code])}#turnout")
    figures = turnout_of(contest, at=read_clock())
    response = render(
        request, "quizzes/public/_turnout.html", {"contest": contest, "turnout": figures}
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def _contest_or_404(request: HttpRequest, code: str) -> Contest:
    contest = Contest.objects.filter(code=code).first()
    if contest is None or not rules.can_see_contest(request.user, contest):
        raise Http404
    return contest


@require_safe
def standings(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round, run, page = _published(request, code, number, "persons")
    awards = list(quiz_round.awards.all())
    words = nfc(request.GET.get("q", ""))[:80]
    board = queries.BoardPaginator(run).get_page(request.GET.get("page"))
    contest = quiz_round.contest
    has_names = contest.name_display == NameDisplay.NAME_AND_UNIT
    found = queries.search_board(run, words, by_name=has_names) if words else list(board)
    mine = queries.standing_of(run, request.user)
    page |= {
        "words": words,
        "page": board,
        "has_names": has_names,
        "is_cut": bool(words) and len(found) == queries.SEARCH_LIMIT,
        "rows": queries.board_rows(found, contest, awards, request.user),
        "mine": queries.board_rows([mine], contest, awards, request.user)[0] if mine else None,
    }
    return _public(request, "quizzes/public/standings.html", page)


@require_safe
def unit_standings(request: HttpRequest, code: str, number: int) -> HttpResponse:
    _quiz_round, run, page = _published(request, code, number, "units")
    page["blocks"] = queries.unit_board(run)
    return _public(request, "quizzes/public/unit_standings.html", page)


@require_safe
def unit_page(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponse:
    """One unit: its participation and its people on the board."""
    quiz_round, run, page = _published(request, code, number, "units")
    row = run.unit_standings.select_related("contest_unit").filter(contest_unit=pk).first()
    if row is None:
        raise Http404
    people = queries.UnitBoardPaginator(run, row.contest_unit).get_page(request.GET.get("page"))
    awards = list(quiz_round.awards.all())
    page |= {
        "row": row,
        "page": people,
        "rows": queries.board_rows(list(people), quiz_round.contest, awards, request.user),
    }
    return _public(request, "quizzes/public/unit_page.html", page)


@require_safe
def figures(request: HttpRequest, code: str, number: int) -> HttpResponse:
    _quiz_round, run, page = _published(request, code, number, "figures")
    page["figures"] = run.statistics
    return _public(request, "quizzes/public/figures.html", page)


def _published(
    request: HttpRequest, code: str, number: int, here: str
) -> tuple[Round, ResultRun, dict[str, Any]]:
    quiz_round = (
        Round.objects.select_related("contest").filter(contest__code=code, number=number).first()
    )
    if quiz_round is None or not rules.can_see_contest(request.user, quiz_round.contest):
        raise Http404
    run = queries.published_run(quiz_round)
    if run is None:
        raise Http404
    run.round = quiz_round
    page = {"contest": quiz_round.contest, "round": quiz_round, "run": run, "here": here}
    return quiz_round, run, page


def _public(request: HttpRequest, template: str, page: dict[str, Any]) -> HttpResponse:
    """A visitor's page may be kept for a moment by their own browser; a signed-in person's is kept
    nowhere: counters share their PCs."""
    response = render(request, template, page)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, private=True, max_age=CACHE_SECONDS)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
