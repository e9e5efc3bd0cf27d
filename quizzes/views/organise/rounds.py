"""One round: its state and what to do next, its rules and awards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from quizzes import contests, essay_marking, handing_out, readiness, result_facts, results, rules
from quizzes.contests import EDITABLE_ONCE_READY
from quizzes.enums import AttemptState, RoundState
from quizzes.forms.round import AwardFormSet, RoundForm
from quizzes.models import Award, Contest, Round
from quizzes.views.organise.access import context, organised_contest, organised_round


@require_safe
@login_required
def round_detail(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    at = read_clock()
    run = results.current_run(quiz_round)
    is_draft = quiz_round.state == RoundState.DRAFT
    page = context(
        quiz_round.contest,
        f"round-{number}",
        round=quiz_round,
        now=at,
        run=run,
        is_stale=run is not None and results.is_stale(quiz_round, run),
        checks=readiness.checklist(quiz_round, at) if is_draft else [],
        is_over=at >= quiz_round.closes_at,
        attempt_count=quiz_round.attempts.count(),
        running_count=quiz_round.attempts.filter(state=AttemptState.IN_PROGRESS).count(),
        supplies=readiness.supplies(quiz_round),
        required_count=quiz_round.must_includes.count(),
        group_count=quiz_round.separated_questions.values("group").distinct().count(),
        papers=handing_out.fixed_papers(quiz_round),
        awards=quiz_round.awards.all(),
        tie_labels=_tie_labels(quiz_round),
    )
    if quiz_round.state in {RoundState.CLOSED, RoundState.PUBLISHED}:
        page["has_essays"] = essay_marking.has_essays(quiz_round)
        page["waiting_essays"] = result_facts.unmarked_essay_count(quiz_round)
    page["is_complete"] = all(check.is_done for check in page["checks"])
    has_warning = any(check.warning for check in page["checks"])
    page["can_recheck"] = has_warning and rules.can_use_banks(request.user, read_clock())
    return render(request, "quizzes/organise/round_detail.html", page)


def _tie_labels(quiz_round: Round) -> list[str]:
    labels = dict(RoundForm.base_fields["tie_order"].fields[0].choices)  # type: ignore[attr-defined]
    return [str(labels.get(code, code)) for code in quiz_round.tie_order]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def round_new(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    last = contest.rounds.order_by("-number").first()
    number = (contest.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    initial: dict[str, Any] = {"name": _("Vòng %d") % number, "duration_seconds": 40 * 60}
    if last is not None:
        initial |= {"duration_seconds": last.duration_seconds, "tie_order": last.tie_order}
    form = RoundForm(
        request.POST or None, instance=Round(contest=contest, number=number), initial=initial
    )
    if form.is_valid():
        return _save_round(request, form, contest)
    page = context(contest, "round-new", form=form, title=_("Thêm vòng thi"))
    return render(request, "quizzes/organise/form_page.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def round_settings(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    form = RoundForm(request.POST or None, instance=quiz_round)
    if form.is_valid():
        return _save_round(request, form, quiz_round.contest)
    page = context(
        quiz_round.contest,
        f"round-{number}",
        form=form,
        round=quiz_round,
        title=_("Thể thức vòng thi"),
    )
    if quiz_round.state != RoundState.DRAFT:
        page["lead"] = _(
            "Vòng thi đã sẵn sàng nên chỉ sửa được tên và cách cho xem kết quả. Muốn sửa thể thức, "
            "hãy đưa vòng thi về chuẩn bị khi chưa có ai vào thi."
        )
    return render(request, "quizzes/organise/form_page.html", page)


def _save_round(request: HttpRequest, form: RoundForm, contest: Contest) -> HttpResponse:
    quiz_round = form.save(commit=False)
    is_new = quiz_round.pk is None
    changed = [name for name in form.changed_data if is_new or _may_change(quiz_round, name)]
    try:
        contests.save_round(quiz_round, changed=changed, by=signed_in(request), at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã lưu vòng thi."))
    return redirect("quizzes:organise_round", contest.code, quiz_round.number)


def _may_change(quiz_round: Round, name: str) -> bool:
    return quiz_round.state == RoundState.DRAFT or name in EDITABLE_ONCE_READY


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def round_awards(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    initial = list(quiz_round.awards.order_by("rank_from").values("name", "rank_from", "rank_to"))
    formset = AwardFormSet(request.POST or None, initial=initial, prefix="awards")
    if request.method == "POST" and formset.is_valid():
        awards = [
            Award(**{name: form.cleaned_data[name] for name in ("name", "rank_from", "rank_to")})
            for form in formset
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]
        try:
            contests.save_awards(quiz_round, awards, by=signed_in(request), at=read_clock())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã lưu giải thưởng."))
            return redirect("quizzes:organise_round", code, number)
    page = context(quiz_round.contest, f"round-{number}", round=quiz_round, formset=formset)
    return render(request, "quizzes/organise/round_awards.html", page)
