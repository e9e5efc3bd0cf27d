"""Changing accounts and the tree of units by hand."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError
from people.models import Unit, User


class UnitLoop(DomainError):
    """A unit would be its own superior."""

    def __init__(self) -> None:
        super().__init__(_("Đơn vị không thể nằm dưới chính nó hoặc dưới đơn vị cấp dưới của nó."))


def save_person(form: Any, *, by: User | AnonymousUser, at: datetime) -> User:
    """Save a valid ModelForm of one account. A change of roles or of being open goes on record."""
    person: User = form.instance
    is_new = person.pk is None
    before = [] if is_new else sorted(person.groups.values_list("name", flat=True))
    was_active = (
        None if is_new else User.objects.values_list("is_active", flat=True).get(pk=person.pk)
    )
    if is_new:
        person.set_unusable_password()
    form.save()
    after = sorted(person.groups.values_list("name", flat=True))
    changes: dict[str, Any] = {}
    if before != after:
        changes["roles"] = [before, after]
    if was_active is not None and was_active != person.is_active:
        changes["is_active"] = [was_active, person.is_active]
    if changes or is_new:
        audit.record(
            "people.account_created" if is_new else "people.account_changed",
            person,
            by=by if isinstance(by, User) else None,
            at=at,
            summary=_summary(person, after, is_new=is_new, changes=changes),
            data=changes,
        )
    return person


def _summary(person: User, roles: list[str], *, is_new: bool, changes: dict[str, Any]) -> str:
    said = [_("Tạo tài khoản %s") % person if is_new else _("Sửa tài khoản %s") % person]
    if "roles" in changes:
        said.append(_("vai trò: %s") % (", ".join(roles) or _("không có")))
    if "is_active" in changes:
        said.append(_("mở") if person.is_active else _("khóa"))
    return "; ".join(said)


@transaction.atomic
def place_unit(unit: Unit, *, parent: Unit | None) -> Unit:
    """Save the unit under `parent`, moving it with all under it if it was elsewhere.

    Raises UnitLoop.
    """
    if unit.pk is None:
        above = Unit.objects.get(pk=parent.pk) if parent else None
        added: Unit = above.add_child(instance=unit) if above else Unit.add_root(instance=unit)
        return added
    if parent and parent.path.startswith(unit.path):
        raise UnitLoop
    unit.save()
    now_under = unit.get_parent(update=True)
    if (now_under.pk if now_under else None) != (parent.pk if parent else None):
        if parent is None:
            unit.move(Unit.get_last_root_node(), "last-sibling")
        else:
            unit.move(Unit.objects.get(pk=parent.pk), "last-child")
    placed: Unit = Unit.objects.get(pk=unit.pk)
    return placed
