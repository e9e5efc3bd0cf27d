"""Named reads of the register."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from core.vietnamese import fold
from people.models import User
from printing.models import Certificate
from quizzes.models import Contest, Round, Standing
from quizzes.results import award_for


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


def merit_counts(quiz_round: Round) -> tuple[int, dict[int, int]]:
    """How many have finished, and how many reach each award (by its id). Three statements."""
    valid = Standing.objects.filter(
        run__round=quiz_round, run__is_current=True, entry__invalid_at__isnull=True
    )
    awards = list(quiz_round.awards.all())
    counts = dict.fromkeys((award.pk for award in awards), 0)
    if awards:
        ranks = (
            valid.filter(rank__lte=max(award.rank_to for award in awards))
            .order_by("rank")
            .values_list("rank")
            .annotate(Count("pk"))
        )
        for rank, count in ranks:
            if reached := award_for(awards, rank):
                counts[reached.pk] += count
    return valid.count(), counts


def certificates_of(user: User) -> QuerySet[Certificate]:
    """A person's own valid certificates, latest first."""
    return (
        Certificate.objects.filter(entry__user=user, revoked_at__isnull=True)
        .select_related("round")
        .order_by("-issued_on", "-register_number")
    )


def in_register_order(ids: Collection[int]) -> QuerySet[Certificate]:
    return Certificate.objects.filter(pk__in=ids).order_by("register_year", "register_number")
