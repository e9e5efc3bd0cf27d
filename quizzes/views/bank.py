"""Question banks for their owners and readers. To everybody else a bank does not exist."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes import rules
from quizzes.bank_people import set_bank_people
from quizzes.bank_queries import banks_of, questions_of
from quizzes.enums import QuestionState
from quizzes.forms.bank import BankForm, BankPeopleForm, QuestionFilterForm, ReviewForm
from quizzes.kinds import KINDS, Shown
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.reviewing import set_question_state

_PAGE = 50


def find_bank(request: SignedInRequest, code: str) -> QuestionBank:
    """404 for who may not read it: that it exists is nobody else's business."""
    bank = get_object_or_404(QuestionBank, code=code)
    if not rules.can_read_keys(request.user, bank):
        raise Http404
    return bank


def find_own_bank(request: SignedInRequest, code: str) -> QuestionBank:
    """404 for strangers, 403 for readers."""
    bank = find_bank(request, code)
    if not rules.can_author(request.user, bank):
        raise PermissionDenied
    return bank


@login_required
@never_cache
@require_safe
def bank_list(request: SignedInRequest) -> HttpResponse:
    if not rules.can_use_banks(request.user):
        raise PermissionDenied
    context = {
        "page": Paginator(banks_of(request.user), _PAGE).get_page(request.GET.get("page")),
        "can_create": rules.can_create_bank(request.user),
    }
    return render(request, "quizzes/bank/bank_list.html", context)


@login_required
@never_cache
def bank_create(request: SignedInRequest) -> HttpResponse:
    if not rules.can_create_bank(request.user):
        raise PermissionDenied
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            bank = form.save()
            bank.owners.add(request.user)
        messages.success(request, _("Đã tạo ngân hàng câu hỏi. Bạn có thể nhập câu hỏi từ tệp."))
        return redirect("quizzes:bank_detail", code=bank.code)
    return render(request, "quizzes/bank/bank_form.html", {"form": form})


@login_required
@never_cache
@require_safe
def bank_detail(request: SignedInRequest, code: str) -> HttpResponse:
    bank = find_bank(request, code)
    form = QuestionFilterForm(request.GET, bank=bank)
    questions = questions_of(bank, **form.filters)
    context = {
        "bank": bank,
        "form": form,
        "page": Paginator(questions, _PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(form.filters.values()),
        "can_author": rules.can_author(request.user, bank),
        "states": QuestionState,
    }
    return render(request, "quizzes/bank/bank_detail.html", context)


@login_required
@never_cache
def bank_people(request: SignedInRequest, code: str) -> HttpResponse:
    """Who is responsible for the bank and who may read it."""
    bank = find_own_bank(request, code)
    form = BankPeopleForm(request.POST if request.method == "POST" else None, bank=bank)
    if request.method == "POST" and form.is_valid():
        try:
            set_bank_people(bank, **form.cleaned_data, by=request.user, at=read_clock())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu người phụ trách và người được xem."))
            if rules.can_read_keys(request.user, bank):
                return redirect("quizzes:bank_detail", code=bank.code)
            return redirect("quizzes:bank_list")
    return render(request, "quizzes/bank/bank_people.html", {"bank": bank, "form": form})


@login_required
@require_POST
def review_questions(request: SignedInRequest, code: str) -> HttpResponse:
    """Move the ticked questions, or all that the filter in the address shows, to a state."""
    bank = find_own_bank(request, code)
    shown = questions_of(bank, **QuestionFilterForm(request.GET, bank=bank).filters)
    form = ReviewForm(request.POST, question_ids=list(shown.values_list("pk", flat=True)))
    address = reverse("quizzes:bank_detail", args=[bank.code])
    back = redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    if not form.is_valid():
        errors = [str(error) for error in form.non_field_errors()]
        for error in errors or [_("Hãy chọn lại câu hỏi và việc cần làm.")]:
            messages.error(request, error)
        return back
    state = QuestionState(form.cleaned_data["state"])
    try:
        count = set_question_state(
            bank, form.chosen_ids, state=state, by=request.user, at=read_clock()
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = ngettext(
            "Đã chuyển %(count)d câu sang “%(state)s”.",
            "Đã chuyển %(count)d câu sang “%(state)s”.",
            count,
        )
        messages.success(request, text % {"count": count, "state": state.label})
    return back


@login_required
@never_cache
@require_safe
def question_detail(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    bank = find_bank(request, code)
    question = get_object_or_404(
        Question.objects.select_related("topic", "current_version__instrument", "created_by"),
        bank=bank,
        pk=pk,
    )
    context = {
        "bank": bank,
        "question": question,
        "versions": [
            (version, KINDS[version.kind], _shown_with_key(version))
            for version in question.versions.select_related("instrument").order_by("-number")
        ],
        "can_author": rules.can_author(request.user, bank),
        "states": QuestionState,
    }
    return render(request, "quizzes/bank/question_detail.html", context)


def _shown_with_key(version: QuestionVersion) -> Shown:
    """As its author wrote it, with what is right."""
    kind, content = KINDS[version.kind], version.content
    return kind.show(content, kind.option_ids(content), None, version.key)
