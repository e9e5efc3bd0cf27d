"""Who may do what in outreach: predicates that only read, and the same as conditions.

Editors and heads act for the unit they work in and those under it; administrators for all. The log
is kept by the staff of the unit only, whoever else may read it.
"""

from typing import Any

from django.db.models import Q

from people.models import Unit
from people.rules import is_administrator

_STEP = Unit.steplen


def can_read_scripts(user: Any) -> bool:
    return _holds(user, "outreach.view_script")


def can_write_scripts(user: Any) -> bool:
    return _holds(user, "outreach.add_script") and _has_reach(user)


def can_edit_script(user: Any, script: Any) -> bool:
    return _holds(user, "outreach.change_script") and covers(user, script.unit)


def can_plan(user: Any) -> bool:
    return _holds(user, "outreach.add_slot") and _has_reach(user)


def can_plan_for(user: Any, unit: Unit) -> bool:
    return _holds(user, "outreach.add_slot") and covers(user, unit)


def can_keep_log(user: Any) -> bool:
    """Whether there is any unit whose log this person keeps."""
    return _holds(user, "outreach.record_broadcast") and user.unit_id is not None


def can_record_broadcast(user: Any, unit: Unit) -> bool:
    """Staff of the unit with the named permission: nobody vouches for what was aired elsewhere."""
    return can_keep_log(user) and unit.path.startswith(user.unit.path)


def can_change_settings(user: Any) -> bool:
    return _holds(user, "outreach.change_readingsettings")


def can_change_words(user: Any) -> bool:
    return _holds(user, "outreach.change_abbreviation")


def can_see_zalo(user: Any) -> bool:
    return _holds(user, "outreach.view_zalopost")


def can_post_to_zalo(user: Any) -> bool:
    return _holds(user, "outreach.add_zalopost")


def can_connect_zalo(user: Any) -> bool:
    return _holds(user, "outreach.change_zaloaccount")


def covers(user: Any, unit: Unit) -> bool:
    """Whether the unit is the person's own or under it."""
    if is_administrator(user):
        return True
    return user.unit_id is not None and unit.path.startswith(user.unit.path)


def covered_units(user: Any) -> Q:
    """The condition on Unit that says the same as ``covers``."""
    if is_administrator(user):
        return Q()
    return Q(path__startswith=user.unit.path) if user.unit_id else Q(pk__in=[])


def visible_scripts(user: Any) -> Q:
    """Scripts of the units the person covers, and those that come down from the units above."""
    if is_administrator(user):
        return Q()
    if user.unit_id is None:
        return Q(pk__in=[])
    path = user.unit.path
    above = [path[:end] for end in range(_STEP, len(path), _STEP)]
    return Q(unit__path__startswith=path) | Q(unit__path__in=above)


def _holds(user: Any, permission: str) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(permission))


def _has_reach(user: Any) -> bool:
    return user.unit_id is not None or is_administrator(user)
