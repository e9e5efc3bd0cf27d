"""One round: its state and what to do next, its rules, blueprint and awards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from quizzes import contests, essay_marking, readiness, result_facts, results, rules
from quizzes.contests import EDITABLE_ONCE_READY
from quizzes.enums import AttemptState, RoundState
from quizzes.forms.round import (
    AwardFormSet,
    BlueprintFormSet,
    RoundForm,
    topic_choices,
    usable_topics,
)
from quizzes.models import Award, BlueprintCell, Contest, Round
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
        awards=quiz_round.awards.all(),
        tie_labels=_tie_labels(quiz_round),
    )
    if quiz_round.state in {RoundState.CLOSED, RoundState.PUBLISHED}:
        page["has_essays"] = essay_marking.has_essays(quiz_round)
        page["waiting_essays"] = result_facts.unmarked_essay_count(quiz_round)
    page["is_complete"] = all(check.is_done for check in page["checks"])
    has_warning = any(check.warning for check in page["checks"])
    page["can_recheck"] = has_warning and rules.can_use_banks(request.user)
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
def round_blueprint(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    if quiz_round.state != RoundState.DRAFT:
        messages.warning(request, _("Ma trận đề chỉ sửa được khi vòng thi đang chuẩn bị."))
        return redirect("quizzes:organise_round", code, number)
    formset = _blueprint(request, quiz_round)
    if request.method == "POST" and formset.is_valid():
        cells = [form.cell() for form in formset.kept_forms()]
        try:
            contests.save_blueprint(quiz_round, cells, by=signed_in(request), at=read_clock())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã lưu ma trận đề."))
            return redirect("quizzes:organise_round", code, number)
    page = _blueprint_context(request, quiz_round, formset)
    return render(request, "quizzes/organise/round_blueprint.html", page)


@require_POST
@login_required
def round_supply(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the banks can give for the blueprint as it is being typed; nothing is saved."""
    quiz_round = organised_round(request, code, number)
    page = _blueprint_context(request, quiz_round, _blueprint(request, quiz_round))
    return render(request, "quizzes/organise/round_blueprint.html#supply", page)


def _blueprint(request: HttpRequest, quiz_round: Round) -> Any:
    topics = usable_topics(request.user, quiz_round)
    initial = [
        {
            "topic": cell.topic_id,
            "difficulty": cell.difficulty,
            "question_count": cell.question_count,
            "centipoints": cell.centipoints,
        }
        for cell in quiz_round.cells.all()
    ]
    return BlueprintFormSet(
        request.POST or None,
        initial=initial,
        prefix="cells",
        form_kwargs={"topics": topics, "topic_choices": topic_choices(topics)},
    )


def _blueprint_context(request: HttpRequest, quiz_round: Round, formset: Any) -> dict[str, Any]:
    if formset.is_bound:
        formset.is_valid()
        cells = [form.cell() for form in formset.kept_forms()]
    else:
        cells = list(quiz_round.cells.select_related("topic"))
    for index, cell in enumerate(cells):
        cell.pk = index + 1  # rows under way have no key, and a set of cells needs one
    return context(
        quiz_round.contest,
        f"round-{quiz_round.number}",
        round=quiz_round,
        formset=formset,
        supplies=_supplies(cells),
        question_total=sum(cell.question_count for cell in cells),
        centipoint_total=sum(cell.question_count * cell.centipoints for cell in cells),
        has_topics=usable_topics(request.user, quiz_round).exists(),
    )


def _supplies(cells: list[BlueprintCell]) -> list[readiness.CellSupply]:
    pools = readiness.candidates(cells)
    return [readiness.CellSupply(cell, len(pools[cell])) for cell in cells]


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
