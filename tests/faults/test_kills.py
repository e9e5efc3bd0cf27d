"""``kill -9`` under load, and Redis gone: every acknowledged answer is there afterwards."""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator

import pytest

from tests.bench import web
from tests.bench.driver import drive
from tests.running import Redis, Site, site, wait_until

PEOPLE = 10


@pytest.fixture(params=["postgresql", "sqlite"])
def running(request: pytest.FixtureRequest, redis: Redis) -> Iterator[Site]:
    with site(request.param, redis_url=redis.url) as installation:
        yield installation


class Writer(threading.Thread):
    """A contestant whose page saves without pause, and like the page sends again, in order, what
    was not acknowledged."""

    def __init__(self, running: Site, person: web.Contestant, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.running, self.person, self.stop = running, person, stop
        self.acknowledged = self.lost_connections = 0

    def run(self) -> None:
        dice = random.Random(self.person.code)
        number = 0
        while not self.stop.is_set():
            slot = dice.randrange(len(self.person.slots))
            choice = [dice.randrange(self.person.slots[slot])]
            self._save_until_acknowledged(slot, choice, sequence=1_700_000_000_000 + number)
            self.person.answers[slot] = choice
            self.acknowledged += 1
            number += 1

    def _save_until_acknowledged(self, slot: int, choice: list[int], *, sequence: int) -> None:
        body = json.dumps(
            {"token": self.person.token, "slot": slot, "choice": choice, "sequence": sequence}
        )
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=20)
            try:
                connection.request("POST", "/play/answer/", body, {"Host": "localhost"})
                response = connection.getresponse()
                answer = response.read()
            except (OSError, http.client.HTTPException):
                self.lost_connections += 1
                time.sleep(0.1)
                continue
            finally:
                connection.close()
            assert response.status == 200, answer
            return


def test_killing_web_and_worker_under_load_loses_no_acknowledged_answer(running: Site) -> None:
    people = _people_with_papers(running, PEOPLE)
    worker = running.start_worker()
    stop = threading.Event()
    writers = [Writer(running, person, stop) for person in people]
    for writer in writers:
        writer.start()
    for _ in range(2):
        before = sum(writer.acknowledged for writer in writers)
        wait_until(lambda: sum(w.acknowledged for w in writers) > before + 100, what="saves")  # noqa: B023
        running.web.kill_group()
        worker.kill_group()
        running.start_web()
        worker = running.start_worker()
    before = sum(writer.acknowledged for writer in writers)
    wait_until(lambda: sum(w.acknowledged for w in writers) > before + 100, what="saves again")
    # The last kill is not followed by any repetition: what was said to be saved must be there.
    stop.set()
    for writer in writers:
        writer.join(30)
    running.web.kill_group()
    running.start_web()

    assert sum(writer.lost_connections for writer in writers) > 0, "no kill met a save"
    checked = web.checked(running, people)
    assert checked["differences"] == 0, checked
    assert checked["answers_checked"] == sum(len(person.answers) for person in people)

    # And the round goes on to its end, with scores that are right.
    measured = drive(
        running.port,
        [(person.browser, _finish(person)) for person in people],
        concurrent=4,
    )
    assert [error for operation in measured.values() for error in operation.errors] == []
    checked = web.checked(running, people)
    assert checked["differences"] == 0, checked
    assert checked["scores_checked"] == len(people)


def test_a_worker_that_was_killed_closes_overdue_attempts_once_it_is_back(running: Site) -> None:
    (person,) = _people_with_papers(running, 1)
    running.start_worker().kill_group()
    running.python("tests.faults.overdue", str(person.attempt_id))
    assert running.python("tests.faults.overdue").split() == ["in_progress"]
    running.start_worker()
    # The timer fires every 30 s; on a noisy machine one firing may meet a locked database, and the
    # next does the work. Four are waited for.
    wait_until(
        lambda: running.python("tests.faults.overdue").split() == ["finished"],
        seconds=130,
        what="closing by the worker's timer",
    )


def test_without_redis_people_go_on_signing_in_saving_and_handing_in(
    running: Site, redis: Redis
) -> None:
    people = _people_with_papers(running, 4, fill=8)
    late = web.contestants(range(4, 8))
    redis.kill()

    started = time.monotonic()
    measured = drive(
        running.port,
        [
            *((person.browser, _save_and_finish(person)) for person in people),
            *((person.browser, _whole_round(running, person)) for person in late),
        ],
        concurrent=4,
    )
    assert [error for operation in measured.values() for error in operation.errors] == []
    assert time.monotonic() - started < 60
    checked = web.checked(running, [*people, *late])
    assert checked["differences"] == 0, checked
    assert checked["scores_checked"] == 8
    assert running.probe("/healthz") == 200
    assert running.probe("/readyz") == 503

    redis.start()
    wait_until(lambda: running.probe("/readyz") == 200, what="ready again")


def _people_with_papers(running: Site, count: int, *, fill: int = 0) -> list[web.Contestant]:
    running.round_id = int(running.python("tests.bench.people", str(fill or count)))
    running.start_web()
    people = web.contestants(range(count))
    measured = drive(
        running.port,
        [(person.browser, _begin(running, person)) for person in people],
        concurrent=4,
    )
    assert [error for operation in measured.values() for error in operation.errors] == []
    return people


def _begin(running: Site, person: web.Contestant) -> web.Script:
    yield from web.open_sign_in(person)
    yield from web.sign_in(person)
    yield from web.open_lobby(person, running.round_id)
    yield from web.start(person, running.round_id)
    yield from web.open_paper(person)


def _finish(person: web.Contestant) -> web.Script:
    yield from web.open_hand_in(person)
    yield from web.hand_in(person)


def _save_and_finish(person: web.Contestant) -> web.Script:
    yield from web.save_all(person)
    yield from _finish(person)


def _whole_round(running: Site, person: web.Contestant) -> web.Script:
    yield from _begin(running, person)
    yield from _save_and_finish(person)
