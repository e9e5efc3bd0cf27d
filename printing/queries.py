"""Named reads of the register."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from core.vietnamese import fold
from people.models import User
from printing.models import Certificate
from quizzes.models import Contest


def register_of(contest: Contest, *, search: str = "", state: str = "") -> QuerySet[Certificate]:
    """The contest's certificates, latest number first; by name, unit, award or number.

    `state`: "valid", "revoked", or "" for both.
    """
    rows = (
        Certificate.objects.filter(round__contest=contest)
        .select_related("round", "entry")
        .order_by("-register_year", "-register_number")
    )
    for word in fold(search).split():
        by_number = Q(register_number=int(word)) if word.isdecimal() and len(word) < 9 else Q()
        rows = rows.filter(Q(search_key__contains=word) | by_number)
    if state in {"valid", "revoked"}:
        rows = rows.filter(revoked_at__isnull=state == "valid")
    return rows


def certificates_of(user: User) -> QuerySet[Certificate]:
    """A person's own valid certificates, latest first."""
    return (
        Certificate.objects.filter(entry__user=user, revoked_at__isnull=True)
        .select_related("round")
        .order_by("-issued_on", "-register_number")
    )


def in_register_order(ids: Collection[int]) -> QuerySet[Certificate]:
    return Certificate.objects.filter(pk__in=ids).order_by("register_year", "register_number")
