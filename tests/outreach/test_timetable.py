from datetime import date, time

from outreach.timetable import (
    EVERY_DAY,
    Slot,
    airings,
    week_of,
    weekday_bits,
    weekdays_of,
)

MONDAY = date(2026, 11, 23)


def slot(key: int, at: time, minutes: int = 5, weekdays: int = EVERY_DAY, days: int = 7) -> Slot:
    return Slot(key, MONDAY, date(2026, 11, 22 + days), weekdays, at, minutes)


def found(*slots: Slot) -> list[tuple[int, str, bool]]:
    first, last = week_of(MONDAY)
    return [
        (airing.key, f"{airing.begins:%d %H:%M}", airing.clashes)
        for airing in airings(slots, first=first, last=last)
    ]


def test_a_slot_is_aired_on_its_weekdays_between_its_dates():
    assert found(slot(1, time(5, 30), weekdays=weekday_bits([0, 2, 6]), days=3)) == [
        (1, "23 05:30", False),
        (1, "25 05:30", False),
    ]


def test_two_at_a_time_clash_and_both_are_told():
    assert found(slot(1, time(5, 0), 10, days=1), slot(2, time(5, 9), days=1)) == [
        (1, "23 05:00", True),
        (2, "23 05:09", True),
    ]


def test_one_after_the_other_is_no_clash():
    assert not any(
        clashes
        for *_rest, clashes in found(slot(1, time(5, 0), 10, days=1), slot(2, time(5, 10), days=1))
    )


def test_a_long_one_clashes_with_a_later_one_over_a_short_one():
    assert found(
        slot(1, time(5, 0), 60, days=1),
        slot(2, time(5, 10), 5, days=1),
        slot(3, time(5, 30), 5, days=1),
        slot(4, time(6, 0), 5, days=1),
    ) == [
        (1, "23 05:00", True),
        (2, "23 05:10", True),
        (3, "23 05:30", True),
        (4, "23 06:00", False),
    ]


def test_a_clash_over_midnight_is_seen():
    assert (1, "23 23:58", True) in found(slot(1, time(23, 58), 5, days=2), slot(2, time(0, 1)))


def test_weekdays_there_and_back():
    assert weekdays_of(weekday_bits([6, 0, 0, 9])) == [0, 6]
