"""Question banks for their owners and readers. To everybody else a bank does not exist."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes import rules
from quizzes.bank_people import set_bank_people
from quizzes.bank_queries import banks_of, count_questions
from quizzes.flag_queries import flags_to_look_at
from quizzes.forms.bank import BankForm, BankPeopleForm
from quizzes.models import QuestionBank
from quizzes.sealing import banks_sealed_to_others

_PAGE = 50


def find_bank(request: SignedInRequest, code: str) -> QuestionBank:
    """404 for who may not read it: that it exists is nobody else's business."""
    bank = get_object_or_404(QuestionBank, code=code)
    if not rules.can_read_keys(request.user, bank, read_clock()):
        raise Http404
    return bank


def find_own_bank(request: SignedInRequest, code: str) -> QuestionBank:
    """404 for strangers, 403 for readers."""
    bank = find_bank(request, code)
    if not rules.can_author(request.user, bank, read_clock()):
        raise PermissionDenied
    return bank


@login_required
@never_cache
@require_safe
def bank_list(request: SignedInRequest) -> HttpResponse:
    at = read_clock()
    if not rules.can_use_banks(request.user, at):
        raise PermissionDenied
    context = {
        "page": Paginator(banks_of(request.user, at), _PAGE).get_page(request.GET.get("page")),
        "can_create": rules.can_create_bank(request.user),
        "sealed_banks": banks_sealed_to_others(request.user, at),
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
    bank, at = get_object_or_404(QuestionBank, code=code), read_clock()
    if not rules.can_read_keys(request.user, bank, at):
        if rules.keeps_bank(request.user, bank):
            return redirect("quizzes:bank_secrecy", code=code)
        raise Http404
    whole, topics = count_questions(bank)
    context = {
        "bank": bank,
        "whole": whole,
        "topics": topics,
        "flagged_count": flags_to_look_at(request.user, at=at, bank=bank.pk).count(),
        "can_author": rules.can_author(request.user, bank, at),
        "can_review": rules.can_review(request.user, bank, at),
    }
    return render(request, "quizzes/bank/bank_detail.html", context)


@login_required
@never_cache
def bank_people(request: SignedInRequest, code: str) -> HttpResponse:
    """Who is responsible for the bank, who reviews and who may read it."""
    bank = find_own_bank(request, code)
    form = BankPeopleForm(request.POST if request.method == "POST" else None, bank=bank)
    if request.method == "POST" and form.is_valid():
        try:
            set_bank_people(bank, **form.cleaned_data, by=request.user, at=read_clock())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu người phụ trách, người duyệt và người được xem."))
            if rules.can_read_keys(request.user, bank, read_clock()):
                return redirect("quizzes:bank_detail", code=bank.code)
            return redirect("quizzes:bank_list")
    return render(request, "quizzes/bank/bank_people.html", {"bank": bank, "form": form})
