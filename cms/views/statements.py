"""What every public site owes its readers: who can use it, what it keeps of them, and where to say
that a page is wrong. The words describe the product, so they are templates, not editors' pages."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.addresses import absolute
from counter.queries import retention_days

_MAX_PATH_LENGTH: Final = 300


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/statements/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/statements/privacy.html", {"retention_days": retention_days()})


@require_safe
def report_problem(request: HttpRequest) -> HttpResponse:
    """``page``: the path of the page that is wrong; anything else is left out."""
    asked = request.GET.get("page", "")
    is_path = asked.startswith("/") and not asked.startswith("//") and asked.isprintable()
    address = absolute(asked) if is_path and len(asked) <= _MAX_PATH_LENGTH else ""
    # The name of the thing to be put right stands first: it is what an inbox shows.
    letter = _("Trang: %(page)s\n\nTôi thấy: \n\nTôi dùng (máy tính, điện thoại): ")
    return render(
        request,
        "cms/statements/report_problem.html",
        {
            "address": address,
            "subject": _("Báo lỗi trang web"),
            "letter": letter % {"page": address},
        },
    )
