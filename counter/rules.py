"""Who may do what at a counter: predicates that only read."""

from typing import Any

from counter.models import Office
from people.rules import is_administrator

SERVE = "counter.serve_office"


def can_serve_some(user: Any) -> bool:
    """Administrators for every office; others with the permission for those of their own unit."""
    if not user.is_authenticated or not user.is_active or not user.has_perm(SERVE):
        return False
    return is_administrator(user) or user.unit_id is not None


def can_serve(user: Any, office: Office) -> bool:
    """The day list, its marks, hours and closures, and the comments that citizens wrote."""
    if not can_serve_some(user):
        return False
    return is_administrator(user) or user.unit_id == office.unit_id


def can_manage_offices(user: Any) -> bool:
    """Setting offices up, and the retention of personal data."""
    return is_administrator(user)
