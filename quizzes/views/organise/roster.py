"""The contest's list: which units, who is in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from quizzes import entries, queries
from quizzes.entries import RosterReport
from quizzes.forms.contest import EntrySearchForm, RosterForm
from quizzes.views.organise.access import context, organised_contest

ENTRIES_PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def roster(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    form = RosterForm(request.POST or None)
    report: RosterReport | None = None
    if form.is_valid():
        try:
            report = entries.take_roster(
                contest, form.cleaned_data["units"], by=signed_in(request), at=read_clock()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _added(report))
            if not (report.barred or report.moved):
                return redirect("quizzes:organise_roster", contest.code)
    units = contest.units.annotate(entry_count=Count("entries")).order_by("block_name", "unit_name")
    page = context(contest, "roster", form=form, report=report, units=units)
    return render(request, "quizzes/organise/roster.html", page)


def _added(report: RosterReport) -> str:
    return ngettext(
        "Đã thêm %(added)d thí sinh; %(known)d người đã có trong danh sách.",
        "Đã thêm %(added)d thí sinh; %(known)d người đã có trong danh sách.",
        report.added_count,
    ) % {"added": report.added_count, "known": report.already_in_count}


@require_safe
@login_required
def entry_list(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    form = EntrySearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.contest_entries(contest, words=wanted.get("q", ""), kind=wanted.get("kind", ""))
    page = Paginator(found, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "quizzes/organise/entry_list.html",
        context(contest, "entries", form=form, page=page),
    )
