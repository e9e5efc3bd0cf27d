"""Who may do what at the editors' desk: predicates that only read."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from people.roles import ADMINISTRATOR, LEGAL_OFFICER
from people.rules import has_role, is_editor


def can_share_draft(user: Any, page: Page) -> bool:
    """Whoever may edit the page may show its draft to others."""
    return bool(page.permissions_for_user(user).can_edit())


def can_see_reports(user: Any) -> bool:
    """Whoever writes some page, or checks what others wrote."""
    policy = policy_registry.get_by_type(Page)
    return bool(
        has_role(user, LEGAL_OFFICER)
        or policy.user_has_any_permission(user, ["add", "change", "publish"])
    )


def is_held_to_own_unit(user: Any) -> bool:
    """An editor who works in a unit below the top keeps to that unit's pictures and files."""
    if user.is_superuser or user.unit_id is None or user.unit.depth < 2:
        return False
    return is_editor(user) and not has_role(user, ADMINISTRATOR)
