"""What citizens said: figures by month and office, their words for the counter alone."""

from datetime import date
from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from core.suppression import MIN_GROUP
from counter import reporting, rules
from counter.enums import CommentState, Factor
from counter.feedback import handle_comment
from counter.feedback_export import write_months, write_offices
from counter.feedback_poster import PaperSize, draw_poster
from counter.hours import local_day
from counter.models import FeedbackAnswer, Office
from counter.queries import offices_served_by
from counter.views.access import context_of, for_office, private_file
from people.access import SignedInRequest, allowed

PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
@allowed(rules.can_serve_some)
def overview(request: SignedInRequest) -> HttpResponse:
    offices = offices_served_by(request.user)
    today = local_day(read_clock())
    years = reporting.years_with_feedback(offices, today=today)
    year = _asked_year(request, years)
    context = {
        "here": "report",
        "table": reporting.offices_table(offices, year, today=today),
        "factors": Factor,
        "year": year,
        "years": years,
        "min_group": MIN_GROUP,
        "can_manage": rules.can_manage_offices(request.user),
    }
    return render(request, "counter/report.html", context)


@require_safe
@never_cache
@allowed(rules.can_serve_some)
def export_overview(request: SignedInRequest) -> HttpResponse:
    offices = offices_served_by(request.user)
    today = local_day(read_clock())
    years = reporting.years_with_feedback(offices, today=today)
    year = _asked_year(request, years)
    target = BytesIO()
    write_offices(target, reporting.offices_table(offices, year, today=today), year=year)
    return private_file(target.getvalue(), name=f"y-kien-nguoi-dan-{year}.xlsx", content_type=XLSX)


@require_safe
@for_office
def office_report(request: SignedInRequest, office: Office) -> HttpResponse:
    today = local_day(read_clock())
    years = _years_of(office, today=today)
    year = _asked_year(request, years)
    table = reporting.months_table(office, year, today=today)
    bars = reporting.bars(table)
    context = context_of(
        office,
        "feedback",
        table=table,
        bars=bars,
        plot_width=reporting.COLUMN * len(bars),
        factors=Factor,
        year=year,
        years=years,
        min_group=MIN_GROUP,
        new_count=_comments_of(office).filter(comment_state=CommentState.NEW).count(),
        address=_feedback_address(office),
    )
    return render(request, "counter/desk_feedback.html", context)


@require_safe
@for_office
def export_office(request: SignedInRequest, office: Office) -> HttpResponse:
    today = local_day(read_clock())
    year = _asked_year(request, _years_of(office, today=today))
    target = BytesIO()
    write_months(target, office, reporting.months_table(office, year, today=today), year=year)
    name = f"y-kien-{office.code}-{year}.xlsx"
    return private_file(target.getvalue(), name=name, content_type=XLSX)


@require_safe
@for_office
def comments(request: SignedInRequest, office: Office) -> HttpResponse:
    state = request.GET.get("state", "")
    found = _comments_of(office).select_related("handled_by").order_by("-given_on", "-pk")
    if state in CommentState.values:
        found = found.filter(comment_state=state)
    context = context_of(
        office,
        "comments",
        page=Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        state=state,
        states=CommentState,
    )
    return render(request, "counter/desk_comments.html", context)


@require_POST
@for_office
def mark_comment(request: SignedInRequest, office: Office, answer_id: int) -> HttpResponse:
    state = request.POST.get("state", "")
    try:
        if state not in CommentState.values:
            raise DomainError(_("Không hiểu việc cần ghi. Hãy bấm lại một nút trong danh sách."))
        handle_comment(
            office, answer_id, state=CommentState(state), by=request.user, at=read_clock()
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    address = reverse("counter:desk_comments", args=[office.code])
    shown = request.POST.get("shown", "")
    return redirect(f"{address}?state={shown}" if shown in CommentState.values else address)


@require_safe
@for_office
def poster(request: SignedInRequest, office: Office) -> HttpResponse:
    """The QR code to hang up at the counter; ``?size=a5`` unless a4."""
    size = PaperSize.A4 if request.GET.get("size") == "a4" else PaperSize.A5
    content = draw_poster(office, address=_feedback_address(office), size=size)
    name = f"gop-y-{office.code}-{size}.pdf"
    return private_file(content, name=name, content_type="application/pdf")


def _feedback_address(office: Office) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse("counter:feedback_office", args=[office.code])


def _comments_of(office: Office) -> QuerySet[FeedbackAnswer]:
    return FeedbackAnswer.objects.filter(office=office).exclude(comment="")


def _years_of(office: Office, *, today: date) -> list[int]:
    return reporting.years_with_feedback(Office.objects.filter(pk=office.pk), today=today)


def _asked_year(request: HttpRequest, years: list[int]) -> int:
    """``?year=`` of those there are, else the latest."""
    return next((year for year in years if str(year) == request.GET.get("year")), years[0])
