"""Personal data of citizens does not outlive its purpose."""

from datetime import datetime, timedelta

from counter.hours import local_day
from counter.models import Booking
from counter.queries import retention_days


def erase_old_bookings(*, at: datetime) -> int:
    """Erase names, numbers, notes and codes of bookings whose day is longer ago than the site keeps
    them. The rows stay: what was booked and kept is counted for ever. Returns how many."""
    last_kept = local_day(at) - timedelta(days=retention_days())
    return Booking.objects.filter(on_date__lt=last_kept, erased_at__isnull=True).update(
        name="", phone=None, note="", code_hash="", erased_at=at
    )
