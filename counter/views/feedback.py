"""Feedback of citizens: from a procedure's page, or by the QR code at a counter."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.clock import read_clock
from core.errors import DomainError
from counter import limiting
from counter.feedback import give_feedback
from counter.forms.public import FeedbackForm
from counter.models import Office
from counter.subjects import Subject, find_subject


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str | None = None) -> HttpResponse:
    at = read_clock()
    office = _office(code)
    if office is None and not Office.objects.filter(is_active=True).exists():
        return render(request, "counter/feedback_none.html")
    # Sent back under another name: "procedure" is one of the factors.
    asked = request.GET.get("procedure", "")
    subject = find_subject(request.POST.get("about", "") if request.method == "POST" else asked)
    form = FeedbackForm(request.POST or None, office=office, at=at)
    context = {"form": form, "office": office, "subject": subject}
    if request.method == "POST":
        guard = limiting.address_guard(limiting.FEEDBACK, request, at=at)
        try:
            limiting.refuse_if_blocked(guard, at=at)
            if form.is_valid():
                limiting.count(guard, at=at)
                give_feedback(
                    office=office or form.cleaned_data["office"],
                    procedure_code=subject.code if subject else "",
                    scores=form.scores(),
                    comment=form.cleaned_data["comment"],
                    form_key=form.form_key,
                    at=at,
                )
                return redirect(_thanks_address(office, subject))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "counter/feedback.html", context)


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """``?office=``: of the counter whose form was sent, for the next person at its screen;
    ``?procedure=``: what it was about, to go back to."""
    code = request.GET.get("office", "")[:40].replace("\x00", "")
    office = Office.objects.filter(code=code, is_active=True).first() if code else None
    subject = find_subject(request.GET.get("procedure", ""))
    context = {"office": office, "subject": subject}
    return render(request, "counter/feedback_thanks.html", context)


def _thanks_address(office: Office | None, subject: Subject | None) -> str:
    asked = {}
    if office:
        asked["office"] = office.code
    if subject:
        asked["procedure"] = subject.code
    address = reverse("counter:feedback_thanks")
    return f"{address}?{urlencode(asked)}" if asked else address


def _office(code: str | None) -> Office | None:
    if code is None:
        return None
    found = Office.objects.filter(code=code.lower(), is_active=True).first()
    if found is None:
        raise Http404
    return found
