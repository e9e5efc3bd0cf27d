"""Registers what cms/ adds to the back office, and where a page may go from there."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms import file_access
from cms.choosers import contest_chooser
from cms.editors import hooks as _desk  # noqa: F401 - registers itself
from cms.editors import menu as _menu  # noqa: F401 - registers itself
from cms.models.base import PublicPage
from cms.procedure_viewsets import LifeEventViewSet, ProcedureFieldViewSet
from cms.replication.guarding import keep_pages_with_adoptions
from cms.replication.rules import sees_replication
from cms.snippets import AuthorViewSet, NewsSectionViewSet
from core.back_office import CONTENT_MENU, GuardedMenuItem
from core.clock import read_clock
from outreach import rules

for viewset in (NewsSectionViewSet, AuthorViewSet, ProcedureFieldViewSet, LifeEventViewSet):
    register_snippet(viewset)


@hooks.register("insert_global_admin_css")
def back_office_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/back-office.css"))


@hooks.register("register_page_header_buttons")
def pass_on_from_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from _pass_on(page, user)


@hooks.register("register_page_listing_more_buttons")
def pass_on_from_listing(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _pass_on(page, user)


def _pass_on(page: Page, user: Any) -> Iterator[Button]:
    """To the loudspeaker and to Zalo; the views check again who asks, and for what page."""
    if page.depth <= 2 or not page.permissions_for_user(user).can_edit():
        return
    if rules.can_write_scripts(user):
        yield Button(
            _("Tạo bài truyền thanh"),
            reverse("cms:script_from_page", args=[page.pk]),
            icon_name="openquote",
            priority=70,
        )
    if page.live and rules.can_post_to_zalo(user):
        yield Button(
            _("Đăng lên Zalo OA"),
            reverse("cms:page_to_zalo", args=[page.pk]),
            icon_name="link-external",
            priority=71,
        )


@hooks.register(CONTENT_MENU)
def replication_menu_item() -> GuardedMenuItem:
    return GuardedMenuItem(
        gettext_lazy("Nhân rộng mô hình"),
        reverse("cms:adoptions"),
        name="adoptions",
        icon_name="site",
        order=50,
        shown_to=sees_replication,
    )


@hooks.register("before_delete_page")
def keep_adopted_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return keep_pages_with_adoptions(request, [page])


@hooks.register("before_bulk_action")
def keep_adopted_pages(
    request: HttpRequest, action_type: str, objects: Any, action_class_instance: Any
) -> HttpResponse | None:
    pages = [item for item in objects if isinstance(item, Page)] if action_type == "delete" else []
    return keep_pages_with_adoptions(request, pages)


@hooks.register("register_admin_viewset")
def choose_contest() -> Any:
    return contest_chooser


# After Wagtail's own hook, which sends readers of a restricted collection to sign in.
@hooks.register("before_serve_document", order=1000)
def keep_closed_documents(document: Any, request: HttpRequest) -> None:
    access = file_access.access_to(document, request, at=read_clock())
    if access is file_access.Access.CLOSED:
        raise Http404
    request.is_for_all = access is file_access.Access.PUBLIC  # type: ignore[attr-defined]


# The innermost: an answer that Wagtail gives in place of a restricted page is not named public.
@hooks.register("on_serve_page", order=1000)
def name_public_page(serve: Any) -> Any:
    def inner(page: Any, request: HttpRequest, *args: Any) -> Any:
        response = serve(page, request, *args)
        if isinstance(page, PublicPage):
            response.public_page = page  # cms.page_cache may keep it
        return response

    return inner
