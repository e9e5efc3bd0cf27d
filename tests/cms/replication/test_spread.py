"""What everyone sees of where a model has spread."""

from datetime import date
from decimal import Decimal

import pytest

from cms.replication import adopting, reporting
from cms.replication.spread import spread_of
from people.models import Block
from tests.cms.replication.factories import (
    AT,
    LEVEL,
    ON,
    make_counting_model,
    register,
    report,
    run,
)
from tests.people.factories import make_unit

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def look(model):
    return spread_of(model, model.measured, on=ON)


def test_units_stand_in_their_blocks_by_name_with_sums_and_latest_levels():
    model = make_counting_model()
    wards = Block.objects.create(code="phuong", name="Khối phường", order=1)
    second = run(model, make_unit("Phường Nghĩa Đô", block=wards), since=SEPTEMBER)
    run(model, make_unit("Phường Đông Ngạc", block=wards), since=OCTOBER)
    run(model, make_unit("Sở Nội vụ", kind="department"), since=OCTOBER)
    report(second, SEPTEMBER, "10")
    report(second, OCTOBER, "5.5")
    report(second, SEPTEMBER, "40", key=LEVEL)
    report(second, OCTOBER, "25", key=LEVEL)
    found = look(model)
    assert [
        (block.name, [unit.adoption.unit.name for unit in block.units]) for block in found.blocks
    ] == [
        ("Khối phường", ["Phường Đông Ngạc", "Phường Nghĩa Đô"]),
        ("Sở, ban, ngành", ["Sở Nội vụ"]),
    ]
    cells = next(
        unit.measures
        for block in found.blocks
        for unit in block.units
        if unit.adoption.pk == second.pk
    )
    assert [cell.shown for cell in cells] == [Decimal("15.5"), Decimal(25)]


def test_the_plot_counts_running_units_and_adds_what_is_countable():
    model = make_counting_model()
    first, other = run(model, since=SEPTEMBER), run(model, since=OCTOBER)
    report(first, SEPTEMBER, "3")
    report(first, NOVEMBER, "4")
    report(other, NOVEMBER, "5")
    report(other, NOVEMBER, "60", key=LEVEL)
    units, counted = look(model).series
    assert units.rows == [(SEPTEMBER, 1), (OCTOBER, 2), (NOVEMBER, 2)]
    assert counted.rows == [(SEPTEMBER, 3), (OCTOBER, None), (NOVEMBER, 9)]
    assert counted.measure.name == "Hồ sơ nhận"


def test_a_unit_that_ended_counts_until_then():
    model = make_counting_model()
    adoption = run(model, since=SEPTEMBER)
    adopting.end_adoption(adoption, ended_on=OCTOBER, on=ON, by=adoption.registered_by, at=AT)
    found = look(model)
    assert found.series[0].rows == [(SEPTEMBER, 1), (OCTOBER, 1), (NOVEMBER, 0)]
    assert (found.unit_count, found.running_count) == (1, 0)


def test_a_figure_taken_back_is_in_no_sum():
    model = make_counting_model()
    adoption = run(model)
    figure = report(adoption, NOVEMBER, "3")
    reporting.correct_figure(figure, value=None, reason="Nhầm", by=figure.reported_by, at=AT)
    found = look(model)
    assert found.blocks[0].units[0].measures[0].shown is None
    assert [monthly.measure for monthly in found.series] == [None]


def test_the_page_names_confirmed_units_only_and_no_person(client):
    model = make_counting_model()
    shown, waiting = make_unit("Phường Nghĩa Đô"), make_unit("Phường Chờ Duyệt")
    adoption = run(model, shown, since=OCTOBER)
    report(adoption, OCTOBER, "1234.5")
    register(model, waiting)
    page = client.get(model.url).text
    assert "Phường Nghĩa Đô" in page
    assert "1.234,5 hồ sơ" in page
    assert "Phường Chờ Duyệt" not in page
    assert adoption.registered_by.full_name not in page
    assert adoption.confirmed_by.full_name not in page


@pytest.mark.parametrize("units", [1, 3])
def test_statements_do_not_grow_with_the_units(client, django_assert_num_queries, units):
    model = make_counting_model()
    for _unit in range(units):
        report(run(model, since=OCTOBER), OCTOBER, "7")
    client.get(model.url)
    with django_assert_num_queries(7):
        client.get(model.url)
