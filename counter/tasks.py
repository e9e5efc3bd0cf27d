"""Background work of the counter. Tasks fetch, delegate and log."""

import structlog
from celery import shared_task

from core.clock import read_clock
from counter import erasing

log = structlog.get_logger(__name__)


@shared_task(name="counter.erase_old_bookings")
def erase_old_bookings() -> None:
    count = erasing.erase_old_bookings(at=read_clock())
    if count:
        log.info("bookings_erased", count=count)
