"""Giving a place its short link to a page."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from posters.codes import CODE_LENGTH, CODE_MAX_LENGTH, new_code
from posters.models import Place, ShortLink
from posters.targets import is_site_path

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Target:
    """A page of this site. `key` names it for whoever knows pages; `detail` is a short line of
    facts for the poster; `title` is what people call it."""

    path: str
    title: str
    key: str = ""
    detail: str = ""


def link_place(place: Place, *, target: Target, at: datetime) -> ShortLink:
    """The place's link to the target: the one it has, so that a poster printed again counts as the
    same, or a new one. Raises DomainError for an address that is not of this site."""
    if not is_site_path(target.path):
        raise DomainError(_("Mã QR chỉ dẫn đến trang của chính cổng này."))
    found = _existing(place, target)
    if found is not None:
        return found
    for tried in range(_TRIES):
        try:
            with transaction.atomic():
                return ShortLink.objects.create(
                    code=new_code(CODE_LENGTH if tried < _TRIES // 2 else CODE_MAX_LENGTH),
                    place=place,
                    target_path=target.path,
                    target_key=target.key,
                    title=target.title[:255],
                    created_at=at,
                )
        except IntegrityError:
            # The code is taken, or another request has just made the same link.
            found = _existing(place, target)
            if found is not None:
                return found
    raise DomainError(_("Chưa tạo được mã mới. Hãy thử lại."))


def _existing(place: Place, target: Target) -> ShortLink | None:
    same = (
        {"target_key": target.key} if target.key else {"target_key": "", "target_path": target.path}
    )
    return ShortLink.objects.filter(place=place, **same).first()
