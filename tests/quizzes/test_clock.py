from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import clock
from quizzes.clock import RoundPhase

OPENS = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
seconds = st.integers(0, 10 * 24 * 3600)


def after(**kwargs):
    return OPENS + timedelta(**kwargs)


def test_a_paper_ends_after_its_minutes_and_the_extra_ones():
    deadline = clock.attempt_deadline(
        opened_at=OPENS, duration_seconds=2400, extra_seconds=300, round_closes_at=CLOSES
    )
    assert deadline == after(minutes=45)


def test_a_late_start_ends_with_the_round():
    late = CLOSES - timedelta(minutes=5)
    times = {"opened_at": late, "duration_seconds": 2400, "round_closes_at": CLOSES}
    assert clock.attempt_deadline(**times) == CLOSES
    assert clock.attempt_deadline(**times, extra_seconds=600) == CLOSES
    assert clock.attempt_deadline(
        **times, extra_seconds=600, closes_extra_seconds=600
    ) == CLOSES + timedelta(minutes=10)


@given(seconds, seconds, seconds)
def test_a_deadline_never_passes_the_close_and_extra_time_never_hurts(start, duration, extra):
    times = {
        "opened_at": after(seconds=start),
        "duration_seconds": duration,
        "round_closes_at": CLOSES,
    }
    plain = clock.attempt_deadline(**times)
    assert plain <= clock.attempt_deadline(**times, extra_seconds=extra) <= CLOSES


def test_a_save_counts_until_the_grace_is_over():
    deadline = after(minutes=40)
    assert clock.accepts(deadline, deadline_at=deadline, grace_seconds=0)
    assert clock.accepts(deadline + timedelta(seconds=5), deadline_at=deadline, grace_seconds=5)
    assert not clock.accepts(
        deadline + timedelta(seconds=5, microseconds=1), deadline_at=deadline, grace_seconds=5
    )


def test_the_clock_shown_never_promises_too_much():
    deadline = after(seconds=10)
    assert clock.remaining_seconds(OPENS, deadline_at=deadline) == 10
    assert clock.remaining_seconds(after(milliseconds=1), deadline_at=deadline) == 9
    assert clock.remaining_seconds(after(seconds=11), deadline_at=deadline) == 0


def test_elapsed_time_stops_at_the_deadline():
    deadline = after(minutes=40)
    assert clock.elapsed_ms(OPENS, after(seconds=1, microseconds=2999), deadline) == 1002
    assert clock.elapsed_ms(OPENS, after(minutes=41), deadline) == 2_400_000
    assert clock.elapsed_ms(after(seconds=1), OPENS, deadline) == 0


def test_a_round_passes_its_phases():
    def phase(at, published_at=None):
        return clock.round_phase(at, opens_at=OPENS, closes_at=CLOSES, published_at=published_at)

    published = CLOSES + timedelta(hours=2)
    assert phase(OPENS - timedelta(microseconds=1)) is RoundPhase.UPCOMING
    assert phase(OPENS) is RoundPhase.OPEN
    assert phase(CLOSES - timedelta(microseconds=1)) is RoundPhase.OPEN
    assert phase(CLOSES) is RoundPhase.CLOSED
    assert phase(CLOSES, published) is RoundPhase.CLOSED
    assert phase(published, published) is RoundPhase.PUBLISHED
    assert phase(OPENS, OPENS) is RoundPhase.OPEN


def test_the_pause_between_attempts():
    def allowed(last):
        return clock.next_attempt_allowed_at(last, minimum_pause_seconds=3600, round_opens_at=OPENS)

    assert allowed(None) == OPENS
    assert allowed(after(hours=1)) == after(hours=2)
    assert allowed(OPENS - timedelta(hours=5)) == OPENS


def test_time_zones_do_not_matter_but_a_moment_without_one_is_refused():
    hanoi = timezone(timedelta(hours=7))
    deadline = after(seconds=30)
    assert clock.remaining_seconds(OPENS.astimezone(hanoi), deadline_at=deadline) == 30
    naive = OPENS.replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        clock.accepts(naive, deadline_at=deadline)
    with pytest.raises(ValueError, match="aware"):
        clock.round_phase(OPENS, opens_at=OPENS, closes_at=CLOSES, published_at=naive)
    with pytest.raises(ValueError, match="aware"):
        clock.attempt_deadline(opened_at=naive, duration_seconds=1, round_closes_at=CLOSES)
