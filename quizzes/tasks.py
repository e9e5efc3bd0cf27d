"""Background work of the contest. Tasks fetch, delegate and log."""

import structlog
from celery import shared_task

from core.clock import read_clock
from quizzes import attempts

log = structlog.get_logger(__name__)


@shared_task(name="quizzes.close_overdue_attempts")
def close_overdue_attempts() -> None:
    """Every half minute: finish what ran out of time, for those who do not come back."""
    count = attempts.close_overdue_attempts(at=read_clock())
    if count:
        log.info("overdue_attempts_closed", count=count)
