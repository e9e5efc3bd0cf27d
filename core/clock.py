"""The one place where the time is read. Views, tasks and commands call it once and pass ``at``."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone


def read_clock() -> datetime:
    """The server's time, aware, UTC."""
    return timezone.now()


def moment_of(value: datetime | str) -> datetime:
    """A moment that a raw statement returned, aware: SQLite gives text, always in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def next_midnight(at: datetime) -> datetime:
    """When the next day begins here."""
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
