"""A worker signs its job from a thread of its own: rows that both see, so no test transaction."""

import time
from datetime import timedelta

import pytest

from core import jobs
from core.clock import read_clock
from core.models import Job


@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_one_step_takes_long(monkeypatch):
    at = read_clock()
    monkeypatch.setattr(jobs, "HEARTBEAT", timedelta(milliseconds=20))
    job = Job.objects.create(kind="test", created_at=at, sent_at=at)
    with jobs.running(job.pk) as claimed:
        assert claimed
        Job.objects.update(heartbeat_at=at - jobs.LEASE * 2)
        for _attempt in range(200):
            job.refresh_from_db()
            if job.heartbeat_at > at:
                break
            time.sleep(0.02)
        assert job.heartbeat_at > at
