"""Background work of the contest. Tasks fetch, delegate and log."""

import structlog
from celery import shared_task

from core.clock import read_clock
from quizzes import attempts, flagging

log = structlog.get_logger(__name__)


@shared_task(name="quizzes.close_overdue_attempts")
def close_overdue_attempts() -> None:
    """Every half minute: finish what ran out of time, for those who do not come back."""
    count = attempts.close_overdue_attempts(at=read_clock())
    if count:
        log.info("overdue_attempts_closed", count=count)


@shared_task(name="quizzes.recheck_legal_basis")
def recheck_legal_basis() -> None:
    """Every hour: laws expire and take effect by their date, without any edit."""
    report = flagging.recheck_flags(at=read_clock())
    if report.raised or report.withdrawn:
        log.info("legal_basis_rechecked", raised=report.raised, withdrawn=report.withdrawn)
