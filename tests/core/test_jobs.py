from datetime import timedelta

import pytest
from celery import shared_task

from core import jobs
from core.clock import read_clock
from core.errors import Conflict, DomainError
from core.models import Job

pytestmark = pytest.mark.django_db
State = Job.State


@shared_task(name="tests.core.count_to_three")
def count_to_three(job_id):
    with jobs.running(job_id) as claimed:
        if claimed is None:
            return
        job, progress = claimed
        progress(2, 3, stage="Đang đếm")
        job.result = {"counted": 3}


@pytest.fixture
def at():
    return read_clock()


def make_job(at, **fields):
    fields = {"kind": "tests.count", "task": count_to_three.name, "created_at": at, **fields}
    return Job.objects.create(**fields)


def test_a_job_runs_once_it_is_committed(at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.start_job(count_to_three, kind="tests.count", by=None, at=at, parameters={})
        assert job.state == State.WAITING
    job.refresh_from_db()
    assert (job.state, job.result, job.task) == (
        State.DONE,
        {"counted": 3},
        "tests.core.count_to_three",
    )
    assert (job.done_count, job.total_count, job.percent) == (2, 3, 100)


def test_a_message_that_comes_twice_is_done_once(at):
    job = make_job(at)
    count_to_three(job.pk)
    Job.objects.update(result={"counted": "once"})
    count_to_three(job.pk)
    job.refresh_from_db()
    assert job.result == {"counted": "once"}
    assert job.run_count == 1


@pytest.mark.parametrize(
    ("silent_for", "state"),
    [(timedelta(seconds=30), State.RUNNING), (jobs.LEASE * 2, State.INTERRUPTED)],
)
def test_a_running_job_without_a_heartbeat_is_interrupted(at, silent_for, state):
    job = make_job(at, state=State.RUNNING, started_at=at, heartbeat_at=at - silent_for)
    assert jobs.look_after(job, at=at).state == state
    job.refresh_from_db()
    assert job.state == state
    assert job.may_be_resumed is (state == State.INTERRUPTED)


def test_an_interrupted_job_is_sent_again_and_ends(at, django_capture_on_commit_callbacks):
    job = make_job(at, state=State.RUNNING, started_at=at, heartbeat_at=at - jobs.LEASE * 2)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.resume_job(job, at=at)
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"counted": 3})


@pytest.mark.parametrize("state", [State.RUNNING, State.DONE, State.WAITING])
def test_what_runs_waits_or_is_done_is_not_sent_again(at, state):
    job = make_job(at, state=state, heartbeat_at=at, sent_at=at)
    with pytest.raises(Conflict):
        jobs.resume_job(job, at=at)


def test_a_job_that_nobody_begins_is_said_to_be_so_and_may_be_sent_again(at):
    job = make_job(at, sent_at=at - jobs.PATIENCE * 2)
    assert jobs.look_after(job, at=at).is_unattended
    jobs.resume_job(job, at=at)
    job.refresh_from_db()
    assert job.sent_at == at
    assert not jobs.look_after(job, at=at).is_unattended


def test_a_worker_that_lost_its_job_no_longer_speaks_for_it(at):
    job = make_job(at)
    with jobs.running(job.pk) as claimed:
        assert claimed
        Job.objects.update(heartbeat_at=at - jobs.LEASE * 2)
        with jobs.running(job.pk) as again:
            assert again
            again[0].result = {"by": "the second"}
        claimed[0].result = {"by": "the first"}
    job.refresh_from_db()
    assert job.result == {"by": "the second"}


def test_a_refusal_is_told_in_its_own_words(at):
    job = make_job(at)
    with jobs.running(job.pk):
        raise DomainError("Tệp này đã được nhập rồi.")
    job.refresh_from_db()
    assert (job.state, job.message) == (State.FAILED, "Tệp này đã được nhập rồi.")
