"""A unit adopts a model: registering, confirming, running, ending, and taking a step back.

registered → confirmed → running → ended; registered → declined; registered, confirmed → withdrawn.
Every step locks the row, looks again and goes on record. Views ask `rules` who may do which.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.models.adoptions import Adoption, AdoptionAct, AdoptionState
from cms.models.reform_models import ReformModelPage
from cms.replication import rules
from core import audit
from core.errors import Conflict, DomainError, NotAllowed
from core.vietnamese import nfc
from people.models import Unit, User

STATE = AdoptionState
# What undoing leads back to, and whether it is the unit or an editor who took the step.
BEFORE = {
    STATE.CONFIRMED: (STATE.REGISTERED, "editor"),
    STATE.DECLINED: (STATE.REGISTERED, "editor"),
    STATE.RUNNING: (STATE.CONFIRMED, "unit"),
    STATE.ENDED: (STATE.RUNNING, "unit"),
    STATE.WITHDRAWN: (STATE.REGISTERED, "unit"),
}
MAX_YEARS_BACK = 10
MAY_REGISTER_AGAIN = (STATE.WITHDRAWN, STATE.DECLINED)


class StepNotPossible(Conflict):
    """The adoption is no longer where the step begins; the message says where it is."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(
            _("Việc này không còn làm được: đăng ký đang ở tình trạng “%s”. Hãy tải lại trang.")
            % adoption.get_state_display()
        )


@transaction.atomic
def register_adoption(
    model: ReformModelPage, *, unit: Unit, by: User, at: datetime, on: date, note: str = ""
) -> Adoption:
    """Register the unit for the model. One that withdrew or was declined comes back with the same
    row; one that is registered already gets a Conflict. ``on``: today, in the office's time."""
    if not rules.may_adopt(unit, model, on=on):
        raise NotAllowed(
            _("Đơn vị này là nơi khởi xướng mô hình, hoặc không còn hoạt động, nên không đăng ký.")
        )
    adoption, is_new = Adoption.objects.select_for_update().get_or_create(
        model=model,
        unit=unit,
        defaults={"registered_by": by, "registered_at": at, "note": nfc(note)[:300]},
    )
    if not is_new:
        if adoption.state not in MAY_REGISTER_AGAIN:
            raise Conflict(
                _("Đơn vị đã đăng ký mô hình này: %s.") % adoption.get_state_display().lower()
            )
        adoption.registered_by, adoption.registered_at = by, at
        adoption.note = nfc(note)[:300]
        _enter(adoption, STATE.REGISTERED)
    _note(
        adoption,
        AdoptionAct.REGISTERED,
        by=by,
        at=at,
        summary=_("%(unit)s đăng ký áp dụng mô hình “%(model)s”"),
    )
    return adoption


def withdraw_adoption(adoption: Adoption, *, by: User, at: datetime) -> Adoption:
    """The unit gives it up before it began."""
    return _step(
        adoption,
        AdoptionAct.WITHDRAWN,
        (STATE.REGISTERED, STATE.CONFIRMED),
        STATE.WITHDRAWN,
        by=by,
        at=at,
        summary=_("%(unit)s rút đăng ký áp dụng mô hình “%(model)s”"),
    )


def confirm_adoption(adoption: Adoption, *, by: User, at: datetime) -> Adoption:
    """An editor confirms; nobody confirms what they registered themselves."""
    if adoption.registered_by_id == by.pk:
        raise NotAllowed(_("Người đăng ký không tự xác nhận; hãy nhờ biên tập viên khác."))
    return _step(
        adoption,
        AdoptionAct.CONFIRMED,
        (STATE.REGISTERED,),
        STATE.CONFIRMED,
        by=by,
        at=at,
        summary=_("Xác nhận %(unit)s áp dụng mô hình “%(model)s”"),
        confirmed_by=by,
        confirmed_at=at,
    )


def decline_adoption(adoption: Adoption, *, reason: str, by: User, at: datetime) -> Adoption:
    reason = audit.required_reason(reason)
    return _step(
        adoption,
        AdoptionAct.DECLINED,
        (STATE.REGISTERED,),
        STATE.DECLINED,
        by=by,
        at=at,
        summary=_("Không xác nhận %(unit)s áp dụng mô hình “%(model)s”"),
        reason=reason,
        decline_reason=reason,
    )


def start_adoption(
    adoption: Adoption, *, started_on: date, on: date, by: User, at: datetime
) -> Adoption:
    """The unit says since when it runs the model. ``on``: today."""
    if started_on > on:
        raise DomainError(_("Ngày bắt đầu chưa đến. Hãy ghi ngày hôm nay hoặc trước đó."))
    if started_on.year < on.year - MAX_YEARS_BACK:
        raise DomainError(_("Ngày bắt đầu quá xa; hãy kiểm tra lại năm."))
    return _step(
        adoption,
        AdoptionAct.STARTED,
        (STATE.CONFIRMED,),
        STATE.RUNNING,
        by=by,
        at=at,
        summary=_("%(unit)s bắt đầu thực hiện mô hình “%(model)s”"),
        started_on=started_on,
    )


def end_adoption(
    adoption: Adoption, *, ended_on: date, on: date, by: User, at: datetime
) -> Adoption:
    if ended_on > on:
        raise DomainError(_("Ngày kết thúc chưa đến. Hãy ghi ngày hôm nay hoặc trước đó."))
    if adoption.started_on and ended_on < adoption.started_on:
        raise DomainError(
            _("Ngày kết thúc phải từ ngày bắt đầu (%s) trở đi.") % f"{adoption.started_on:%d/%m/%Y}"
        )
    return _step(
        adoption,
        AdoptionAct.ENDED,
        (STATE.RUNNING,),
        STATE.ENDED,
        by=by,
        at=at,
        summary=_("%(unit)s kết thúc thực hiện mô hình “%(model)s”"),
        ended_on=ended_on,
    )


@transaction.atomic
def take_back_step(adoption: Adoption, *, seen: str, by: User, at: datetime) -> Adoption:
    """Undo the last step. ``seen``: the state that the person saw; another one is a Conflict.

    Running is not undone once figures stand: they were reported of something.
    """
    held = _lock(adoption)
    if held.state != seen or held.state not in BEFORE:
        raise StepNotPossible(held)
    if held.state == STATE.RUNNING and held.figures.exists():
        raise Conflict(_("Đã có số liệu báo cáo nên không hoàn tác được; hãy kết thúc mô hình."))
    was = held.get_state_display()
    target, _side = BEFORE[AdoptionState(held.state)]
    _enter(held, target)
    _note(
        held,
        AdoptionAct.TAKEN_BACK,
        by=by,
        at=at,
        summary=_("Hoàn tác tình trạng của %(unit)s, mô hình “%(model)s”"),
        data={"from": was, "to": held.get_state_display()},
    )
    return held


@transaction.atomic
def _step(
    adoption: Adoption,
    act: AdoptionAct,
    begins: tuple[AdoptionState, ...],
    target: AdoptionState,
    *,
    by: User,
    at: datetime,
    summary: str,
    reason: str = "",
    **changes: Any,
) -> Adoption:
    held = _lock(adoption)
    if held.state not in begins:
        raise StepNotPossible(held)
    for name, value in changes.items():
        setattr(held, name, value)
    _enter(held, target)
    _note(held, act, by=by, at=at, summary=summary, reason=reason)
    return held


def _lock(adoption: Adoption) -> Adoption:
    # of=("self",): PostgreSQL locks no nullable side of a join, and the unit is not ours to lock.
    held: Adoption = (
        Adoption.objects.select_for_update(of=("self",))
        .select_related("unit", "model")
        .get(pk=adoption.pk)
    )
    return held


def _enter(adoption: Adoption, state: AdoptionState) -> None:
    """Save the state; what only a later state knows is forgotten (the log keeps it)."""
    adoption.state = state
    if state in (STATE.REGISTERED, STATE.WITHDRAWN, STATE.DECLINED):
        adoption.confirmed_by = adoption.confirmed_at = None
    if state not in (STATE.RUNNING, STATE.ENDED):
        adoption.started_on = None
    if state != STATE.ENDED:
        adoption.ended_on = None
    if state != STATE.DECLINED:
        adoption.decline_reason = ""
    adoption.save()


def _note(
    adoption: Adoption,
    act: AdoptionAct,
    *,
    by: User,
    at: datetime,
    summary: str,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    audit.record(
        act,
        adoption,
        by=by,
        at=at,
        summary=summary % {"unit": adoption.unit.name, "model": adoption.model.title},
        reason=reason,
        data=data or {"state": adoption.state},
    )
