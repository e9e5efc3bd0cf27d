"""A bank's seal and the log of who read its keys, for whoever is responsible for it.

Nothing here shows a question: an owner who is sealed out still sees that the bank is sealed.
"""

from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes import rules
from quizzes.forms.secrecy import KeyReadFilterForm, LiftForm, SealForm
from quizzes.key_access import key_reads, view_label, write_key_reads
from quizzes.models import QuestionBank
from quizzes.sealing import lift_seal, seal_bank, seal_of

_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_kept_bank(request: SignedInRequest, code: str) -> QuestionBank:
    bank = get_object_or_404(QuestionBank, code=code)
    if not rules.keeps_bank(request.user, bank):
        raise Http404
    return bank


def _context(request: SignedInRequest, bank: QuestionBank, **more: Any) -> dict[str, Any]:
    can_read = rules.can_read_keys(request.user, bank, read_clock())
    return {"bank": bank, "can_read": can_read, "can_author": can_read, "keeps_bank": True, **more}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bank_secrecy(request: SignedInRequest, code: str) -> HttpResponse:
    """The seal that holds, and the form to set one."""
    bank = find_kept_bank(request, code)
    at = read_clock()
    seal = seal_of(bank, at)
    form = None
    if rules.can_author(request.user, bank, at):
        data = request.POST if request.method == "POST" else None
        form = SealForm(data, bank=bank, by=request.user, seal=seal)
    if form is not None and form.is_valid():
        try:
            seal_bank(bank, **form.cleaned_data, by=request.user, at=at)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã niêm phong ngân hàng."))
            return redirect("quizzes:bank_secrecy", code=bank.code)
    context = _context(
        request,
        bank,
        form=form,
        seal=seal,
        people=seal.people.select_related("unit").order_by("sort_key", "pk") if seal else [],
        lift_form=LiftForm(auto_id="lift_%s")
        if seal and rules.can_lift_seal(request.user, bank, at)
        else None,
    )
    return render(request, "quizzes/bank/secrecy.html", context)


@login_required
@require_POST
def bank_lift_seal(request: SignedInRequest, code: str) -> HttpResponse:
    bank = find_kept_bank(request, code)
    try:
        lift_seal(bank, reason=request.POST.get("reason", ""), by=request.user, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã mở niêm phong."))
    return redirect("quizzes:bank_secrecy", code=bank.code)


@login_required
@never_cache
@require_safe
def bank_key_reads(request: SignedInRequest, code: str) -> HttpResponse:
    bank = find_kept_bank(request, code)
    form = KeyReadFilterForm(request.GET, bank=bank)
    reads = key_reads(bank, **form.filters)
    page = Paginator(reads, _PAGE).get_page(request.GET.get("page"))
    context = _context(
        request,
        bank,
        form=form,
        page=page,
        rows=[(event, view_label(event)) for event in page],
        is_filtered=any(form.filters.values()),
    )
    return render(request, "quizzes/bank/key_reads.html", context)


@login_required
@never_cache
@require_safe
def bank_key_reads_export(request: SignedInRequest, code: str) -> FileResponse:
    bank = find_kept_bank(request, code)
    form = KeyReadFilterForm(request.GET, bank=bank)
    target = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    write_key_reads(target, bank, key_reads(bank, **form.filters))
    target.seek(0)
    name = f"{bank.code}-" + _("ai-da-xem-dap-an")
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
