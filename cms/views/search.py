"""/search/: articles and legal instruments together."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms import queries
from core import vietnamese

RESULTS_PER_PAGE = 10
INSTRUMENTS_SHOWN = 8
MAX_QUERY_LENGTH = 120


def search(request: HttpRequest) -> HttpResponse:
    text = vietnamese.nfc(request.GET.get("q", ""))[:MAX_QUERY_LENGTH]
    context: dict[str, Any] = {"text": text, "title": _("Tìm kiếm")}
    if queries.search_words(text):
        instruments = queries.instruments(text)
        context |= {
            "searched": True,
            "articles": Paginator(queries.articles_about(text), RESULTS_PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "instruments": list(instruments[:INSTRUMENTS_SHOWN]),
            "instrument_count": instruments.count(),
            "regulation_index": queries.regulation_index(),
        }
    return render(request, "cms/search.html", context)
