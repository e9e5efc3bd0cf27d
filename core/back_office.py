"""The sidebar of the back office.

An app says in which group its items stand; ``cms.editors.menu`` draws the groups. A group with one
item for somebody is shown as that item.
"""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

# The hooks that fill the groups, in the order of the sidebar.
CONTENT_MENU: Final = "register_content_menu_item"
LAW_MENU: Final = "register_law_menu_item"
CONTEST_MENU: Final = "register_contest_menu_item"
COUNTER_MENU: Final = "register_counter_menu_item"
OUTREACH_MENU: Final = "register_outreach_menu_item"
ORGANISATION_MENU: Final = "register_organisation_menu_item"


class GuardedMenuItem(MenuItem):
    """``shown_to``: the rule that the page behind it asks, given the person."""

    def __init__(self, *args: Any, shown_to: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown_to = shown_to

    def is_shown(self, request: HttpRequest) -> bool:
        return self.shown_to(request.user)
