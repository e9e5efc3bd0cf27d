"""Registers the editors' desk in the back office; imported by cms.wagtail_hooks."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.editors import rules
from cms.editors.panel import WaitingPanel
from cms.views import desk, drafts
from core.back_office import GuardedMenuItem


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WaitingPanel())


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    return [
        path("reports/calendar/", desk.show_calendar, name="cms_calendar"),
        path("reports/links/", desk.show_links, name="cms_links"),
        path("pages/<int:page_id>/drafts/", drafts.draft_links, name="cms_draft_links"),
        path(
            "pages/<int:page_id>/drafts/<int:pk>/revoke/",
            drafts.revoke_draft_link,
            name="cms_revoke_draft_link",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_calendar() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Lịch nội dung"),
        reverse("cms_calendar"),
        name="calendar",
        icon_name="date",
        order=100,
        shown_to=rules.can_see_reports,
    )


@hooks.register("register_reports_menu_item")
def register_links() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Liên kết hỏng"),
        reverse("cms_links"),
        name="links",
        icon_name="link",
        order=110,
        shown_to=rules.can_see_reports,
    )


@hooks.register("register_page_header_buttons")
def share_draft_button(page: Any, user: Any, view_name: str, next_url: Any = None) -> Any:
    if page.latest_revision_id and rules.can_share_draft(user, page):
        yield Button(
            _("Cho người ngoài xem bản nháp"),
            reverse("cms_draft_links", args=[page.pk]),
            icon_name="link",
            priority=64,
        )
