"""Who may do what: predicates that only read."""

from typing import Any

from people import roles
from people.models import Unit


def role_names(user: Any) -> frozenset[str]:
    """The names of the person's groups, read once per user object."""
    if not user.is_authenticated:
        return frozenset()
    cached: frozenset[str] | None = getattr(user, "_role_names", None)
    if cached is None:
        cached = frozenset(user.groups.values_list("name", flat=True))
        user._role_names = cached
    return cached


def has_role(user: Any, *names: str) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or not role_names(user).isdisjoint(names)


def is_administrator(user: Any) -> bool:
    return has_role(user, roles.ADMINISTRATOR)


def is_organiser(user: Any) -> bool:
    return has_role(user, roles.ORGANISER, roles.ADMINISTRATOR)


def is_author(user: Any) -> bool:
    return has_role(user, roles.AUTHOR)


def is_editor(user: Any) -> bool:
    return has_role(user, roles.EDITOR, roles.ADMINISTRATOR)


def is_jury(user: Any) -> bool:
    return has_role(user, roles.JURY)


def is_unit_head(user: Any) -> bool:
    """Head of the unit that the person works in; without a unit there is nothing to head."""
    return has_role(user, roles.UNIT_HEAD) and user.unit_id is not None


def can_import_roster(user: Any) -> bool:
    return is_organiser(user)


def can_see_unit_people(user: Any, unit: Unit) -> bool:
    """Organisers see every unit; a head sees the own unit and those under it."""
    if is_organiser(user):
        return True
    return is_unit_head(user) and (unit.pk == user.unit_id or unit.is_descendant_of(user.unit))


def can_see_some_people(user: Any) -> bool:
    return is_organiser(user) or is_unit_head(user)


def can_issue_slips(user: Any) -> bool:
    return is_organiser(user)


def needs_second_factor(user: Any) -> bool:
    """Whether the person must hold a second factor where settings.MFA_REQUIRED says so."""
    return has_role(user, *roles.MFA_ROLES)
