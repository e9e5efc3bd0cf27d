"""The list of contests, a contest, its settings and its board."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from quizzes import contests, queries, rules
from quizzes.contests import PRESETS
from quizzes.forms.contest import BoardForm, ContestForm, NewContestForm
from quizzes.views.organise.access import context, organised_contest


@require_safe
@login_required
def contest_list(request: HttpRequest) -> HttpResponse:
    if not rules.holds_any_organising(request.user):
        raise Http404
    found = queries.organised_contests(request.user)
    return render(request, "quizzes/organise/contest_list.html", {"contests": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contest_new(request: HttpRequest) -> HttpResponse:
    if not rules.can_create_contest(request.user):
        raise Http404
    form = NewContestForm(request.POST or None)
    if form.is_valid():
        contest = contests.create_contest(
            form.save(commit=False),
            preset_code=form.cleaned_data["preset"],
            opens_at=form.cleaned_data["opens_at"],
            closes_at=form.cleaned_data["closes_at"],
            by=signed_in(request),
            at=read_clock(),
        )
        messages.success(request, _("Đã lập cuộc thi. Làm tiếp các việc còn lại dưới đây."))
        return redirect("quizzes:organise_contest", contest.code)
    return render(request, "quizzes/organise/contest_new.html", {"form": form, "presets": PRESETS})


@require_safe
@login_required
def contest_detail(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    rounds = contest.rounds.annotate(attempt_count=Count("attempts")).order_by("number")
    counts = contest.entries.aggregate(
        entries=Count("pk"),
        invalid=Count("invalid_at"),
    )
    return render(
        request,
        "quizzes/organise/contest_detail.html",
        context(
            contest,
            "contest",
            rounds=rounds,
            counts=counts,
            unit_count=contest.units.count(),
            board=contest.organisers.order_by("sort_key"),
            recent=queries.contest_log(contest)[:5],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contest_settings(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    form = ContestForm(request.POST or None, instance=contest)
    if form.is_valid():
        contests.save_contest(
            form.save(commit=False),
            changed=form.changed_data,
            by=signed_in(request),
            at=read_clock(),
        )
        messages.success(request, _("Đã lưu."))
        return redirect("quizzes:organise_contest", contest.code)
    page = context(contest, "settings", form=form, title=_("Thể lệ và thông tin chung"))
    return render(request, "quizzes/organise/form_page.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contest_board(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    form = BoardForm(request.POST or None, contest=contest)
    if form.is_valid():
        people = list(form.cleaned_data["organisers"])
        try:
            at, by = read_clock(), signed_in(request)
            contests.set_board(contest, people, by=by, at=at)
            contests.set_jury(contest, list(form.cleaned_data["jury"]), by=by, at=at)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu thành viên."))
            return redirect("quizzes:organise_contest", contest.code)
    page = context(contest, "board", form=form, title=_("Ban Tổ chức và Ban Giám khảo"))
    page["lead"] = _(
        "Chỉ người giữ vai trò Ban Tổ chức hoặc Ban Giám khảo mới có trong danh sách này. "
        "Họ không dự thi."
    )
    return render(request, "quizzes/organise/form_page.html", page)
