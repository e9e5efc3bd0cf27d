"""Writing a question on screen, without JavaScript: new, or changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.clock import read_clock
from core.errors import Conflict, DomainError
from people.access import SignedInRequest
from quizzes import rules
from quizzes.editing import QuestionDraft, carry_over, create_question, edit_question
from quizzes.enums import KeyView
from quizzes.forms.kind_part import RESHAPING, KindPart
from quizzes.forms.question import QuestionForm
from quizzes.forms.question_parts import NOT_NEW, PARTS
from quizzes.key_access import open_keys
from quizzes.kinds import KINDS
from quizzes.models import Question
from quizzes.version_parts import parts_of
from quizzes.views.bank import find_own_bank
from quizzes.views.questions import find_question


@login_required
@never_cache
def question_new(request: SignedInRequest, code: str) -> HttpResponse:
    """``kind`` in the address; without one a single choice."""
    bank = find_own_bank(request, code)
    kind = request.GET.get("kind", "single_choice")
    if kind not in PARTS or kind in NOT_NEW:
        raise Http404
    context = {"bank": bank, "chosen_kind": kind, "kinds": _kinds()}
    if _reshapes(request):
        return _show(request, _typed(request, bank=bank), _reshaped(request, kind), context)
    form = QuestionForm(request.POST or None, bank=bank)
    part = PARTS[kind](request.POST or None, kind=kind)
    if request.method == "POST" and _are_valid(form, part):
        try:
            question = create_question(bank, _draft(form, part), by=request.user, at=read_clock())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu câu hỏi thành bản nháp."))
            return redirect("quizzes:question_detail", code=code, pk=question.pk)
    return _show(request, form, part, context)


@login_required
@never_cache
def question_edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    question = find_question(request, code, pk)
    version = question.current_version
    if not rules.can_author(request.user, question.bank, read_clock()):
        raise PermissionDenied
    if version is None or version.kind not in PARTS:
        shown = {"bank": question.bank, "question": question, "version": version}
        return render(request, "quizzes/bank/question_no_form.html", shown)
    bank, kind = question.bank, version.kind
    open_keys(request.user, bank, view=KeyView.QUESTION, questions=[pk], at=read_clock())
    context: dict[str, Any] = {"bank": bank, "question": question}
    if _reshapes(request):
        form = _typed(request, bank=bank, question=question)
        return _show(request, form, _reshaped(request, kind, version=version), context)
    form = QuestionForm(request.POST or None, bank=bank, question=question)
    part = PARTS[kind](request.POST or None, kind=kind, version=version)
    if request.method == "POST" and _are_valid(form, part):
        draft = _draft(form, part)
        content, lost = carry_over(draft, version)
        revision = form.cleaned_data["revision"] or 0
        try:
            edit_question(
                question,
                replace(draft, content=content),
                revision=revision,
                by=request.user,
                at=read_clock(),
            )
        except Conflict as error:
            return _show_conflict(request, question, kind, context, str(error))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            _say_saved(request, lost)
            return redirect("quizzes:question_detail", code=code, pk=pk)
    return _show(request, form, part, context)


def _show(
    request: SignedInRequest, form: QuestionForm, part: KindPart, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if (form.is_bound and (form.errors or part.errors)) else 200
    context = {**context, "form": form, "part": part, "can_author": True}
    return render(request, "quizzes/bank/question_form.html", context, status=status)


def _show_conflict(
    request: SignedInRequest, question: Question, kind: str, context: dict[str, Any], said: str
) -> HttpResponse:
    """What was typed, over what is stored now; saving again replaces it knowingly."""
    question = find_question(request, question.bank.code, question.pk)
    form = _typed(request, bank=question.bank, question=question, revision=question.revision)
    part = PARTS[kind](
        kind=kind, version=question.current_version, typed=_typed_part(request, kind)
    )
    stored = parts_of(question.current_version) if question.current_version else []
    context = {**context, "form": form, "part": part, "can_author": True}
    context |= {"conflict": said, "stored": stored, "question": question}
    return render(request, "quizzes/bank/question_form.html", context, status=409)


def _reshapes(request: SignedInRequest) -> bool:
    return request.method == "POST" and bool(RESHAPING & request.POST.keys())


def _typed(request: SignedInRequest, **about: Any) -> QuestionForm:
    revision = about.pop("revision", None)
    typed = request.POST.dict()
    if revision is not None:
        typed["revision"] = revision
    return QuestionForm(typed=typed, **about)


def _typed_part(request: SignedInRequest, kind: str) -> dict[str, Any]:
    return PARTS[kind].reshaped(request.POST)


def _reshaped(request: SignedInRequest, kind: str, **about: Any) -> KindPart:
    return PARTS[kind](kind=kind, typed=_typed_part(request, kind), **about)


def _are_valid(form: QuestionForm, part: KindPart) -> bool:
    """Both are asked, so that the person reads every remark at once."""
    return all([form.is_valid(), part.is_valid()])


def _draft(form: QuestionForm, part: KindPart) -> QuestionDraft:
    chosen = form.cleaned_data
    return QuestionDraft(
        kind=part.kind,
        stem=chosen["stem"],
        content=part.content,
        key=part.key,
        topic=form.chosen_topic,
        difficulty=chosen["difficulty"],
        explanation=chosen["explanation"],
        instrument=chosen["instrument"],
        article=chosen["article"],
        legal_basis=chosen["legal_basis"],
        valid_until=chosen["valid_until"],
    )


def _say_saved(request: SignedInRequest, lost: list[str]) -> None:
    messages.success(request, _("Đã lưu câu hỏi."))
    if lost:
        messages.warning(
            request,
            _(
                "Chữ đậm, nghiêng hoặc chỉ số trong phần vừa sửa đã bỏ vì câu chữ thay đổi. "
                "Hãy xem lại câu hỏi."
            ),
        )


def _kinds() -> list[tuple[str, str]]:
    """(code, name) of the kinds that can be begun on screen."""
    return [(code, _(KINDS[code].label)) for code in PARTS if code not in NOT_NEW]
