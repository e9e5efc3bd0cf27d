"""Named selections of people and units."""

from collections.abc import Iterable

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Q, QuerySet

from people import roles
from people.models import Unit, User
from people.rules import is_administrator, is_organiser, is_unit_head


def units_seen_by(user: User) -> QuerySet[Unit]:
    """Every unit for an organiser; for a head the own unit and all under it; tree order."""
    units: QuerySet[Unit] = Unit.objects.order_by("path")
    if is_organiser(user):
        return units
    if is_unit_head(user) and user.unit:
        return units.filter(path__startswith=user.unit.path)
    return units.none()


def count_people_under(units: Iterable[Unit]) -> dict[int, int]:
    """Unit id → active people of it and of all units under it. One statement for any number."""
    counted = User.objects.filter(is_active=True, unit__isnull=False).values_list("unit__path")
    by_path = dict(counted.annotate(count=Count("pk")).order_by())
    return {
        unit.pk: sum(count for path, count in by_path.items() if path.startswith(unit.path))
        for unit in units
    }


def people_of(unit: Unit) -> QuerySet[User]:
    """Active people of the unit and of all units under it, by unit, then by name."""
    return (
        User.objects.filter(is_active=True, unit__path__startswith=unit.path)
        .select_related("unit")
        .order_by("unit__path", "sort_key", "pk")
    )


def without_password(people: QuerySet[User]) -> QuerySet[User]:
    """Those who have never set a password: accounts that the roster made and nobody opened."""
    return people.filter(Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX))


def people_whose_slips_are_issued_by(user: User) -> QuerySet[User]:
    """Active people whose account this person may open with a slip."""
    return people_whose_accounts_are_kept_by(user).filter(is_active=True)


def people_whose_accounts_are_kept_by(user: User) -> QuerySet[User]:
    """People whose way in (a slip, an e-mail address, a phone) this person may change.

    An organiser may not touch the account of whoever holds a role with a second factor or reads a
    question bank, nor anyone but a superuser that of a superuser: it would lend their rights.
    """
    people = User.objects.all()
    if not user.is_superuser:
        people = people.filter(is_superuser=False)
    if not is_administrator(user):
        # by the relation, not the role: a bank stays readable to an author who lost the role
        people = people.exclude(groups__name__in=roles.MFA_ROLES).filter(
            owned_banks__isnull=True, reviewed_banks__isnull=True, readable_banks__isnull=True
        )
    return people


def units_with_people_waiting() -> QuerySet[Unit]:
    """Units with people who have never set a password, `waiting` of them; tree order."""
    waiting = Q(people__is_active=True) & (
        Q(people__password="") | Q(people__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    )
    units: QuerySet[Unit] = Unit.objects.annotate(waiting=Count("people", filter=waiting))
    return units.filter(waiting__gt=0).order_by("path")
