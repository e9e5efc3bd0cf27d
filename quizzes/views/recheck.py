"""Questions whose law changed: the list, and what is done about them. Keys are not shown here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes import rules
from quizzes.bank_queries import readable_questions
from quizzes.flag_queries import authored_banks, flags_of, flags_to_look_at
from quizzes.forms.recheck import CiteForm, RecheckActForm, RecheckFilterForm
from quizzes.rechecking import cite_instead, confirm_flags, retire_flagged
from quizzes.reviewing import StepOutcome

_PAGE = 30
_NAMED = 5


@login_required
@never_cache
@require_safe
def recheck_list(request: SignedInRequest) -> HttpResponse:
    """Open flags in the banks that the person may read, by instrument, old beside new."""
    at = read_clock()
    if not rules.can_use_banks(request.user, at):
        raise PermissionDenied
    form = RecheckFilterForm(request.GET, user=request.user, at=at)
    flags = flags_to_look_at(request.user, at=at, **form.filters)
    context = {
        "form": form,
        "page": Paginator(flags, _PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(form.filters.values()),
        "filter_query": request.GET.urlencode(),
        "own_banks": set(authored_banks(request.user, at).values_list("pk", flat=True)),
    }
    return render(request, "quizzes/recheck/list.html", context)


@login_required
@never_cache
@require_POST
def recheck_act(request: SignedInRequest) -> HttpResponse:
    """Confirm or retire the ticked questions, or all that the filter in the address shows."""
    at = read_clock()
    if not rules.can_use_banks(request.user, at):
        raise PermissionDenied
    filters = RecheckFilterForm(request.GET, user=request.user, at=at).filters
    shown = flags_to_look_at(request.user, at=at, **filters).values_list("pk", flat=True)
    form = RecheckActForm(request.POST, flag_ids=list(shown))
    address = reverse("quizzes:recheck")
    back = redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    if not form.is_valid():
        errors = [str(error) for error in form.non_field_errors()]
        for error in errors or [_("Hãy chọn lại câu hỏi và việc cần làm.")]:
            messages.error(request, error)
        return back
    by, at, chosen = request.user, read_clock(), form.cleaned_data
    try:
        if chosen["act"] == "confirm":
            outcome = confirm_flags(form.chosen_ids, note=chosen["note"], by=by, at=at)
        else:
            outcome = retire_flagged(form.chosen_ids, by=by, at=at)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        _tell(request, chosen["act"], outcome)
    return back


def _tell(request: SignedInRequest, act: str, outcome: StepOutcome) -> None:
    count = len(outcome.moved)
    done = {
        "confirm": ngettext(
            "Đã xác nhận %(count)d câu vẫn đúng.", "Đã xác nhận %(count)d câu vẫn đúng.", count
        ),
        "retire": ngettext("Đã ngừng dùng %(count)d câu.", "Đã ngừng dùng %(count)d câu.", count),
    }
    if count:
        messages.success(request, done[act] % {"count": count})
    for refusal in outcome.refused[:_NAMED]:
        messages.warning(request, f"#{refusal.question_id}: {refusal.reason}")
    if (more := len(outcome.refused) - _NAMED) > 0:
        messages.warning(
            request,
            ngettext(
                "Còn %(count)d câu nữa chưa làm được.", "Còn %(count)d câu nữa chưa làm được.", more
            )
            % {"count": more},
        )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recheck_cite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let one question rest on another instrument."""
    question = get_object_or_404(
        readable_questions(request.user, read_clock()).select_related(
            "current_version__instrument"
        ),
        pk=pk,
    )
    version = question.current_version
    if version is None:
        raise Http404
    if not rules.can_author(request.user, question.bank, read_clock()):
        raise PermissionDenied
    flag = flags_of(question).first()
    form = CiteForm(
        request.POST if request.method == "POST" else None,
        version=version,
        cause=flag.cause if flag else None,
    )
    if form.is_valid():
        try:
            cite_instead(question, **form.cleaned_data, by=request.user, at=read_clock())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Đã đổi văn bản căn cứ và gửi duyệt. Người khác cần đọc và duyệt lại.")
            )
            return redirect("quizzes:question_detail", code=question.bank.code, pk=pk)
    context = {"bank": question.bank, "question": question, "flag": flag, "form": form}
    return render(request, "quizzes/recheck/cite.html", context)
