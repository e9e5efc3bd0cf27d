"""Pictures and videos of questions. Each request asks anew whether the person may see them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from core.serving import serve_file
from people.access import SignedInRequest
from quizzes import rules
from quizzes.attempts import close_if_overdue
from quizzes.enums import KeyView
from quizzes.file_sweeping import remove_file
from quizzes.forms.files import QuestionFileForm, SituationForm
from quizzes.key_access import open_keys
from quizzes.models import Attempt, QuestionFile
from quizzes.pools import sheet_of
from quizzes.question_files import add_file, file_ids_of, files_url_of_bank, files_with_uses
from quizzes.situations import show_file_in
from quizzes.views.bank import find_bank, find_own_bank


@login_required
@never_cache
def bank_files(request: SignedInRequest, code: str) -> HttpResponse:
    """What the bank's questions show, and where; its owners may add to it."""
    bank = find_bank(request, code)
    can_author = rules.can_author(request.user, bank, read_clock())
    if request.method == "POST" and not can_author:
        raise PermissionDenied
    form = QuestionFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file, is_new = add_file(
                bank, form.cleaned_data["file"], by=request.user, at=read_clock()
            )
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            if is_new:
                messages.success(request, _("Đã thêm tệp số %(number)s.") % {"number": file.pk})
            else:
                text = _("Tệp này đã có trong ngân hàng, số %(number)s.") % {"number": file.pk}
                messages.info(request, text)
            return redirect("quizzes:bank_files", code=bank.code)
    context = {
        "bank": bank,
        "form": form,
        "can_author": can_author,
        "files": files_with_uses(bank),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quizzes/bank/bank_files.html", context, status=status)


@login_required
@require_POST
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    bank = find_own_bank(request, code)
    file = get_object_or_404(QuestionFile, bank=bank, pk=pk)
    try:
        remove_file(file, by=request.user, at=read_clock())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã xóa tệp số %(number)s.") % {"number": pk})
    return redirect("quizzes:bank_files", code=bank.code)


@login_required
@never_cache
def use_file(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show the file in a question: it becomes a situation."""
    bank = find_own_bank(request, code)
    file = get_object_or_404(QuestionFile, bank=bank, pk=pk)
    form = SituationForm(request.POST or None, bank=bank)
    if request.method == "POST" and form.is_valid():
        question = form.cleaned_data["number"]
        try:
            show_file_in(
                question, file, alt=form.cleaned_data["alt"], by=request.user, at=read_clock()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Câu hỏi đã là câu tình huống có hình hoặc video."))
            return redirect("quizzes:question_detail", code=bank.code, pk=question.pk)
    context = {"bank": bank, "file": file, "form": form, "files_url": files_url_of_bank(bank)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quizzes/bank/use_file.html", context, status=status)


@login_required
@require_safe
def bank_file(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    bank = find_bank(request, code)
    file = get_object_or_404(QuestionFile, bank=bank, pk=pk)
    about = _("tệp số %(number)s") % {"number": file.pk}
    open_keys(request.user, bank, view=KeyView.MEDIA, about=about, at=read_clock())
    return serve_question_file(request, file)


@login_required
@require_safe
def attempt_file(request: SignedInRequest, attempt_id: int, pk: int) -> HttpResponseBase:
    """A file that the person's own paper shows; any other does not exist for them."""
    attempt = get_object_or_404(
        Attempt.objects.select_related("round__contest", "paper", "entry"),
        pk=attempt_id,
        entry__user=request.user,
    )
    attempt = close_if_overdue(attempt, at=read_clock())
    if not rules.can_see_paper_files(request.user, attempt):
        raise Http404
    sheet = sheet_of(attempt.paper, attempt.round)
    if not any(pk in file_ids_of(slot.version.content) for slot in sheet):
        raise Http404
    return serve_question_file(request, get_object_or_404(QuestionFile, pk=pk))


def serve_question_file(request: HttpRequest, file: QuestionFile) -> HttpResponseBase:
    """To somebody who was found to be allowed to see it."""
    try:
        opened = file.file.open()
    except OSError as error:
        raise Http404 from error
    extension = file.media_type.rpartition("/")[2]
    return serve_file(
        request, opened, media_type=file.media_type, name=f"tep-{file.pk}.{extension}"
    )
