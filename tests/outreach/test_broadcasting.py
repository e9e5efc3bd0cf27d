"""The log: lines stay, corrections stand beside them, totals count what is in force."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, ReasonMissing
from outreach.broadcasting import Aired, correct_broadcast, record_broadcast, strike_out
from outreach.errors import BroadcastRefused
from outreach.log_papers import log_document, write_log
from outreach.models import Broadcast
from outreach.queries import Total, log_of_month, totals_of_month
from outreach.scripting import current_version
from people.models import Unit
from people.roles import ADMINISTRATOR, EDITOR, JURY, UNIT_HEAD
from printing.composing import compose
from tests.outreach.factories import AT, make_person, make_script, make_unit

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def ward() -> Unit:
    return make_unit("Phường Thanh Khê", parent=make_unit("Thành phố"))


@pytest.fixture
def head(ward):
    return make_person(UNIT_HEAD, unit=ward)


def aired(unit: Unit, **fields) -> Aired:
    script = fields.pop("script", None) or make_script(unit)
    return Aired(
        **{
            "unit": unit,
            "version": current_version(script),
            "aired_at": AT - timedelta(hours=1),
            "minutes": 3,
            "place": "Cụm loa số 1",
            "announcer": "Lê Thị Ước",
            **fields,
        }
    )


def everything():
    return Unit.objects.all()


def test_staff_of_the_unit_with_the_permission_keep_its_log(ward, head):
    record_broadcast(aired(ward), by=head, at=AT)
    record_broadcast(
        aired(ward, place="Loa 2"), by=make_person(EDITOR, unit=ward.get_parent()), at=AT
    )
    for person in (
        make_person(EDITOR, unit=make_unit()),  # of another unit
        make_person(JURY, unit=ward),  # without the permission
        make_person(ADMINISTRATOR),  # of no unit
        make_person(),
    ):
        with pytest.raises(NotAllowed):
            record_broadcast(aired(ward), by=person, at=AT)


def test_a_broadcast_of_tomorrow_is_refused(ward, head):
    with pytest.raises(BroadcastRefused):
        record_broadcast(aired(ward, aired_at=AT + timedelta(minutes=1)), by=head, at=AT)


def test_the_same_line_twice_is_one_line(ward, head):
    line = aired(ward)
    record_broadcast(line, by=head, at=AT)
    with pytest.raises(BroadcastRefused):
        record_broadcast(line, by=head, at=AT)


def test_a_correction_keeps_the_old_line(ward, head):
    line = record_broadcast(aired(ward), by=head, at=AT)
    newer = correct_broadcast(line, aired(ward, minutes=5), reason="Ghi nhầm phút", by=head, at=AT)
    assert [row.pk for row in log_of_month(everything(), month=NOVEMBER)] == [line.pk, newer.pk]
    assert totals_of_month(everything(), month=NOVEMBER) == [
        Total("Phường Thanh Khê", newer.topic.name, 1, 5)
    ]
    with pytest.raises(BroadcastRefused):  # only the newest line is corrected
        correct_broadcast(line, aired(ward), reason="Lần nữa", by=head, at=AT)


def test_a_line_struck_out_counts_no_more(ward, head):
    line = record_broadcast(aired(ward), by=head, at=AT)
    with pytest.raises(ReasonMissing):
        strike_out(line, reason=" ", by=head, at=AT)
    struck = strike_out(line, reason="Mất điện, không phát", by=head, at=AT)
    assert totals_of_month(everything(), month=NOVEMBER) == []
    with pytest.raises(BroadcastRefused):
        strike_out(struck, reason="Lại", by=head, at=AT)


def test_no_line_is_changed_by_anybody(ward, head):
    line = record_broadcast(aired(ward), by=head, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Broadcast.objects.filter(pk=line.pk).update(minutes=9)


def test_a_month_ends_at_midnight_here(ward, head):
    last_hour = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)  # 1 November, half past midnight here
    record_broadcast(aired(ward, aired_at=last_hour), by=head, at=AT)
    record_broadcast(aired(ward, aired_at=last_hour - timedelta(hours=1)), by=head, at=AT)
    assert [total.count for total in totals_of_month(everything(), month=NOVEMBER)] == [1]
    assert log_of_month(everything(), month=date(2026, 12, 1)).count() == 0


def test_the_printed_log_tells_every_line_and_what_became_of_it(ward, head):
    line = record_broadcast(aired(ward), by=head, at=AT)
    correct_broadcast(line, aired(ward, minutes=5), reason="Ghi nhầm phút", by=head, at=AT)
    document = log_document(
        list(log_of_month(everything(), month=NOVEMBER)),
        totals_of_month(everything(), month=NOVEMBER),
        unit=ward,
        month=NOVEMBER,
        on=date(2026, 12, 1),
        place="Hà Nội",
    )
    rows = [row for block in document.blocks if block.kind == "table" for row in block.rows]
    assert len(rows) == 3
    assert any("Đã sửa bằng dòng khác: Ghi nhầm phút" in row[-1] for row in rows)
    assert document.head.superior_agency == "Thành phố"
    assert compose(document).startswith(b"%PDF")


def test_no_cell_of_the_spreadsheet_starts_a_formula(ward, head):
    record_broadcast(aired(ward, place="=1+1", announcer="@ai", note="+84"), by=head, at=AT)
    target = BytesIO()
    assert write_log(target, log_of_month(everything(), month=NOVEMBER), month=NOVEMBER) == 1
    sheet = openpyxl.load_workbook(target).active
    row = list(sheet[4])
    assert "=1+1" in [cell.value for cell in row]
    assert {cell.data_type for cell in row} <= {"s", "n", "d"}
