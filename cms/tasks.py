"""Background work of the site's pages."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cms.finding.indexing import reconcile
from core.clock import read_clock


@shared_task(name="cms.reconcile_search")
def reconcile_search() -> None:
    """What changed without a signal: dates that passed, rows written in bulk."""
    reconcile(day=timezone.localdate(read_clock()))


@shared_task(name="cms.publish_scheduled")
def publish_scheduled() -> None:
    """Every minute: what is due goes up, what has run out comes down (Wagtail's own command)."""
    call_command("publish_scheduled")
