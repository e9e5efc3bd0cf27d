"""Plain makers of people and units. Each call gives another one unless a name is given."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from people.models import Unit, User

PASSWORD = "mot-cua-2026!"
_numbers = count(1)


def make_unit(name: str | None = None, *, parent: Unit | None = None, **fields: Any) -> Unit:
    unit = Unit(name=name or f"Đơn vị {next(_numbers)}", **fields)
    if parent:
        return Unit.objects.get(pk=parent.pk).add_child(instance=unit)
    return Unit.add_root(instance=unit)


def make_user(*roles: str, **fields: Any) -> User:
    number = next(_numbers)
    fields.setdefault("staff_code", f"NV{number:04}")
    fields.setdefault("full_name", f"Nguyễn Văn {number}")
    fields.setdefault("password", PASSWORD)
    user = User.objects.create_user(**fields)
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return user
