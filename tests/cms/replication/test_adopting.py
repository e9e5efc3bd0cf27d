"""The steps of an adoption, and the way back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cms.models import Adoption
from cms.replication import adopting
from core.errors import Conflict, DomainError, NotAllowed, ReasonMissing
from core.models import AuditEvent
from people import roles
from tests.cms.replication.factories import (
    AT,
    ON,
    make_counting_model,
    make_head,
    register,
    report,
    run,
)
from tests.people.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


def acts(adoption):
    return list(
        AuditEvent.objects.filter(object_type="cms.Adoption", object_id=adoption.pk)
        .order_by("pk")
        .values_list("action", flat=True)
    )


def test_a_unit_registers_is_confirmed_runs_and_ends():
    adoption = run(make_counting_model(), since=date(2026, 9, 1))
    ended = adopting.end_adoption(adoption, ended_on=ON, on=ON, by=adoption.registered_by, at=AT)
    assert (ended.state, ended.started_on, ended.ended_on) == ("ended", date(2026, 9, 1), ON)
    assert acts(adoption) == [
        "adoption.registered",
        "adoption.confirmed",
        "adoption.started",
        "adoption.ended",
    ]


def test_a_unit_registers_once():
    model, unit = make_counting_model(), make_unit()
    register(model, unit)
    with pytest.raises(Conflict):
        register(model, unit)


def test_where_a_model_comes_from_does_not_adopt_it():
    unit = make_unit()
    with pytest.raises(NotAllowed):
        register(make_counting_model(unit=unit), unit)


def test_a_unit_that_has_ended_does_not_adopt():
    with pytest.raises(NotAllowed):
        register(make_counting_model(), make_unit(valid_to=date(2025, 6, 30)))


def test_nobody_confirms_their_own_registration():
    unit = make_unit()
    both = make_user(roles.UNIT_HEAD, roles.EDITOR, unit=unit)
    adoption = register(make_counting_model(), unit, by=both)
    with pytest.raises(NotAllowed):
        adopting.confirm_adoption(adoption, by=both, at=AT)


def test_declining_needs_a_reason_and_the_unit_may_come_again():
    model, unit = make_counting_model(), make_unit()
    adoption, editor = register(model, unit), make_user(roles.EDITOR)
    with pytest.raises(ReasonMissing):
        adopting.decline_adoption(adoption, reason=" ", by=editor, at=AT)
    declined = adopting.decline_adoption(adoption, reason="Trùng khối", by=editor, at=AT)
    assert declined.decline_reason == "Trùng khối"
    again = register(model, unit)
    assert again.pk == adoption.pk
    assert (again.state, again.decline_reason) == ("registered", "")


def test_every_step_is_taken_back_to_where_it_began():
    adoption = run(make_counting_model())
    by = adoption.registered_by
    ended = adopting.end_adoption(adoption, ended_on=ON, on=ON, by=by, at=AT)
    seen = []
    for _step in range(3):
        ended = adopting.take_back_step(ended, seen=ended.state, by=by, at=AT)
        seen.append(ended.state)
    assert seen == ["running", "confirmed", "registered"]
    assert (ended.started_on, ended.ended_on, ended.confirmed_at) == (None, None, None)
    with pytest.raises(Conflict):
        adopting.take_back_step(ended, seen="registered", by=by, at=AT)


def test_running_is_not_taken_back_once_figures_stand():
    adoption = run(make_counting_model())
    report(adoption, ON.replace(day=1), "12")
    with pytest.raises(Conflict):
        adopting.take_back_step(adoption, seen="running", by=adoption.registered_by, at=AT)


def test_a_step_seen_on_an_old_page_is_refused():
    adoption = register(make_counting_model())
    adopting.confirm_adoption(adoption, by=make_user(roles.EDITOR), at=AT)
    with pytest.raises(Conflict, match="Đã xác nhận"):
        adopting.decline_adoption(adoption, reason="x", by=make_user(roles.EDITOR), at=AT)
    with pytest.raises(Conflict):
        adopting.take_back_step(adoption, seen="running", by=make_user(roles.EDITOR), at=AT)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(1999, 1, 1)])
def test_a_day_that_cannot_be_is_refused(day):
    adoption = register(make_counting_model())
    adopting.confirm_adoption(adoption, by=make_user(roles.EDITOR), at=AT)
    with pytest.raises(DomainError):
        adopting.start_adoption(adoption, started_on=day, on=ON, by=adoption.registered_by, at=AT)


def test_an_end_before_the_beginning_is_refused():
    adoption = run(make_counting_model(), since=date(2026, 11, 10))
    with pytest.raises(DomainError, match="10/11/2026"):
        adopting.end_adoption(
            adoption,
            ended_on=date(2026, 11, 9),
            on=ON,
            by=adoption.registered_by,
            at=AT,
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "confirmed"},
        {"state": "running", "confirmed_at": AT},
        {"state": "ended", "confirmed_at": AT, "started_on": ON},
        {"state": "declined"},
        {"state": "running", "confirmed_at": AT, "started_on": ON, "ended_on": ON},
    ],
)
def test_the_database_keeps_no_half_state(fields):
    unit = make_unit()
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(
            model=make_counting_model(),
            unit=unit,
            registered_by=make_head(unit),
            registered_at=AT,
            **fields,
        )
