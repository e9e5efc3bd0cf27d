"""The table of days and hours, and what holds for any facts."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.hours import (
    VIETNAM,
    ClosedDays,
    HoursRule,
    HoursUnreadable,
    Kind,
    OpeningFacts,
    format_intervals,
    parse_intervals,
    slots_on,
    spans_on,
    state_at,
)
from counter.words import state_words

MONDAY = date(2026, 11, 23)


def week(*days: int) -> tuple[HoursRule, ...]:
    return tuple(
        HoursRule(starts, ends, weekday=day)
        for day in days
        for starts, ends in ((time(8), time(11, 30)), (time(13, 30), time(17)))
    )


OFFICE_WEEK = OpeningFacts(rules=week(0, 1, 2, 3, 4))
EVENING = HoursRule(time(17), time(18), weekday=0, slot_minutes=20, capacity=2)
THIRD_OF_NINE = OpeningFacts(rules=(*week(0, 1, 2, 3, 4), EVENING))
HOLIDAY = OpeningFacts(
    rules=week(0, 1, 2, 3, 4), closures=(ClosedDays(MONDAY, MONDAY + timedelta(2), "Lễ"),)
)


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days), time(hour, minute), VIETNAM)


@pytest.mark.parametrize(
    ("facts", "moment", "words"),
    [
        (OFFICE_WEEK, at(7, 59), "Mở cửa lúc 08:00"),
        (OFFICE_WEEK, at(8), "Đang mở đến 11:30"),
        (OFFICE_WEEK, at(11, 29), "Đang mở đến 11:30"),
        (OFFICE_WEEK, at(11, 30), "Mở lại 13:30"),
        (OFFICE_WEEK, at(16, 59), "Đang mở đến 17:00"),
        (OFFICE_WEEK, at(17), "Đã hết giờ, mở lại ngày mai 08:00"),
        (THIRD_OF_NINE, at(16), "Đang mở đến 18:00"),  # extra hours that follow at once
        (THIRD_OF_NINE, at(17, 30), "Đang mở đến 18:00"),
        (OFFICE_WEEK, at(18, days=4), "Đã hết giờ, mở lại thứ Hai 08:00"),
        (OFFICE_WEEK, at(9, days=5), "Hôm nay nghỉ, mở lại thứ Hai 08:00"),
        (OFFICE_WEEK, at(9, days=6), "Hôm nay nghỉ, mở lại ngày mai 08:00"),
        (HOLIDAY, at(9), "Hôm nay nghỉ, mở lại thứ Năm 08:00"),
        (OpeningFacts(), at(9), "Chưa có giờ mở cửa"),
        (
            OpeningFacts(rules=week(0), closures=(ClosedDays(MONDAY, MONDAY),)),
            at(9),
            "Hôm nay nghỉ, mở lại thứ Hai 30/11 08:00",
        ),
        (
            OpeningFacts(rules=(HoursRule(time(8), time(9), on=MONDAY),)),
            at(10),
            "Đã hết giờ",
        ),
    ],
)
def test_the_state_in_words(facts: OpeningFacts, moment: datetime, words: str):
    assert state_words(state_at(facts, moment), moment) == words


def test_a_moment_of_another_zone_is_read_in_vietnam():
    assert state_at(OFFICE_WEEK, datetime.fromisoformat("2026-11-23T01:30:00+00:00")).until == at(
        11, 30
    )


def test_the_reason_of_a_closed_day_is_told():
    state = state_at(HOLIDAY, at(9))
    assert (state.kind, state.reason) == (Kind.CLOSED, "Lễ")


def test_slots_fill_the_extra_hours_and_no_more():
    odd = HoursRule(time(17), time(18, 10), weekday=0, slot_minutes=30, capacity=3)
    assert [f"{slot.starts_at:%H:%M}" for slot in slots_on(OpeningFacts((odd,)), MONDAY)] == [
        "17:00",
        "17:30",
    ]
    assert slots_on(HOLIDAY, MONDAY) == ()
    assert slots_on(OFFICE_WEEK, MONDAY) == ()


def test_of_two_rules_for_one_time_the_larger_capacity_counts():
    more = HoursRule(time(17), time(17, 20), on=MONDAY, slot_minutes=20, capacity=5)
    first = slots_on(OpeningFacts((EVENING, more)), MONDAY)[0]
    assert first.capacity == 5


times = st.times(max_value=time(23, 58)).map(lambda t: t.replace(second=0, microsecond=0))
rules = st.builds(
    lambda starts, minutes, weekday, slot: HoursRule(
        starts,
        min(
            (datetime.combine(MONDAY, starts) + timedelta(minutes=minutes)),
            datetime.combine(MONDAY, time(23, 59)),
        ).time(),
        weekday=weekday,
        slot_minutes=slot,
        capacity=1,
    ),
    times,
    st.integers(1, 600),
    st.integers(0, 6),
    st.sampled_from([0, 5, 20, 60]),
)
facts_of_any_office = st.builds(
    OpeningFacts,
    st.lists(rules, max_size=8).map(tuple),
    st.lists(
        st.builds(
            lambda first, days: ClosedDays(first, first + timedelta(days)),
            st.dates(date(2026, 11, 1), date(2026, 12, 31)),
            st.integers(0, 10),
        ),
        max_size=3,
    ).map(tuple),
)
moments = st.builds(
    lambda day, clock: datetime.combine(day, clock, VIETNAM),
    st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    st.times(),
)


@given(facts_of_any_office, moments)
def test_the_state_agrees_with_the_spans(facts: OpeningFacts, moment: datetime):
    spans = spans_on(facts, moment.date())
    state = state_at(facts, moment)
    inside = [span for span in spans if span.starts_at <= moment < span.ends_at]
    assert (state.kind == Kind.OPEN) == bool(inside)
    assert len(inside) <= 1
    if state.until:
        assert state.until > moment
        assert state_at(facts, state.until).kind != Kind.OPEN
    if state.opens_at:
        assert state.opens_at > moment
        assert state_at(facts, state.opens_at).kind == Kind.OPEN
        assert state_at(facts, state.opens_at - timedelta(seconds=1)).kind != Kind.OPEN
    assert state_words(state, moment)


@given(facts_of_any_office, st.dates(date(2026, 11, 1), date(2026, 12, 31)))
def test_every_slot_lies_in_the_opening_hours(facts: OpeningFacts, day: date):
    spans = spans_on(facts, day)
    for slot in slots_on(facts, day):
        assert any(
            span.starts_at <= slot.starts_at and slot.ends_at <= span.ends_at for span in spans
        )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("07:30-11:30, 13:30-17:00", "07:30–11:30, 13:30–17:00"),
        ("13h30 – 17h; 7h30-11h30", "07:30–11:30, 13:30–17:00"),
        ("8g đến 11g30", "08:00–11:30"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_hours_as_clerks_write_them(text: str, read: str):
    assert format_intervals(parse_intervals(text)) == read


@pytest.mark.parametrize(
    "text", ["8-11", "sáng", "11:30-07:30", "25:00-26:00", "08:00-08:00", "1:00-2:00," * 7]
)
def test_what_is_no_hours_is_named(text: str):
    with pytest.raises(HoursUnreadable) as refusal:
        parse_intervals(text)
    assert refusal.value.piece in text


def test_overlapping_hours_are_named():
    with pytest.raises(HoursUnreadable) as refusal:
        parse_intervals("08:00-12:00, 11:00-13:00")
    assert refusal.value.is_overlap
