"""Many processes and threads on one attempt. Run inside an installation (tests.running.Site):

    python -m tests.faults.storm SCENARIO

Prints one JSON object with what went wrong, as a list of sentences, and how much was done.
"""

import itertools
import json
import multiprocessing
import random
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from quizzes import attempts, handing_out, starting  # noqa: E402
from quizzes.answering import AttemptOver, save_answer  # noqa: E402
from quizzes.marking import prepared_slots  # noqa: E402
from quizzes.models import Attempt, Entry, Round  # noqa: E402
from quizzes.pools import sheet_of_attempt  # noqa: E402
from quizzes.scoring import score_prepared  # noqa: E402
from tests.quizzes import play_factories  # noqa: E402
from tests.quizzes.play_factories import make_entry, make_round  # noqa: E402
from tests.quizzes.test_handing_out import make_fixed_round  # noqa: E402

PROCESSES = 5
THREADS = 10
REPEATS = 5
QUESTIONS = 12


def make_open_round(**fields: Any) -> Round:
    return make_round(questions=QUESTIONS, opens_at=timezone.now() - timedelta(minutes=1), **fields)


def swarm(act: Callable[[int], list[Any]]) -> list[Any]:
    """What ``act(number)`` returns in 50 threads of 5 processes, begun together."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(PROCESSES)
    results = context.SimpleQueue()

    def process(first: int) -> None:
        gate.wait()
        with ThreadPoolExecutor(THREADS) as pool:
            jobs = [pool.submit(_alone, act, first + number) for number in range(THREADS)]
        results.put([item for job in jobs for item in job.result()])

    children = [
        context.Process(target=process, args=(number * THREADS,)) for number in range(PROCESSES)
    ]
    for child in children:
        child.start()
    collected = [item for _ in children for item in results.get()]
    for child in children:
        child.join()
    return collected


def _alone(act: Callable[[int], list[Any]], number: int) -> list[Any]:
    try:
        return act(number)
    except Exception as error:
        return [("error", f"{type(error).__name__}: {error}")]
    finally:
        connections.close_all()


def _save_until_over(attempt_id: int, number: int) -> list[Any]:
    """Save at random slots until the attempt is over; every acknowledged answer."""
    dice = random.Random(number)
    sheet = sheet_of_attempt(attempt_id)
    acknowledged: list[Any] = []
    while True:
        slot = dice.randrange(len(sheet))
        choice = [dice.choice(sheet[slot].order)]
        sequence = time.time_ns() // 1_000_000 - dice.randrange(20)
        try:
            saved = save_answer(
                attempt_id, slot=slot, choice=choice, sequence=sequence, at=timezone.now()
            )
        except AttemptOver:
            return acknowledged
        acknowledged.append(("saved", slot, saved.sequence, saved.is_mine))


def check(attempt_id: int, outcomes: list[Any]) -> list[str]:
    """Whether the one outcome is consistent; sentences about what is not."""
    attempt = Attempt.objects.select_related("round", "paper").get(pk=attempt_id)
    stored = {response.slot: response for response in attempt.responses.all()}
    problems = [outcome[1] for outcome in outcomes if outcome[0] == "error"]
    if attempt.state != "finished":
        problems.append("the attempt is not finished")
        return problems
    for outcome in outcomes:
        if outcome[0] != "saved":
            continue
        _, slot, sequence, _ = outcome
        if slot not in stored or stored[slot].sequence < sequence:
            problems.append(f"acknowledged at slot {slot}, {sequence}, but not stored")
    ends = {outcome[1:] for outcome in outcomes if outcome[0] == "finished"}
    if len(ends) > 1:
        problems.append(f"several ends: {ends}")
    slots = prepared_slots(attempt.round, attempt.paper.slots, frozenset())
    score = score_prepared(slots, {slot: response.choice for slot, response in stored.items()})
    told = (attempt.centipoints, attempt.correct_count, attempt.answered_count)
    if told != (score.centipoints, score.correct_count, score.answered_count):
        problems.append(f"scored {told}, but what is stored is worth {score}")
    for response in stored.values():
        if response.received_at > attempt.accepts_until:
            problems.append("stored after the deadline and the grace")
    return problems


def _end(attempt: Attempt) -> tuple[Any, ...]:
    return ("finished", str(attempt.finished_at), attempt.centipoints, attempt.finish_kind)


def hand_in() -> dict[str, Any]:
    """Forty threads save, ten hand in at a random moment."""
    problems, saves = [], 0
    for repeat in range(REPEATS):
        round = make_open_round()
        attempt = starting.start_attempt(make_entry(round), round, at=timezone.now())

        def act(number: int, attempt: Attempt = attempt, repeat: int = repeat) -> list[Any]:
            if number % 5:
                return _save_until_over(attempt.pk, number)
            time.sleep(random.Random(repeat).uniform(0.5, 2.0))
            return [_end(attempts.hand_in(attempt, at=timezone.now()))]

        outcomes = swarm(act)
        saves += sum(outcome[0] == "saved" for outcome in outcomes)
        problems += check(attempt.pk, outcomes)
    return {"problems": problems, "saves": saves}


def deadline() -> dict[str, Any]:
    """Forty threads save past the deadline, ten try to close the attempt all the time."""
    problems, saves = [], 0
    for _ in range(REPEATS):
        round = make_open_round(grace_seconds=0)
        attempt = starting.start_attempt(make_entry(round), round, at=timezone.now())
        limit = timezone.now() + timedelta(seconds=2.5)
        Attempt.objects.filter(pk=attempt.pk).update(deadline_at=limit, accepts_until=limit)
        attempt.refresh_from_db()

        def act(number: int, attempt: Attempt = attempt) -> list[Any]:
            if number % 5:
                return _save_until_over(attempt.pk, number)
            while True:
                closed = attempts.close_if_overdue(attempt, at=timezone.now())
                if closed.state == "finished":
                    closed.refresh_from_db()
                    return [_end(closed)]
                time.sleep(0.01)

        outcomes = swarm(act)
        saves += sum(outcome[0] == "saved" for outcome in outcomes)
        problems += check(attempt.pk, outcomes)
    return {"problems": problems, "saves": saves}


def start() -> dict[str, Any]:
    """Fifty devices start at once; some of them hand in at once and start again."""
    problems: list[str] = []
    for allowed in (1, 1, 1, 3, 3):
        round = make_open_round(attempts_allowed=allowed)
        entry = make_entry(round)

        def act(number: int, entry: Entry = entry, round: Round = round) -> list[Any]:
            attempt = starting.start_attempt(entry, round, at=timezone.now())
            return [("started", attempt.pk)]

        outcomes = swarm(act)
        problems += [outcome[1] for outcome in outcomes if outcome[0] == "error"]
        if len({outcome[1] for outcome in outcomes}) != 1:
            problems.append(f"several attempts were given: {outcomes}")
        if entry.attempts.count() != 1 or round.papers.count() != 1:
            problems.append("more than one attempt or paper is there")
    return {"problems": problems}


def codes() -> dict[str, Any]:
    """Fifty people start at once in a round with paper codes: each code goes to as many."""
    round = make_fixed_round()
    people = [make_entry(round) for _ in range(PROCESSES * THREADS)]

    def act(number: int) -> list[Any]:
        starting.start_attempt(people[number], round, at=play_factories.after())
        return [("started",)]

    problems = [outcome[1] for outcome in swarm(act) if outcome[0] == "error"]
    given = [paper.given_count for paper in handing_out.fixed_papers(round)]
    if sum(given) != len(people) or round.attempts.count() != len(people):
        problems.append(f"{given} codes given to {round.attempts.count()} of {len(people)}")
    # On PostgreSQL starts at one moment take different codes instead of waiting for each other.
    if max(given) - min(given) > THREADS:
        problems.append(f"codes are given unevenly: {given}")
    return {"problems": problems}


def order() -> dict[str, Any]:
    """Every thread sends the same forty choices in its own order: the latest one stands."""
    round = make_open_round()
    attempt = starting.start_attempt(make_entry(round), round, at=timezone.now())
    sheet = sheet_of_attempt(attempt.pk)
    base = time.time_ns() // 1_000_000 - 1000
    wanted = [(slot, [sheet[slot].order[n % 4]], base + n) for slot in range(4) for n in range(10)]

    def act(number: int) -> list[Any]:
        mine = list(wanted)
        random.Random(number).shuffle(mine)
        for slot, choice, sequence in mine:
            save_answer(attempt.pk, slot=slot, choice=choice, sequence=sequence, at=timezone.now())
        return [("sent",)]

    problems = [outcome[1] for outcome in swarm(act) if outcome[0] == "error"]
    for response in attempt.responses.all():
        if (response.choice, response.sequence) != ([sheet[response.slot].order[1]], base + 9):
            problems.append(f"slot {response.slot} holds {response.choice}, {response.sequence}")
    return {"problems": problems, "responses": attempt.responses.count()}


if __name__ == "__main__":
    threading.stack_size(256 * 1024)
    scenarios = {one.__name__: one for one in (hand_in, deadline, start, codes, order)}
    # Another run may have left its codes in this database.
    play_factories._number = itertools.count(time.time_ns() // 1000)
    print(json.dumps(scenarios[sys.argv[1]]()))  # noqa: T201
