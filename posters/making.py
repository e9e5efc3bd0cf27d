"""Making a poster from a place and what it shall lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError
from posters.enums import PosterAct
from posters.linking import Target, link_place
from posters.models import Place, Poster, PosterItem

MAX_ITEMS = 48


@dataclass(frozen=True, slots=True)
class PosterWording:
    title: str
    agency: str
    contact: str = ""


def make_poster(
    place: Place,
    *,
    size: str,
    wording: PosterWording,
    targets: Sequence[Target],
    list_target: Target | None = None,
    by: Any,
    at: datetime,
) -> Poster:
    """A poster with one code for each target, or, with `list_target`, one code for that page and
    the targets only named. Raises DomainError when there is nothing, or too much, to show."""
    if not targets:
        raise DomainError(_("Hãy chọn ít nhất một thủ tục."))
    if len(targets) > MAX_ITEMS:
        raise DomainError(
            _("Bạn chọn %(count)s thủ tục; mỗi lần in tối đa %(limit)s. Hãy bỏ bớt.")
            % {"count": len(targets), "limit": MAX_ITEMS}
        )
    with transaction.atomic():
        poster = Poster.objects.create(
            place=place,
            size=size,
            layout=Poster.Layout.LIST if list_target else Poster.Layout.EACH,
            title=wording.title,
            agency=wording.agency,
            contact=wording.contact,
            list_link=link_place(place, target=list_target, at=at) if list_target else None,
            made_on=timezone.localdate(at),
            created_at=at,
            created_by=by,
        )
        PosterItem.objects.bulk_create(
            PosterItem(
                poster=poster,
                position=position,
                link=None if list_target else link_place(place, target=target, at=at),
                title=target.title[:255],
                detail=target.detail[:160],
            )
            for position, target in enumerate(targets, start=1)
        )
        audit.record(
            PosterAct.POSTER_MADE,
            poster,
            by=by,
            at=at,
            summary=_("Lập áp phích cho %(place)s") % {"place": place.name},
        )
    return poster
