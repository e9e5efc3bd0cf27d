"""Registers what legal/ adds to the back office."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from core.back_office import LAW_MENU, GuardedMenuItem
from legal import rules
from legal.deleting import refusals_to_delete
from legal.models import Instrument
from legal.reports import ExpiredInUseView
from legal.viewsets import InstrumentDeleteBulkAction, InstrumentViewSet

register_snippet(InstrumentViewSet)
hooks.register("register_bulk_action", InstrumentDeleteBulkAction, order=1)


@hooks.register("before_delete_snippet")
def keep_cited_instruments(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Of one or of many: when one of them is cited, none is deleted."""
    instruments = [instance for instance in instances if isinstance(instance, Instrument)]
    refusals = refusals_to_delete(instruments)
    if not refusals:
        return None
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect(Instrument.snippet_viewset.get_url_name("list"))


@hooks.register("register_reports_menu_item")
def register_expired_in_use() -> Any:
    return GuardedMenuItem(
        _("Văn bản hết hiệu lực vẫn được viện dẫn"),
        reverse("expired_in_use"),
        name="expired-in-use",
        icon_name="warning",
        order=720,
        shown_to=rules.can_edit_instruments,
    )


@hooks.register(LAW_MENU)
def register_import() -> Any:
    return GuardedMenuItem(
        _("Nhập văn bản từ Excel"),
        reverse("legal:imports"),
        name="import-instruments",
        icon_name="upload",
        order=20,
        shown_to=rules.can_import_instruments,
    )


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    view = ExpiredInUseView
    return [
        path("reports/expired-in-use/", view.as_view(), name="expired_in_use"),
        path(
            "reports/expired-in-use/results/",
            view.as_view(results_only=True),
            name="expired_in_use_results",
        ),
    ]
