"""Who is responsible for a question bank, who reviews it and who may read it, keys included."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError, NotAllowed
from people import roles
from people.models import User
from quizzes import rules
from quizzes.models import QuestionBank


class BankPeopleError(DomainError):
    """A refused choice of people; nothing was changed."""


def possible_owners(bank: QuestionBank) -> QuerySet[User]:
    """Active authors, and whoever is responsible already; by name."""
    return _people(Q(groups__name=roles.AUTHOR) | Q(owned_banks=bank))


def possible_readers(bank: QuestionBank) -> QuerySet[User]:
    """Active authors and organisers, and whoever reads it already; by name."""
    holders = Q(groups__name__in=[roles.AUTHOR, roles.ORGANISER])
    return _people(holders | Q(readable_banks=bank))


def possible_reviewers(bank: QuestionBank) -> QuerySet[User]:
    """Active authors and organisers, and whoever reviews it already; by name."""
    holders = Q(groups__name__in=[roles.AUTHOR, roles.ORGANISER])
    return _people(holders | Q(reviewed_banks=bank))


def set_bank_people(
    bank: QuestionBank,
    *,
    owners: Collection[User],
    readers: Collection[User],
    reviewers: Collection[User] = (),
    by: User,
    at: datetime,
) -> None:
    """Raises NotAllowed, and BankPeopleError for a bank without an owner. Recorded when it
    changes something: a reader can never be a contestant where the bank is drawn from."""
    if not rules.can_author(by, bank, at):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này."))
    if not owners:
        raise BankPeopleError(_("Ngân hàng cần ít nhất một người phụ trách."))
    with transaction.atomic():
        QuestionBank.objects.select_for_update().get(pk=bank.pk)
        before = _ids(bank)
        bank.owners.set(owners)
        bank.reviewers.set(reviewers)
        bank.readers.set(readers)
        after = _ids(bank)
        if before != after:
            audit.record(
                "bank.people",
                bank,
                by=by,
                at=at,
                summary=_("Sửa người phụ trách, người duyệt, người được xem của “%(bank)s”.")
                % {"bank": bank.name},
                data={"before": before, "after": after},
            )


def _people(wanted: Q) -> QuerySet[User]:
    return User.objects.filter(wanted, is_active=True).distinct().order_by("sort_key", "pk")


def _ids(bank: QuestionBank) -> dict[str, list[int]]:
    return {
        "owners": sorted(bank.owners.values_list("pk", flat=True)),
        "reviewers": sorted(bank.reviewers.values_list("pk", flat=True)),
        "readers": sorted(bank.readers.values_list("pk", flat=True)),
    }
