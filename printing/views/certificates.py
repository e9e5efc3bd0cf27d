"""Issuing certificates of a round, the register of a contest, a person's own certificates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from core.in_app import is_in_zalo
from people.access import signed_in
from printing import batches, issuing, tasks
from printing.certificates import draw_certificates
from printing.forms import IssueForm, RegisterFilterForm, RevokeForm
from printing.queries import certificates_of, register_of
from printing.views import access
from printing.views.files import paper
from quizzes.enums import RoundState

PAGE_SIZE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, round_id: int) -> HttpResponse:
    """Choose whom, look at one page, issue and draw all of them in the background."""
    quiz_round = access.round_to_print(request, round_id)
    form = IssueForm(request.POST or None, quiz_round=quiz_round)
    published = quiz_round.state == RoundState.PUBLISHED
    if request.method == "POST" and published and form.is_valid():
        kind, award = form.chosen()
        job = batches.start_certificates(
            tasks.make_certificates,
            quiz_round,
            kind=kind,
            award=award,
            form=form.cleaned_data["form"],
            by=signed_in(request),
            at=read_clock(),
        )
        return redirect("printing:job", job.pk)
    return render(
        request,
        "printing/issue.html",
        {
            "round": quiz_round,
            "contest": quiz_round.contest,
            "form": form,
            "is_published": published,
            "has_results": bool(form.finished_count),
        },
        status=200 if request.method != "POST" else 422,
    )


@login_required
@require_POST
def preview(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """One page as a draft, without number and code, for the choice made in the form."""
    quiz_round = access.round_to_print(request, round_id)
    form = IssueForm(request.POST, quiz_round=quiz_round)
    if not form.is_valid():
        return redirect("printing:issue", quiz_round.pk)
    kind, award = form.chosen()
    earned = issuing.merits(quiz_round, kind=kind, award=award, first=1)
    page = batches.preview_page(quiz_round, earned)
    return paper(draw_certificates([page]), name="du-thao-giay-chung-nhan.pdf", download=False)


@login_required
@require_safe
def register(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = access.contest_with_register(request, contest_id)
    form = RegisterFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = register_of(contest, search=chosen.get("q", ""), state=chosen.get("state", ""))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "printing/register.html",
        {"contest": contest, "form": form, "page": page, "is_filtered": any(chosen.values())},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = access.certificate_to_revoke(request, pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issuing.revoke(
                certificate,
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
                at=read_clock(),
            )
        except DomainError as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(
                request,
                _("Đã thu hồi giấy chứng nhận số %(number)s.") % {"number": certificate},
            )
            return redirect("printing:register", certificate.round.contest_id)
    return render(
        request,
        "printing/revoke.html",
        {"certificate": certificate, "contest": certificate.round.contest, "form": form},
        status=200 if request.method != "POST" else 422,
    )


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = access.certificate_to_revoke(request, pk)
    try:
        issuing.restore(certificate, by=signed_in(request), at=read_clock())
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("Giấy chứng nhận số %(number)s có hiệu lực trở lại.") % {"number": certificate},
        )
    return redirect("printing:register", certificate.round.contest_id)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A person's own certificates."""
    return render(
        request,
        "printing/mine.html",
        {
            "certificates": certificates_of(signed_in(request)),
            "is_in_zalo": is_in_zalo(request),
        },
    )


@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One certificate, drawn anew from its row: the same paper every time."""
    certificate = access.certificate_to_download(request, pk)
    return paper(
        draw_certificates([batches.page_of(certificate)]),
        name=batches.name_of(certificate),
        # Zalo's browser saves nothing: there the paper is shown.
        download=not is_in_zalo(request),
    )
