"""The sidebar in groups, and the words of the buttons that send something to review; imported by
cms.wagtail_hooks."""

from copy import copy
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin import action_menu as page_actions
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.snippets import action_menu as snippet_actions

from core import back_office

_ = gettext_lazy

# Between Wagtail's own: pages (100), pictures (300), documents (400); reports (9000) and settings.
GROUPS = (
    (_("Nội dung"), back_office.CONTENT_MENU, "list-ul", 200),
    (_("Văn bản"), back_office.LAW_MENU, "doc-full", 250),
    (_("Truyền thông"), back_office.OUTREACH_MENU, "media", 450),
    (_("Một cửa"), back_office.COUNTER_MENU, "home", 500),
    (_("Cuộc thi"), back_office.CONTEST_MENU, "pick", 550),
    (_("Tổ chức"), back_office.ORGANISATION_MENU, "group", 600),
)
# What they lead to is out of house, and English.
_GUIDES_OF_WAGTAIL = ("whats-new-in-wagtail-", "editor-guide")


def _register(label: Any, hook: str, icon: str, order: int) -> None:
    name = hook.removeprefix("register_").removesuffix("_item").replace("_", "-")

    def make() -> SubmenuMenuItem:
        menu = Menu(register_hook_name=hook)
        return SubmenuMenuItem(label, menu, name=name, icon_name=icon, order=order)

    hooks.register("register_admin_menu_item", make)


for group in GROUPS:
    _register(*group)


@hooks.register("construct_help_menu")
def leave_out_foreign_guides(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if not item.name.startswith(_GUIDES_OF_WAGTAIL)]


@hooks.register("construct_main_menu")
def lift_only_children(request: HttpRequest, items: list[MenuItem]) -> None:
    """A group with one item for this person is that item."""
    for position, item in enumerate(items):
        if not isinstance(item, SubmenuMenuItem):
            continue
        children = item.menu.menu_items_for_request(request)
        if len(children) == 1:
            child = copy(children[0])
            child.order = item.order
            items[position] = child


class _SendingWords:
    """Wagtail says "Submit to" and the workflow's name; here the name is what is asked for."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)  # type: ignore[misc]
        page = context.get("page") or context.get("instance")
        if page is not None and page.pk:
            state, workflow = page.current_workflow_state, page.get_workflow()
        else:
            above = context.get("parent_page")
            state = None
            workflow = above.get_workflow() if above else context["model"].get_default_workflow()
        if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
            context["label"] = gettext("Gửi lại để duyệt")
        elif workflow is not None:
            # "Duyệt và kiểm tra pháp lý" → "Gửi duyệt và kiểm tra pháp lý"
            asked = workflow.name[:1].lower() + workflow.name[1:]
            context["label"] = gettext("Gửi %(asked)s") % {"asked": asked}
        return context


class SendPage(_SendingWords, page_actions.SubmitForModerationMenuItem):
    pass


class SendSnippet(_SendingWords, snippet_actions.SubmitForModerationMenuItem):
    pass


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def say_plainly(items: list[Any], request: HttpRequest, context: Any) -> None:
    plain = {
        page_actions.SubmitForModerationMenuItem: SendPage,
        snippet_actions.SubmitForModerationMenuItem: SendSnippet,
    }
    items[:] = [
        plain[type(item)](order=item.order) if type(item) in plain else item for item in items
    ]
