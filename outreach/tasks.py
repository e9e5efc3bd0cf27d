"""Background work of outreach/."""

from celery import shared_task
from django.utils import translation

from core.clock import read_clock
from outreach.zalo.connecting import zalo_api
from outreach.zalo.sending import send_due


@shared_task(name="outreach.send_to_zalo")
def send_to_zalo() -> None:
    with translation.override("vi"):
        send_due(zalo_api(), at=read_clock(), clock=read_clock)
