import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import ReasonMissing
from core.models import AuditEvent
from people import roles
from people.models import Unit, User
from quizzes import entries, rules
from quizzes.entries import EntryError
from tests.quizzes.contest_factories import (
    OPENS_AT,
    give_role,
    make_contest,
    make_draft_round,
    make_open_round,
    make_organiser,
    make_unit,
)
from tests.quizzes.play_factories import make_user

pytestmark = pytest.mark.django_db


def take(contest, *units):
    return entries.take_roster(contest, units, by=None, at=OPENS_AT)


def test_a_roster_keeps_the_name_and_unit_people_had_that_day() -> None:
    contest, unit = make_contest(), make_unit("Tổ Một cửa", people=2, block="Khối cấp xã")
    report = take(contest, unit)
    Unit.objects.filter(pk=unit.pk).update(name="Tên mới")
    User.objects.update(full_name="Tên khác")
    entry = contest.entries.first()
    assert report.added_count == 2
    assert entry.full_name.startswith("Nguyễn Văn")
    assert entry.contest_unit.unit_name == "Tổ Một cửa"
    assert (entry.contest_unit.block_name, entry.contest_unit.headcount) == ("Khối cấp xã", 2)


def test_taking_it_again_adds_who_is_new_and_touches_nobody_else() -> None:
    contest, unit, other = make_contest(), make_unit(people=2), make_unit("Phòng Nội vụ")
    take(contest, unit)
    moved = User.objects.filter(unit=unit).first()
    User.objects.filter(pk=moved.pk).update(unit=other)
    make_user("Người Mới", unit=unit)
    report = take(contest, unit, other)
    assert (report.added_count, report.already_in_count) == (1, 2)
    assert report.moved == [f"{moved.full_name} (Phòng Nội vụ)"]
    assert contest.entries.get(user=moved).contest_unit.unit_id == unit.pk
    assert contest.units.get(unit=unit).headcount == 3
    assert report.empty_units == []


def test_organisers_authors_jury_and_key_readers_are_refused_with_the_reason() -> None:
    contest, unit = make_contest(), make_unit()
    round = make_draft_round(contest)
    people = [make_user(name, unit=unit) for name in ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"]]
    give_role(people[0], roles.AUTHOR)
    give_role(people[1], roles.JURY)
    contest.organisers.add(people[2])
    bank = round.cells.get().topic.bank
    bank.readers.add(people[3])
    bank.reviewers.add(people[4])
    report = take(contest, unit)
    assert [person.full_name for person in report.barred] == ["Một", "Hai", "Ba", "Bốn", "Năm"]
    assert "Người ra đề" in report.barred[0].reason
    assert "Ban Tổ chức" in report.barred[2].reason
    assert "đáp án" in report.barred[3].reason
    assert "đáp án" in report.barred[4].reason
    assert [entry.user for entry in contest.entries.all()] == [people[5]]
    assert rules.may_enter(people[5], contest) is None
    assert rules.may_enter(people[0], contest) == report.barred[0].reason


def test_inactive_people_are_left_out() -> None:
    contest, unit = make_contest(), make_unit(people=1)
    make_user("Đã nghỉ", unit=unit, is_active=False)
    assert take(contest, unit).added_count == 1


def test_a_roster_of_nothing_is_refused() -> None:
    with pytest.raises(EntryError, match="ít nhất một đơn vị"):
        take(make_contest())


@pytest.mark.parametrize(("people", "units"), [(1, 1), (40, 3)])
def test_a_roster_takes_a_constant_number_of_statements(people: int, units: int) -> None:
    contest = make_contest()
    chosen = [make_unit(people=people) for _ in range(units)]
    with CaptureQueriesContext(connection) as captured:
        take(contest, *chosen)
    assert len(captured) == 17


def test_an_invalid_entry_keeps_its_facts_and_can_be_restored() -> None:
    round = make_open_round()
    by, entry = make_organiser(round.contest), round.contest.entries.first()
    entries.mark_invalid(entry, reason=" Trùng  số điện thoại ", by=by, at=OPENS_AT)
    entries.mark_invalid(entry, reason="lần hai", by=by, at=OPENS_AT)
    entry.refresh_from_db()
    assert entry.invalid_reason == "Trùng số điện thoại"
    entries.restore(entry, reason="Nhầm người", by=by, at=OPENS_AT)
    entry.refresh_from_db()
    assert entry.invalid_at is None
    log = AuditEvent.objects.filter(object_id=entry.pk, object_type="quizzes.Entry").order_by("pk")
    assert [event.reason for event in log] == ["Trùng số điện thoại", "Nhầm người"]
    assert log[1].data["before"]["reason"] == "Trùng số điện thoại"
    assert {event.actor_id for event in log} == {by.pk}


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_without_a_reason_is_refused_and_nothing_is_written(reason: str) -> None:
    round = make_open_round()
    by, entry = make_organiser(), round.contest.entries.first()
    for act in (entries.mark_invalid, entries.exempt):
        with pytest.raises(ReasonMissing, match="lý do"):
            act(entry, reason=reason, by=by, at=OPENS_AT)
    entry.refresh_from_db()
    assert entry.invalid_at is None
    assert not AuditEvent.objects.filter(object_type="quizzes.Entry").exists()


def test_an_exemption_leaves_the_denominator_and_can_be_withdrawn() -> None:
    round = make_open_round(people=1)
    by, entry = make_organiser(), round.contest.entries.get()
    entries.exempt(entry, reason="Nghỉ thai sản", by=by, at=OPENS_AT)
    entries.exempt(entry, reason="lần hai", by=by, at=OPENS_AT)
    assert round.contest.units.get().exempt_count == 1
    entries.withdraw_exemption(entry, reason="Đã đi làm", by=by, at=OPENS_AT)
    assert round.contest.units.get().exempt_count == 0


def test_extra_time_sets_the_amount_for_many_at_once_and_zero_takes_it_back() -> None:
    round = make_open_round(people=3)
    by, people = make_organiser(), list(round.contest.entries.all())
    changed = entries.grant_extra_time(people, seconds=600, reason="Mất điện", by=by, at=OPENS_AT)
    again = entries.grant_extra_time(people, seconds=600, reason="Mất điện", by=by, at=OPENS_AT)
    assert (changed, again) == (3, 0)
    entries.grant_extra_time(people[0], seconds=0, reason="Nhầm", by=by, at=OPENS_AT)
    assert sorted(round.contest.entries.values_list("extra_seconds", flat=True)) == [0, 600, 600]
    assert AuditEvent.objects.filter(action="entry.extra_time").count() == 2
    with pytest.raises(EntryError):
        entries.grant_extra_time(people, seconds=99_999, reason="x", by=by, at=OPENS_AT)


def test_a_headcount_cannot_fall_below_its_exemptions() -> None:
    round = make_open_round(people=2)
    by, unit = make_organiser(), round.contest.units.get()
    entries.exempt(round.contest.entries.first(), reason="Nghỉ ốm", by=by, at=OPENS_AT)
    with pytest.raises(EntryError):
        entries.set_headcount(unit, headcount=0, reason="x", by=by, at=OPENS_AT)
    entries.set_headcount(unit, headcount=5, reason="Bổ sung hợp đồng", by=by, at=OPENS_AT)
    assert round.contest.units.get().headcount == 5
