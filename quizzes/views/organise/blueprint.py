"""What the papers of a round are drawn from: the blueprint, its constraints, and a dry run."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from core.vietnamese import nfc
from people.access import signed_in
from quizzes import blueprinting, readiness
from quizzes.bank_queries import pickable_questions
from quizzes.enums import PaperSource, RoundState
from quizzes.forms.blueprint import (
    ROW_BUTTONS,
    BlueprintEditor,
    CopyForm,
    PickForm,
    rows_of,
)
from quizzes.models import Question, QuestionBank, Round
from quizzes.rules import readable_banks
from quizzes.trial_drawing import NothingToDraw, Trial, draw_for_trial, write_trial
from quizzes.views.organise.access import context, organised_round
from quizzes.views.organise.results import download

# How many questions a search shows, and how many of each end the dry run does.
FOUND_AT_ONCE = 20
SHOWN_OF_TRIAL = 10
MAX_SEED = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def round_blueprint(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    if quiz_round.state != RoundState.DRAFT:
        return _frozen(request, quiz_round)
    sent = request.POST if request.method == "POST" else None
    editor = BlueprintEditor(request.user, quiz_round, sent, at=read_clock())
    if sent is not None and not editor.is_under_way and editor.is_valid():
        try:
            blueprinting.save_blueprint(
                quiz_round,
                editor.cells(),
                total_centipoints=editor.total_centipoints,
                by=signed_in(request),
                at=read_clock(),
            )
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã lưu ma trận đề."))
            return redirect("quizzes:organise_round", code, number)
    fragment = sent is not None and request.htmx  # type: ignore[attr-defined]
    name = "_blueprint_form" if fragment else "round_blueprint"
    page = _editor_context(request, quiz_round, editor)
    return render(request, f"quizzes/organise/{name}.html", page)


@require_POST
@login_required
def round_supply(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the banks can give for the blueprint as it is being typed; nothing is saved."""
    quiz_round = organised_round(request, code, number)
    # htmx sends the button that has the focus along, pressed or not.
    typed = {name: value for name, value in request.POST.items() if name not in ROW_BUTTONS}
    editor = BlueprintEditor(request.user, quiz_round, typed, at=read_clock())
    page = _editor_context(request, quiz_round, editor) | {"is_fragment": True}
    return render(request, "quizzes/organise/_blueprint_form.html#supply", page)


@require_POST
@login_required
def round_blueprint_copy(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The editor filled with another round's cells, to be looked at and saved."""
    quiz_round = organised_round(request, code, number)
    if quiz_round.state != RoundState.DRAFT:
        return _frozen(request, quiz_round)
    form = CopyForm(request.POST, user=request.user, quiz_round=quiz_round)
    editor = BlueprintEditor(request.user, quiz_round, None, at=read_clock())
    if form.is_valid():
        rows = rows_of(form.cleaned_data["source"])
        usable = [row for row in rows if row["topic"] in editor.topics]
        if left_out := len(rows) - len(usable):
            messages.warning(
                request,
                _("Bỏ qua %d ô thuộc ngân hàng câu hỏi mà anh/chị không được xem.") % left_out,
            )
        if usable:
            editor.fill(usable)
            messages.info(request, _("Đã chép ma trận. Hãy xem lại rồi bấm “Lưu ma trận đề”."))
    page = _editor_context(request, quiz_round, editor) | {"copy_form": form}
    return render(request, "quizzes/organise/round_blueprint.html", page)


def _frozen(request: HttpRequest, quiz_round: Round) -> HttpResponseRedirect:
    messages.warning(
        request,
        _(
            "Ma trận đề và ràng buộc chỉ sửa được khi vòng thi đang chuẩn bị. Nếu chưa có ai vào "
            "thi, hãy đưa vòng thi về chuẩn bị trước."
        ),
    )
    return redirect("quizzes:organise_round", quiz_round.contest.code, quiz_round.number)


def _editor_context(
    request: HttpRequest, quiz_round: Round, editor: BlueprintEditor
) -> dict[str, Any]:
    row_cells = editor.row_cells()
    quiz_round.total_centipoints = editor.total_centipoints
    survey = readiness.survey(quiz_round, [cell for cell in row_cells if cell is not None])
    supply_of = {supply.cell.pk: supply for supply in survey.supplies}
    return context(
        quiz_round.contest,
        f"round-{quiz_round.number}",
        round=quiz_round,
        editor=editor,
        rows=[
            (form, supply_of[cell.pk] if cell else None)
            for form, cell in zip(editor.formset, row_cells, strict=True)
        ],
        survey=survey,
        shares_questions=quiz_round.paper_source == PaperSource.FIXED_SAME,
        copy_form=CopyForm(user=request.user, quiz_round=quiz_round),
        has_topics=bool(editor.topics),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def round_constraints(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Questions that every paper holds, questions kept apart, and a search to choose them from."""
    quiz_round = organised_round(request, code, number)
    is_draft = quiz_round.state == RoundState.DRAFT
    if request.method == "POST":
        if not is_draft:
            return _frozen(request, quiz_round)
        _change_constraints(request, quiz_round)
        here = reverse("quizzes:organise_constraints", args=[code, number])
        query = request.GET.urlencode()
        return redirect(f"{here}?{query}" if query else here)
    words = nfc(request.GET.get("q", ""))[:200]
    found = pickable_questions(signed_in(request), quiz_round, at=read_clock(), text=words)
    shown = list(found[: FOUND_AT_ONCE + 1]) if is_draft and "q" in request.GET else []
    groups: dict[str, list[Question]] = {}
    with_question = ("question__topic", "question__current_version")
    for row in quiz_round.separated_questions.select_related(*with_question):
        groups.setdefault(row.group, []).append(row.question)
    required = [row.question for row in quiz_round.must_includes.select_related(*with_question)]
    page = context(
        quiz_round.contest,
        f"round-{number}",
        round=quiz_round,
        is_draft=is_draft,
        required=required,
        groups=groups,
        readable=_readable(request),
        words=words,
        has_searched="q" in request.GET,
        found=shown[:FOUND_AT_ONCE],
        has_more=len(shown) > FOUND_AT_ONCE,
        problem=readiness.blueprint_problem(quiz_round) if is_draft else "",
    )
    return render(request, "quizzes/organise/round_constraints.html", page)


def _readable(request: HttpRequest) -> set[int]:
    """The banks whose words this person may be shown."""
    banks = QuestionBank.objects.filter(readable_banks(request.user, read_clock()))
    return set(banks.values_list("pk", flat=True))


def _change_constraints(request: HttpRequest, quiz_round: Round) -> None:
    by, at = signed_in(request), read_clock()
    for name, undo in (
        ("release", blueprinting.stop_requiring),
        ("rejoin", blueprinting.rejoin_question),
    ):
        number = request.POST.get(name, "")
        if number.isdecimal() and len(number) < 18:
            _try(request, partial(undo, quiz_round, int(number), by=by, at=at), _("Đã bỏ."))
            return
    form = PickForm(request.POST, questions=pickable_questions(by, quiz_round, at=at))
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return
    chosen = list(form.cleaned_data["questions"])
    if form.cleaned_data["act"] == "require":
        act: Any = partial(blueprinting.require_questions, quiz_round, chosen, by=by, at=at)
        said = ngettext("Đã ghi %d câu bắt buộc.", "Đã ghi %d câu bắt buộc.", len(chosen))
    else:
        group = form.cleaned_data["group"]
        act = partial(
            blueprinting.separate_questions, quiz_round, chosen, group=group, by=by, at=at
        )
        said = ngettext(
            "Đã ghi %d câu không ra cùng đề.", "Đã ghi %d câu không ra cùng đề.", len(chosen)
        )
    _try(request, act, said % len(chosen))


def _try(request: HttpRequest, act: Any, said: str) -> None:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


@never_cache
@require_safe
@login_required
def dry_run(request: HttpRequest, code: str, number: int) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    page = context(quiz_round.contest, f"round-{number}", round=quiz_round)
    began = read_clock()
    try:
        trial = _trial(request, quiz_round)
    except NothingToDraw as error:
        page["problem"] = str(error)
    else:
        questions = trial.questions
        is_short = len(questions) <= 2 * SHOWN_OF_TRIAL
        page |= {
            "trial": trial,
            "milliseconds": int((read_clock() - began).total_seconds() * 1000),
            "most": questions if is_short else questions[:SHOWN_OF_TRIAL],
            "least": [] if is_short else questions[-SHOWN_OF_TRIAL:][::-1],
            "next_seed": trial.seed % MAX_SEED + 1,
        }
    return render(request, "quizzes/organise/dry_run.html", page)


@never_cache
@require_safe
@login_required
def dry_run_export(
    request: HttpRequest, code: str, number: int
) -> FileResponse | HttpResponseRedirect:
    quiz_round = organised_round(request, code, number)
    try:
        trial = _trial(request, quiz_round)
    except NothingToDraw as error:
        messages.error(request, str(error))
        return redirect("quizzes:organise_dry_run", code, number)
    return download(
        lambda target: write_trial(target, trial, quiz_round), f"{code}-{number}-" + _("rut-thu-de")
    )


def _trial(request: HttpRequest, quiz_round: Round) -> Trial:
    seed = request.GET.get("seed", "")
    is_seed = seed.isdecimal() and len(seed) < 8
    return draw_for_trial(
        quiz_round,
        seed=int(seed) % MAX_SEED if is_seed else 1,
        reader=request.user,
        at=read_clock(),
    )
