"""Keeping the log of broadcasts: lines are added, corrected by further lines, never changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.audit import required_reason
from core.errors import NotAllowed
from outreach.enums import OutreachAct
from outreach.errors import BroadcastRefused
from outreach.models import Broadcast, ScriptVersion
from outreach.rules import can_record_broadcast
from people.models import Unit, User


@dataclass(frozen=True, slots=True)
class Aired:
    """What was aired, when, where, by whom."""

    unit: Unit
    version: ScriptVersion
    aired_at: datetime
    minutes: int
    place: str
    announcer: str
    note: str = ""


def record_broadcast(aired: Aired, *, by: User, at: datetime) -> Broadcast:
    """One line of the log. Raises NotAllowed, BroadcastRefused."""
    _check(aired, by=by, at=at)
    try:
        with transaction.atomic():
            return _line(aired, by=by, at=at)
    except IntegrityError as error:
        raise BroadcastRefused(_("Lần phát này đã có trong nhật ký.")) from error


def correct_broadcast(
    broadcast: Broadcast, aired: Aired, *, reason: str, by: User, at: datetime
) -> Broadcast:
    """A line instead of an earlier one, which stays. Raises NotAllowed, BroadcastRefused."""
    _check(aired, by=by, at=at)
    return _replace(broadcast, aired, reason=reason, by=by, at=at, is_struck_out=False)


def strike_out(broadcast: Broadcast, *, reason: str, by: User, at: datetime) -> Broadcast:
    """The broadcast did not take place; the line stays and says so."""
    aired = Aired(
        unit=broadcast.unit,
        version=broadcast.version,
        aired_at=broadcast.aired_at,
        minutes=broadcast.minutes,
        place=broadcast.place,
        announcer=broadcast.announcer,
        note=broadcast.note,
    )
    return _replace(broadcast, aired, reason=reason, by=by, at=at, is_struck_out=True)


def _replace(
    broadcast: Broadcast, aired: Aired, *, reason: str, by: User, at: datetime, is_struck_out: bool
) -> Broadcast:
    reason = required_reason(reason)
    if not can_record_broadcast(by, broadcast.unit):
        raise NotAllowed(_("Chỉ cán bộ của đơn vị mới sửa nhật ký của đơn vị."))
    if broadcast.is_struck_out and is_struck_out:
        raise BroadcastRefused(_("Dòng này đã gạch bỏ rồi."))
    try:
        with transaction.atomic():
            line = _line(
                aired, by=by, at=at, replaces=broadcast, reason=reason, is_struck_out=is_struck_out
            )
            audit.record(
                OutreachAct.BROADCAST_CORRECTED,
                line,
                by=by,
                at=at,
                summary=_("Sửa nhật ký phát thanh: %s") % broadcast.title,
                reason=reason,
                data={"replaces": broadcast.pk, "struck_out": is_struck_out},
            )
    except IntegrityError as error:
        raise BroadcastRefused(
            _("Dòng này vừa được sửa. Hãy tải lại nhật ký và sửa dòng mới nhất.")
        ) from error
    return line


def _line(
    aired: Aired,
    *,
    by: User,
    at: datetime,
    replaces: Broadcast | None = None,
    reason: str = "",
    is_struck_out: bool = False,
) -> Broadcast:
    script = aired.version.script
    return Broadcast.objects.create(
        unit=aired.unit,
        version=aired.version,
        title=script.title,
        topic=script.topic,
        aired_at=aired.aired_at,
        minutes=aired.minutes,
        place=aired.place,
        announcer=aired.announcer,
        note=aired.note,
        recorded_by=by,
        recorded_at=at,
        replaces=replaces,
        reason=reason,
        is_struck_out=is_struck_out,
    )


def _check(aired: Aired, *, by: User, at: datetime) -> None:
    if not can_record_broadcast(by, aired.unit):
        raise NotAllowed(_("Chỉ cán bộ của đơn vị mới ghi nhật ký của đơn vị."))
    if aired.aired_at > at:
        raise BroadcastRefused(_("Giờ phát ở tương lai. Chỉ ghi những lần đã phát."))
