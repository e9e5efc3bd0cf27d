"""A model that counts two things, and units that adopt it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cms.models import Adoption, ReformModelPage
from cms.replication import adopting, reporting
from people import roles
from people.models import Unit, User
from tests.cms.factories import make_model
from tests.people.factories import make_unit, make_user

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ON = date(2026, 11, 20)
COUNT, LEVEL = "measure-1", "measure-2"


def make_counting_model(title: str = "Giờ làm việc thứ 9", **fields: Any) -> ReformModelPage:
    measures = [
        {"name": "Hồ sơ nhận", "unit": "hồ sơ", "kind": "count"},
        {"name": "Đợi lâu nhất", "unit": "phút", "kind": "level"},
    ]
    return make_model(title, measures=measures, **fields)


def make_head(unit: Unit) -> User:
    return make_user(roles.UNIT_HEAD, unit=unit)


def register(model: ReformModelPage, unit: Unit | None = None, by: User | None = None) -> Adoption:
    unit = unit or make_unit()
    return adopting.register_adoption(model, unit=unit, by=by or make_head(unit), at=AT, on=ON)


def run(model: ReformModelPage, unit: Unit | None = None, *, since: date = ON) -> Adoption:
    adoption = register(model, unit)
    adopting.confirm_adoption(adoption, by=make_user(roles.EDITOR), at=AT)
    return adopting.start_adoption(
        adoption, started_on=since, on=ON, by=adoption.registered_by, at=AT
    )


def report(adoption: Adoption, month: date, value: str, *, key: str = COUNT) -> Any:
    measure = adoption.model.measure(key)
    assert measure
    return reporting.report_figure(
        adoption,
        measure=measure,
        month=month,
        value=Decimal(value),
        on=ON,
        by=adoption.registered_by,
        at=AT,
    )
