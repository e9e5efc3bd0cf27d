"""One question: its page, its review, comments, comparison of versions, and writing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.comparing import compare_parts
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes import commenting, reviewing, rules
from quizzes.analysis_queries import statistics_of
from quizzes.bank_queries import readable_questions
from quizzes.enums import KeyView, ReviewStep
from quizzes.flag_queries import flags_of
from quizzes.forms.question import CompareForm, StepForm
from quizzes.key_access import open_keys
from quizzes.kinds import KINDS, Shown
from quizzes.models import Question, QuestionComment, QuestionVersion
from quizzes.question_files import files_url_of_bank
from quizzes.question_history import history_of
from quizzes.reviewing import StepOutcome, possible_steps
from quizzes.version_parts import parts_of
from quizzes.views.bank import find_bank


def find_question(request: SignedInRequest, code: str, pk: int) -> Question:
    """404 for who may not read its bank."""
    find_bank(request, code)
    questions = readable_questions(request.user, read_clock()).select_related(
        "current_version__instrument", "current_version__changed_by", "created_by"
    )
    return get_object_or_404(questions, bank__code=code, pk=pk)


@login_required
@never_cache
@require_safe
def question_detail(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    question = find_question(request, code, pk)
    return render(request, "quizzes/bank/question_detail.html", _page(request, question))


def _page(request: SignedInRequest, question: Question, comment: str = "") -> dict[str, Any]:
    version = question.current_version
    if version is None:
        raise Http404
    at = read_clock()
    open_keys(request.user, question.bank, view=KeyView.QUESTION, questions=[question.pk], at=at)
    comments = list(
        question.comments.select_related("author", "resolved_by", "version").order_by(
            "created_at", "pk"
        )
    )
    steps = possible_steps(question, by=request.user, at=at)
    history = history_of(question, comments)
    return {
        "bank": question.bank,
        "question": question,
        "version": version,
        "kind": KINDS[version.kind],
        "shown": _shown_with_key(version),
        "files_url": files_url_of_bank(question.bank),
        "steps": [step for step in steps if step != ReviewStep.RETURN],
        "can_return": ReviewStep.RETURN in steps,
        "waits_for_others": question.state == "in_review" and rules.wrote(request.user, version),
        "open_comments": [comment for comment in comments if comment.resolved_at is None],
        "settled_comments": [comment for comment in comments if comment.resolved_at is not None],
        "comment": comment,
        "history": history,
        "statistics": statistics_of(question),
        "has_versions": sum(line.is_version for line in history) > 1,
        "can_author": rules.can_author(request.user, question.bank, at),
        "can_comment": rules.can_comment(request.user, question.bank, at),
        "flags": flags_of(question),
    }


@login_required
@never_cache
@require_POST
def take_step(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """A button of the question's page. What was written stays when the step is refused."""
    question = find_question(request, code, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Chưa làm được. Hãy thử lại."))
        return redirect("quizzes:question_detail", code=code, pk=pk)
    step, comment = ReviewStep(form.cleaned_data["step"]), form.cleaned_data["text"]
    try:
        outcome = _take(step, question, form.cleaned_data, request)
    except DomainError as error:
        messages.error(request, str(error))
        context = _page(request, question, comment)
        return render(request, "quizzes/bank/question_detail.html", context, status=422)
    for refusal in outcome.refused:
        messages.error(request, refusal.reason)
    if outcome.moved:
        messages.success(request, _done(step))
    return redirect("quizzes:question_detail", code=code, pk=pk)


def _take(
    step: ReviewStep, question: Question, chosen: dict[str, Any], request: SignedInRequest
) -> StepOutcome:
    """Whoever approves approves what they have read; the other steps do not rest on the words."""
    seen = {question.pk: chosen["revision"]} if step == ReviewStep.APPROVE else None
    return reviewing.take_step(
        step,
        [question.pk],
        comment=chosen["text"] if step == ReviewStep.RETURN else "",
        by=request.user,
        at=read_clock(),
        revisions=seen,
    )


def _done(step: ReviewStep) -> str:
    return {
        ReviewStep.SUBMIT: _("Đã gửi duyệt. Người khác trong ngân hàng sẽ đọc và duyệt."),
        ReviewStep.APPROVE: _("Đã duyệt câu hỏi."),
        ReviewStep.RETURN: _("Đã trả lại để sửa, kèm nhận xét của bạn."),
        ReviewStep.RETIRE: _("Câu hỏi đã ngừng dùng: các vòng thi mới không rút câu này nữa."),
        ReviewStep.RESTORE: _("Câu hỏi đã trở lại thành bản nháp."),
    }[step]


@login_required
@never_cache
@require_POST
def add_comment(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    question = find_question(request, code, pk)
    text = request.POST.get("text", "")
    try:
        commenting.comment_on(question, text=text, by=request.user, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
        context = _page(request, question, text)
        return render(request, "quizzes/bank/question_detail.html", context, status=422)
    messages.success(request, _("Đã gửi nhận xét."))
    return redirect("quizzes:question_detail", code=code, pk=pk)


@login_required
@never_cache
@require_POST
def settle_comment(request: SignedInRequest, code: str, pk: int, comment_pk: int) -> HttpResponse:
    """Settled, or with ``reopen`` open again."""
    question = find_question(request, code, pk)
    comment = get_object_or_404(QuestionComment, question=question, pk=comment_pk)
    try:
        if "reopen" in request.POST:
            commenting.reopen_comment(comment, by=request.user, at=read_clock())
        else:
            commenting.settle_comment(comment, by=request.user, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("quizzes:question_detail", code=code, pk=pk)


@login_required
@never_cache
@require_safe
def compare_versions(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    question = find_question(request, code, pk)
    at = read_clock()
    open_keys(request.user, question.bank, view=KeyView.QUESTION, questions=[pk], at=at)
    versions = list(question.versions.select_related("instrument", "created_by").order_by("number"))
    form = CompareForm(request.GET)
    form.is_valid()
    new = _numbered(versions, form.cleaned_data.get("new"), versions[-1])
    old = _numbered(versions, form.cleaned_data.get("old"), _before(versions, new))
    context = {
        "bank": question.bank,
        "question": question,
        "versions": versions,
        "old": old,
        "new": new,
        "parts": compare_parts(parts_of(old), parts_of(new)),
        "can_author": rules.can_author(request.user, question.bank, at),
    }
    return render(request, "quizzes/bank/question_compare.html", context)


def _numbered(
    versions: list[QuestionVersion], number: int | None, otherwise: QuestionVersion
) -> QuestionVersion:
    return next((version for version in versions if version.number == number), otherwise)


def _before(versions: list[QuestionVersion], version: QuestionVersion) -> QuestionVersion:
    return versions[max(0, versions.index(version) - 1)]


def _shown_with_key(version: QuestionVersion) -> Shown:
    """As its author wrote it, with what is right."""
    kind, content = KINDS[version.kind], version.content
    return kind.show(content, kind.option_ids(content), None, version.key)
