"""In the back office: what is law no more and is still cited."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import ReportView

from core.clock import read_clock
from legal import rules
from legal.citing import citing_counts, citing_pages
from legal.models import Instrument
from legal.queries import published
from legal.standing import Standing


class ExpiredInUseView(ReportView):
    """Counts only: which question cites what is for those who may read its bank."""

    page_title = _("Văn bản hết hiệu lực vẫn được viện dẫn")
    header_icon = "warning"
    model = Instrument
    index_url_name = "expired_in_use"
    index_results_url_name = "expired_in_use_results"
    results_template_name = "legal/reports/expired_in_use.html"
    context_object_name = "instruments"
    list_export: list[str] = []
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not rules.can_edit_instruments(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_queryset(self) -> QuerySet[Instrument]:
        day = timezone.localdate(read_clock())
        expired = published(day).filter(standing=Standing.EXPIRED)
        cited = citing_counts(list(expired.values_list("pk", flat=True)))
        return (
            expired.filter(pk__in=cited)
            .select_related("replaced_by")
            .order_by(F("expires_on").desc(nulls_last=True), "number")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        shown = list(object_list)
        pks = [instrument.pk for instrument in shown]
        counts, pages = citing_counts(pks), citing_pages(pks)
        for instrument in shown:
            instrument.uses = sorted(counts.get(instrument.pk, {}).items())
            instrument.pages = pages.get(instrument.pk, [])
        return shown
