"""Offices with their hours, bookings of slots out of hours, and answers of feedback."""

from counter.models.bookings import Booking, Slot
from counter.models.feedback import FeedbackAnswer
from counter.models.offices import Closure, CounterSettings, Office, OpeningHours

__all__ = [
    "Booking",
    "Closure",
    "CounterSettings",
    "FeedbackAnswer",
    "Office",
    "OpeningHours",
    "Slot",
]
