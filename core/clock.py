"""The one place where the time is read. Views, tasks and commands call it once and pass ``at``."""

from datetime import datetime

from django.utils import timezone


def read_clock() -> datetime:
    """The server's time, aware, UTC."""
    return timezone.now()
