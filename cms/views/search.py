"""/search/: everything public in one place."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms import listing, queries
from cms.finding.searching import search as find
from core.clock import read_clock

# In the order in which people look.
FACETS = (
    ("procedure", gettext_lazy("Thủ tục")),
    ("regulation", gettext_lazy("Văn bản")),
    ("news", gettext_lazy("Tin tức")),
    ("model", gettext_lazy("Mô hình, sáng kiến")),
    ("contest", gettext_lazy("Cuộc thi")),
    ("office", gettext_lazy("Nơi tiếp nhận")),
    ("page", gettext_lazy("Trang khác")),
)


def search(request: HttpRequest) -> HttpResponse:
    text = listing.text_asked(request)
    known = {value for value, _label in FACETS}
    asked = request.GET.get("kind", "")
    facet, page = asked if asked in known else "", listing.page_number(request)
    day = timezone.localdate(read_clock())
    language = get_language() or settings.LANGUAGE_CODE
    answer = find(text, facet=facet, page=page, day=day, language=language)
    # A slip costs nobody a click: what was probably meant is shown, and said to be that.
    meant, *others = answer.suggestions or [""]
    if meant:
        answer = find(meant, facet=facet, page=page, day=day, language=language)
    kinds = listing.facet(
        request,
        "kind",
        [(value, label) for value, label in FACETS if answer.counts.get(value) or value == asked],
        label=_("Loại nội dung"),
        every=_("Tất cả"),
        counts=answer.counts,
    )
    return render(
        request,
        "cms/search.html",
        {
            "title": _("Tìm kiếm"),
            "text": text,
            "answer": answer,
            "meant": meant,
            "others": others,
            "kinds": [
                {
                    "url": option.url,
                    "label": option.label,
                    "current": option.is_current,
                    "count": option.count if option.value else answer.total_count,
                }
                for option in kinds.options
            ],
            "regulation_index": queries.regulation_index(language),
        },
    )
