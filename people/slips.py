"""Phiếu đăng nhập: the printed one-time code with which someone signs in for the first time."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError, NotAllowed
from people.identity import find_person
from people.models import SignInSlip, User
from people.queries import people_whose_slips_are_issued_by

VALID_DAYS: Final = 30
# no 0 O 1 I L: the code is read from paper
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH: Final = 10
_BATCH = 1_000


class SlipRefused(DomainError):
    """The code does not open the account. One sentence for every reason."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Thông tin hoặc mã trên phiếu chưa đúng, hoặc phiếu đã dùng hay hết hạn. "
                "Hãy kiểm tra lại hoặc xin phiếu mới."
            )
        )


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """`code` is shown once and kept nowhere."""

    user: User
    code: str
    expires_at: datetime


def issue_slips(people: Iterable[User], *, by: User, at: datetime) -> list[IssuedSlip]:
    """A new code for each person; codes they had before stop working.

    Raises NotAllowed when `by` may not do this for one of them: whoever holds the slip is in.
    """
    wanted = list(people)
    allowed = people_whose_slips_are_issued_by(by).filter(pk__in=[user.pk for user in wanted])
    if allowed.count() != len(wanted):
        raise NotAllowed(_("Chỉ Quản trị mới được cấp phiếu cho người có vai trò quản lý."))
    issued = [IssuedSlip(user, _new_code(), at + timedelta(days=VALID_DAYS)) for user in wanted]
    with transaction.atomic():
        live = SignInSlip.objects.filter(used_at=None, revoked_at=None)
        live.filter(user__in=[user.pk for user in wanted]).update(revoked_at=at)
        SignInSlip.objects.bulk_create(
            [
                SignInSlip(
                    user=slip.user,
                    code_hash=_hash(slip.user.pk, slip.code),
                    created_by=by,
                    created_at=at,
                    expires_at=slip.expires_at,
                )
                for slip in issued
            ],
            batch_size=_BATCH,
        )
        if issued:
            audit.record(
                "people.slips_issued",
                by,
                by=by,
                at=at,
                summary=_("Cấp %(count)s phiếu đăng nhập") % {"count": len(issued)},
                data={"user_ids": [slip.user.pk for slip in issued]},
            )
    return issued


def check_slip(identity: str, code: str, *, at: datetime) -> SignInSlip:
    """The live slip that this code opens. Uses nothing up. Raises SlipRefused."""
    person = find_person(identity)
    # asked for an unknown person too, so that time tells nothing
    slip = SignInSlip.objects.filter(
        user_id=person.pk if person else 0, used_at=None, revoked_at=None, expires_at__gt=at
    ).first()
    right = slip is not None and _is_right(slip, code)
    if slip is None or not right or person is None or not person.is_active:
        raise SlipRefused
    return slip


def use_slip(slip_id: int, *, password: str, at: datetime) -> User:
    """Set the password and use the slip up, once. Raises SlipRefused."""
    encoded = make_password(password)  # slow on purpose: not while rows are locked
    with transaction.atomic():
        claimed = SignInSlip.objects.filter(
            pk=slip_id,
            used_at=None,
            revoked_at=None,
            expires_at__gt=at,
            user__is_active=True,
        ).update(used_at=at)
        if claimed != 1:
            raise SlipRefused
        user = User.objects.select_for_update().get(sign_in_slips=slip_id)
        user.password = encoded
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        audit.record(
            "people.slip_used", user, by=user, at=at, summary=_("Đặt mật khẩu bằng phiếu đăng nhập")
        )
    return user


def shown(code: str) -> str:
    """As printed: in two halves."""
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def _new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _position in range(_LENGTH))


def _normalise(code: str) -> str:
    return "".join(char for char in code.upper() if char in _ALPHABET)[: _LENGTH + 1]


def _hash(user_id: int, code: str, *, secret: str | bytes | None = None) -> str:
    """Keyed with the server's secret: 50 random bits then need no slow hash, 5,000 are quick."""
    return salted_hmac(
        "people.slips", f"{user_id}:{code}", secret=secret, algorithm="sha256"
    ).hexdigest()


def _is_right(slip: SignInSlip, code: str) -> bool:
    typed = _normalise(code)
    secrets_in_use = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        constant_time_compare(slip.code_hash, _hash(slip.user_id, typed, secret=secret))
        for secret in secrets_in_use
    )
