"""Sealing a bank to named people for a coming round, and lifting the seal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import audit
from core.audit import required_reason
from core.errors import DomainError, NotAllowed
from people import roles
from people.models import User
from quizzes import rules
from quizzes.enums import BankAct, RoundState
from quizzes.models import BankSeal, QuestionBank, Round


class SealError(DomainError):
    """A refused seal; nothing was changed."""


def seal_of(bank: QuestionBank, at: datetime) -> BankSeal | None:
    """The seal that holds at ``at``, with who sealed it and its round."""
    return (
        BankSeal.objects.filter(rules.seal_holds(at), bank=bank)
        .select_related("sealed_by", "round__contest")
        .first()
    )


def banks_sealed_to_others(user: User, at: datetime) -> QuerySet[BankSeal]:
    """The seals that hold over banks for which the person is responsible and is not named in, by
    bank, with the bank and the round."""
    kept = QuestionBank.objects.filter(rules.kept_banks(user))
    return (
        BankSeal.objects.filter(rules.seal_holds(at), bank__in=kept.values("pk"))
        .exclude(people=user.pk)
        .select_related("bank", "round__contest")
        .order_by("bank__name", "pk")
    )


def possible_people(bank: QuestionBank) -> QuerySet[User]:
    """Whom a bank can be sealed to: its own people while they hold their role, and administrators;
    by name. A seal takes sight away, it never gives it."""
    named = Q(owned_banks=bank) | Q(reviewed_banks=bank) | Q(readable_banks=bank)
    own = named & Q(groups__name__in=[roles.AUTHOR, roles.ORGANISER])
    return (
        User.objects.filter(
            own | Q(groups__name=roles.ADMINISTRATOR) | Q(is_superuser=True), is_active=True
        )
        .distinct()
        .order_by("sort_key", "pk")
    )


def possible_rounds(bank: QuestionBank) -> QuerySet[Round]:
    """Rounds that draw from the bank and are not closed, the next to open first."""
    return (
        Round.objects.filter(
            cells__topic__bank=bank, state__in=[RoundState.DRAFT, RoundState.READY]
        )
        .select_related("contest")
        .distinct()
        .order_by("opens_at", "pk")
    )


def seal_bank(
    bank: QuestionBank,
    *,
    people: Collection[User],
    until: datetime | None,
    quiz_round: Round | None,
    reason: str,
    by: User,
    at: datetime,
) -> BankSeal:
    """Close the bank to everyone but ``people`` until the first of ``until`` and the round's close.

    A seal that holds already is replaced. Who could read before stays barred from the contest.
    Raises NotAllowed, SealError, ReasonMissing.
    """
    reason = required_reason(reason)
    with transaction.atomic():
        bank = QuestionBank.objects.select_for_update().get(pk=bank.pk)
        if not rules.can_author(by, bank, at):
            raise NotAllowed(_("Chỉ người phụ trách đang xem được ngân hàng mới niêm phong được."))
        _check(bank, people, until, quiz_round, at)
        BankSeal.objects.filter(bank=bank, lifted_at__isnull=True).update(
            lifted_at=at, lifted_by=by
        )
        seal = BankSeal.objects.create(
            bank=bank, reason=reason, until=until, round=quiz_round, sealed_at=at, sealed_by=by
        )
        seal.people.set(people)
        audit.record(
            BankAct.SEALED,
            bank,
            by=by,
            at=at,
            summary=_("Niêm phong “%(bank)s”, %(count)d người được xem.")
            % {"bank": bank.name, "count": len(people)},
            reason=reason,
            data={
                "people": sorted(person.pk for person in people),
                "until": until.isoformat() if until else None,
                "round": quiz_round.pk if quiz_round else None,
            },
        )
    return seal


def lift_seal(bank: QuestionBank, *, reason: str, by: User, at: datetime) -> None:
    """Open the bank again to its owners and readers. Lifting it twice changes nothing.

    Raises NotAllowed, ReasonMissing.
    """
    reason = required_reason(reason)
    with transaction.atomic():
        bank = QuestionBank.objects.select_for_update().get(pk=bank.pk)
        if not rules.can_lift_seal(by, bank, at):
            raise NotAllowed(
                _("Chỉ người phụ trách được xem khi niêm phong, hoặc quản trị viên, mở được.")
            )
        seal = seal_of(bank, at)
        if seal is None:
            return
        BankSeal.objects.filter(pk=seal.pk).update(lifted_at=at, lifted_by=by)
        audit.record(
            BankAct.SEAL_LIFTED,
            bank,
            by=by,
            at=at,
            summary=_("Mở niêm phong “%(bank)s”.") % {"bank": bank.name},
            reason=reason,
            data={"seal": seal.pk},
        )


def _check(
    bank: QuestionBank,
    people: Collection[User],
    until: datetime | None,
    quiz_round: Round | None,
    at: datetime,
) -> None:
    if not people:
        raise SealError(_("Hãy chọn ít nhất một người vẫn được xem."))
    allowed = set(possible_people(bank).values_list("pk", flat=True))
    strangers = [person.full_name for person in people if person.pk not in allowed]
    if strangers:
        raise SealError(
            _("%(names)s chưa được xem ngân hàng này. Hãy thêm vào người được xem trước.")
            % {"names": ", ".join(strangers)}
        )
    if until is None and quiz_round is None:
        raise SealError(_("Hãy chọn niêm phong đến khi nào: một thời điểm hoặc một vòng thi."))
    if until is not None and until <= at:
        raise SealError(_("Thời điểm hết niêm phong phải ở sau lúc này."))
    if quiz_round is not None and not possible_rounds(bank).filter(pk=quiz_round.pk).exists():
        raise SealError(_("Vòng thi này đã đóng hoặc không rút câu hỏi từ ngân hàng này."))
