"""Figures of a unit: one a month, corrected openly."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from cms.models import AdoptionFigure
from cms.replication import adopting, reporting
from cms.replication.queries import figures_of
from core.errors import Conflict, DomainError, ReasonMissing
from tests.cms.replication.factories import (
    AT,
    LEVEL,
    ON,
    make_counting_model,
    register,
    report,
    run,
)

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def test_the_months_from_the_first_to_this_one_are_taken():
    adoption = run(make_counting_model(), since=date(2026, 9, 15))
    assert reporting.months_to_report(adoption, on=ON) == [
        NOVEMBER,
        OCTOBER,
        date(2026, 9, 1),
    ]
    ended = adopting.end_adoption(
        adoption, ended_on=date(2026, 10, 3), on=ON, by=adoption.registered_by, at=AT
    )
    assert reporting.months_to_report(ended, on=ON) == [OCTOBER, date(2026, 9, 1)]


def test_a_month_crosses_the_year():
    adoption = run(make_counting_model(), since=date(2025, 12, 31))
    assert reporting.months_to_report(adoption, on=date(2026, 1, 2)) == [
        date(2026, 1, 1),
        date(2025, 12, 1),
    ]


def test_who_does_not_run_the_model_reports_nothing():
    adoption = register(make_counting_model())
    with pytest.raises(DomainError):
        report(adoption, NOVEMBER, "1")


def test_a_month_before_it_began_is_refused():
    with pytest.raises(DomainError):
        report(run(make_counting_model()), OCTOBER, "1")


def test_a_month_has_one_figure_a_measure():
    adoption = run(make_counting_model())
    report(adoption, NOVEMBER, "12")
    report(adoption, NOVEMBER, "15", key=LEVEL)
    with pytest.raises(Conflict, match="11/2026"):
        report(adoption, NOVEMBER, "13")
    assert AdoptionFigure.objects.count() == 2


def test_a_correction_keeps_the_old_value_who_and_when():
    adoption = run(make_counting_model())
    first = report(adoption, NOVEMBER, "12")
    second = reporting.correct_figure(
        first, value=Decimal("21"), reason="Gõ nhầm", by=adoption.registered_by, at=AT
    )
    [row] = figures_of(adoption)
    assert (row.figure.pk, row.figure.reason) == (second.pk, "Gõ nhầm")
    assert [(old.value, old.reported_by_id) for old in row.before] == [
        (Decimal(12), adoption.registered_by_id)
    ]


def test_a_figure_is_taken_back_and_reported_anew():
    adoption = run(make_counting_model())
    by = adoption.registered_by
    gone = reporting.correct_figure(
        report(adoption, NOVEMBER, "12"), value=None, reason="Nhầm tháng", by=by, at=AT
    )
    assert gone.value is None
    back = reporting.correct_figure(gone, value=Decimal(9), reason="Đã có", by=by, at=AT)
    [row] = figures_of(adoption)
    assert row.figure.pk == back.pk
    assert len(row.before) == 2


def test_two_corrections_of_one_figure_do_not_both_stand():
    adoption = run(make_counting_model())
    first = report(adoption, NOVEMBER, "12")
    reporting.correct_figure(first, value=Decimal(1), reason="a", by=first.reported_by, at=AT)
    with pytest.raises(Conflict):
        reporting.correct_figure(first, value=Decimal(2), reason="b", by=first.reported_by, at=AT)
    with pytest.raises(ReasonMissing):
        reporting.correct_figure(first, value=Decimal(2), reason="", by=first.reported_by, at=AT)


def test_the_database_does_not_change_what_was_reported():
    figure = report(run(make_counting_model()), NOVEMBER, "12")
    with pytest.raises(DatabaseError), transaction.atomic():
        AdoptionFigure.objects.filter(pk=figure.pk).update(value=13)


def test_a_measure_that_an_editor_removed_keeps_its_figures():
    model = make_counting_model()
    adoption = run(model)
    report(adoption, NOVEMBER, "12")
    model.measures = []
    model.save_revision().publish()
    [row] = figures_of(adoption)
    assert row.figure.measure_name == "Hồ sơ nhận"
