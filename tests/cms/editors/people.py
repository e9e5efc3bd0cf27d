"""Who sits at the editors' desk in these tests."""

from typing import Any

from django.contrib.auth.models import Group

from people.models import Unit, User


def make_member(*roles: str, name: str = "Phạm Thu Uyên", **fields: Any) -> User:
    user = User.objects.create_user(f"BT{User.objects.count():03}", full_name=name, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def make_city() -> tuple[Unit, Unit, Unit]:
    """A city and two wards of it."""
    city = Unit.add_root(name="Thành phố", code="tp")
    wards = [city.add_child(name=f"Phường {name}", code=name) for name in ("a", "b")]
    return city, wards[0], wards[1]
