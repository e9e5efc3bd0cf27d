"""Who may do what about replication: predicates that only read."""

from datetime import date
from typing import Any

from cms.models.adoptions import Adoption
from cms.models.reform_models import ReformModelPage
from people.models import Unit
from people.rules import is_editor, is_organiser, is_unit_head


def speaks_for_a_unit(user: Any) -> bool:
    """A head, or an organiser, of the unit that the person works in."""
    return is_unit_head(user) or (is_organiser(user) and user.unit_id is not None)


def speaks_for(user: Any, unit: Unit) -> bool:
    """For the own unit only: not for those under it, nor those above."""
    return speaks_for_a_unit(user) and user.unit_id == unit.pk


def decides_on_adoptions(user: Any) -> bool:
    return is_editor(user)


def sees_replication(user: Any) -> bool:
    return speaks_for_a_unit(user) or decides_on_adoptions(user)


def sees_adoption(user: Any, adoption: Adoption) -> bool:
    return decides_on_adoptions(user) or speaks_for(user, adoption.unit)


def may_adopt(unit: Unit, model: ReformModelPage, *, on: date) -> bool:
    """The unit exists on that day and is not where the model comes from."""
    exists = (unit.valid_from is None or unit.valid_from <= on) and (
        unit.valid_to is None or unit.valid_to >= on
    )
    return exists and unit.pk != model.unit_id
