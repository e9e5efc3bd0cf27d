"""The steps of an adoption as a person takes them: who, from which state, asked what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.models.adoptions import Adoption, AdoptionState
from cms.replication import adopting, rules
from cms.replication.forms import DayForm, ReasonForm, SeenForm
from people.models import User

STATE = AdoptionState
type Words = str | Promise
type Form = Callable[..., forms.Form]


def _nothing(data: Any, *, today: date, adoption: Adoption) -> forms.Form:
    return forms.Form(data)


def _reason(data: Any, *, today: date, adoption: Adoption) -> forms.Form:
    return ReasonForm(data)


def _seen(data: Any, *, today: date, adoption: Adoption) -> forms.Form:
    return SeenForm(data, initial={"seen": adoption.state})


def _day(label: Words) -> Form:
    def make(data: Any, *, today: date, adoption: Adoption) -> forms.Form:
        return DayForm(data, label=label, today=today, initial={"day": today})

    return make


@dataclass(frozen=True, slots=True)
class Step:
    """``side``: "unit" or "editor". ``take(adoption, cleaned data, on, by, at)`` does it."""

    name: str
    side: str
    begins: Sequence[str]
    label: Words
    question: Words
    done: Words
    take: Callable[..., Adoption]
    form: Form = _nothing
    kind: str = "secondary"

    def is_for(self, adoption: Adoption, user: User) -> bool:
        if self.side == "editor":
            return rules.decides_on_adoptions(user)
        return rules.speaks_for(user, adoption.unit)

    def is_offered(self, adoption: Adoption, user: User) -> bool:
        return adoption.state in self.begins and self.is_for(adoption, user)


type Data = Mapping[str, Any]


def _confirm(adoption: Adoption, data: Data, *, on: date, by: User, at: datetime) -> Adoption:
    return adopting.confirm_adoption(adoption, by=by, at=at)


def _decline(adoption: Adoption, data: Data, *, on: date, by: User, at: datetime) -> Adoption:
    return adopting.decline_adoption(adoption, reason=data["reason"], by=by, at=at)


def _withdraw(adoption: Adoption, data: Data, *, on: date, by: User, at: datetime) -> Adoption:
    return adopting.withdraw_adoption(adoption, by=by, at=at)


def _start(adoption: Adoption, data: Data, *, on: date, by: User, at: datetime) -> Adoption:
    return adopting.start_adoption(adoption, started_on=data["day"], on=on, by=by, at=at)


def _end(adoption: Adoption, data: Data, *, on: date, by: User, at: datetime) -> Adoption:
    return adopting.end_adoption(adoption, ended_on=data["day"], on=on, by=by, at=at)


def _take_back(adoption: Adoption, data: Data, *, on: date, by: User, at: datetime) -> Adoption:
    return adopting.take_back_step(adoption, seen=data["seen"], by=by, at=at)


_UNDOING: dict[str, Any] = {
    "label": _("Hoàn tác bước vừa rồi"),
    "question": _("Trả về tình trạng trước đó? Việc này được ghi vào nhật ký."),
    "done": _("Đã hoàn tác."),
    "take": _take_back,
    "form": _seen,
    "kind": "quiet",
}


def _undone_by(side: str) -> list[str]:
    return [state for state, (_target, who) in adopting.BEFORE.items() if who == side]


STEPS = {
    step.name: step
    for step in (
        Step(
            "confirm",
            "editor",
            [STATE.REGISTERED],
            _("Xác nhận"),
            _("Xác nhận đơn vị này áp dụng mô hình? Tên đơn vị sẽ hiện trên trang mô hình."),
            _("Đã xác nhận."),
            _confirm,
            kind="primary",
        ),
        Step(
            "decline",
            "editor",
            [STATE.REGISTERED],
            _("Không xác nhận"),
            _("Đơn vị đọc được lý do và có thể đăng ký lại."),
            _("Đã ghi là không xác nhận."),
            _decline,
            form=_reason,
        ),
        Step(
            "start",
            "unit",
            [STATE.CONFIRMED],
            _("Bắt đầu thực hiện"),
            _("Từ ngày này đơn vị thực hiện mô hình và báo cáo số liệu hằng tháng."),
            _("Đã ghi ngày bắt đầu. Từ nay đơn vị báo cáo được số liệu."),
            _start,
            form=_day(_("Thực hiện từ ngày")),
            kind="primary",
        ),
        Step(
            "end",
            "unit",
            [STATE.RUNNING],
            _("Kết thúc"),
            _("Trang mô hình sẽ ghi đơn vị đã kết thúc. Số liệu đã báo cáo vẫn được giữ."),
            _("Đã ghi ngày kết thúc."),
            _end,
            form=_day(_("Kết thúc ngày")),
        ),
        Step(
            "withdraw",
            "unit",
            [STATE.REGISTERED, STATE.CONFIRMED],
            _("Rút đăng ký"),
            _("Đơn vị sẽ không còn trong danh sách áp dụng mô hình. Có thể đăng ký lại."),
            _("Đã rút đăng ký."),
            _withdraw,
        ),
        Step("undo", "unit", _undone_by("unit"), **_UNDOING),
        Step("undo-decision", "editor", _undone_by("editor"), **_UNDOING),
    )
}


def steps_for(adoption: Adoption, user: User) -> list[Step]:
    return [step for step in STEPS.values() if step.is_offered(adoption, user)]
