"""The contest day over HTTP: sign-in, start, save, hand in; the floor beside it; and the storm."""

import itertools
import json
import random
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.driver import Browser, Measured, Response, Script, drive, path_of
from tests.bench.people import PASSWORD, code_of
from tests.running import Process, Site

CONTESTANTS = 200
SAVES_EACH = 20
# Eight offices, each behind one address.
ADDRESSES = [f"203.0.113.{number}" for number in range(1, 9)]


@dataclass
class Contestant:
    """One person with a browser, and what the server has acknowledged so far."""

    code: str
    browser: Browser
    attempt_id: int = 0
    form: dict[str, str] = field(default_factory=dict)  # hidden fields of the page's form
    token: str = ""
    slots: list[int] = field(default_factory=list)  # options at each slot
    answers: dict[int, list[int]] = field(default_factory=dict)
    handed_in: bool = False


def contestants(numbers: range) -> list[Contestant]:
    return [
        Contestant(code_of(number), Browser(address=ADDRESSES[number % len(ADDRESSES)]))
        for number in numbers
    ]


def expect(response: Response, status: int, what: str) -> Response:
    if response.status != status:
        text = re.sub(rb"\s+", b" ", re.sub(rb"<[^>]*>", b" ", response.body))[:120]
        raise ValueError(f"{what}: {response.status} {response.header('location')} {text!r}")
    return response


def form_in(response: Response, *, to: str = "") -> dict[str, str]:
    """The hidden fields of the page's form: of the one that posts to ``to``, or that names no
    address."""
    for attributes, inside in re.findall(rb"(?s)<form([^>]*)>(.*?)</form>", response.body):
        action = re.search(rb'action="([^"]*)"', attributes)
        if (action[1].decode() if action else "") == to and b"post" in attributes:
            hidden = re.findall(rb'type="hidden" name="([^"]+)" value="([^"]*)"', inside)
            return {name.decode(): value.decode() for name, value in hidden}
    raise ValueError(f"no form to {to or 'the page itself'}")


def open_sign_in(person: Contestant) -> Script:
    page = yield person.browser.get("/accounts/login/", "sign-in page")
    person.form = form_in(expect(page, 200, "sign-in page"), to="/accounts/login/")


def sign_in(person: Contestant) -> Script:
    fields = {**person.form, "login": person.code, "password": PASSWORD}
    answer = yield person.browser.post("/accounts/login/", fields, "sign-in")
    expect(answer, 302, "sign-in")
    if "sessionid" not in person.browser.cookies:
        raise ValueError(f"not signed in: {answer.header('location')}")


def open_lobby(person: Contestant, round_id: int) -> Script:
    page = yield person.browser.get(f"/play/{round_id}/", "lobby")
    person.form = form_in(expect(page, 200, "lobby"), to=f"/play/{round_id}/start/")


def start(person: Contestant, round_id: int) -> Script:
    answer = yield person.browser.post(f"/play/{round_id}/start/", person.form, "start")
    location = path_of(expect(answer, 302, "start").header("location"))
    found = re.fullmatch(r"/play/attempts/(\d+)/", location)
    if not found:
        raise ValueError(f"start led to {location}")
    person.attempt_id = int(found[1])


def open_paper(person: Contestant) -> Script:
    page = yield person.browser.get(f"/play/attempts/{person.attempt_id}/", "paper")
    expect(page, 200, "paper")
    found = re.search(rb'<script id="play-data"[^>]*>(.*?)</script>', page.body, re.DOTALL)
    if not found:
        raise ValueError("no play-data on the paper")
    person.token = json.loads(found[1])["token"]
    # Options of each slot, as many as the page shows.
    names = re.findall(rb'<input[^>]*type="(?:radio|checkbox)"[^>]*name="([^"]+)"', page.body)
    names = names or re.findall(
        rb'<input[^>]*name="([^"]+)"[^>]*type="(?:radio|checkbox)"', page.body
    )
    person.slots = [len(list(group)) for _name, group in itertools.groupby(names)]
    if not person.slots:
        raise ValueError("no options on the paper")


def save_all(person: Contestant, *, saves: int = SAVES_EACH) -> Script:
    dice = random.Random(person.attempt_id)
    for number in range(saves):
        slot = number % len(person.slots)
        choice = [dice.randrange(person.slots[slot])]
        body = {
            "token": person.token,
            "slot": slot,
            "choice": choice,
            "sequence": 1_700_000_000_000 + number,
        }
        answer = yield person.browser.json("/play/answer/", json.dumps(body).encode(), "save")
        expect(answer, 200, "save")
        person.answers[slot] = choice


def open_hand_in(person: Contestant) -> Script:
    page = yield person.browser.get(f"/play/attempts/{person.attempt_id}/hand-in/", "hand-in page")
    person.form = form_in(expect(page, 200, "hand-in page"))


def hand_in(person: Contestant) -> Script:
    address = f"/play/attempts/{person.attempt_id}/hand-in/"
    answer = yield person.browser.post(address, person.form, "hand in")
    expect(answer, 302, "hand in")
    person.handed_in = True


def run_phase(
    port: int, people: list[Contestant], step: Any, *arguments: Any, concurrent: int, **options: Any
) -> dict[str, Measured]:
    return drive(
        port,
        [(person.browser, step(person, *arguments, **options)) for person in people],
        concurrent=concurrent,
    )


def whole_day(
    site: Site, web: Process, round_id: int, people: list[Contestant], *, concurrent: int
) -> dict[str, Any]:
    """Each operation by itself, one after the other, by all the contestants."""
    measured: dict[str, Measured] = {}
    balance: dict[str, list[float]] = {}

    def phase(step: Any, *arguments: Any) -> None:
        before = _cpu_seconds(web)
        for label, operation in run_phase(
            site.port, people, step, *arguments, concurrent=concurrent
        ).items():
            measured[label] = operation
            if len(operation.errors) > len(people) // 2:
                log = web.output()[-3000:]
                raise AssertionError(f"{label} fails: {operation.errors[:3]}\n{log}")
            balance[label] = _shares(before, _cpu_seconds(web))

    phase(open_sign_in)
    phase(sign_in)
    phase(open_lobby, round_id)
    phase(start, round_id)
    phase(open_paper)
    phase(save_all)
    phase(open_hand_in)
    phase(hand_in)
    return {
        label: {
            **operation.summary(),
            "balance": balance[label],
            "first_errors": operation.errors[:3],
        }
        for label, operation in measured.items()
    }


def floor(port: int, *, concurrent: int, requests: int = 8000) -> dict[str, Any]:
    """The bare view, driven in the same way: connections last for twenty requests."""

    def script(browser: Browser, person: int) -> Script:
        for number in range(SAVES_EACH):
            body = {"attempt": person, "slot": number, "choice": ["a"], "sequence": number}
            answer = yield browser.json("/save/", json.dumps(body).encode(), "floor")
            expect(answer, 200, "floor")

    people = [Browser(address=ADDRESSES[0]) for _ in range(requests // SAVES_EACH)]
    measured = drive(
        port,
        [(browser, script(browser, number)) for number, browser in enumerate(people)],
        concurrent=concurrent,
    )
    return measured["floor"].summary()


def pages(port: int, paths: dict[str, str], *, times: int, concurrent: int = 1) -> dict[str, Any]:
    """Median time of each page, asked one after the other by an anonymous visitor."""

    def script(browser: Browser, label: str, path: str) -> Script:
        expect((yield browser.get(path)), 200, path)
        for _ in range(times):
            expect((yield browser.get(path, label)), 200, path)

    found: dict[str, Any] = {}
    for label, path in paths.items():
        browser = Browser(address=ADDRESSES[0])
        measured = drive(port, [(browser, script(browser, label, path))], concurrent=concurrent)
        errors = [error for operation in measured.values() for error in operation.errors]
        assert not errors, f"{path}: {errors}"
        found[label] = measured[label].summary()
    return found


def storm(
    site: Site, round_id: int, people: list[Contestant], *, concurrent: int
) -> dict[str, Any]:
    """Everybody at once: sign in, then open the lobby, start and open the paper."""

    def arrive(person: Contestant) -> Script:
        yield from open_sign_in(person)
        yield from sign_in(person)

    def begin(person: Contestant) -> Script:
        yield from open_lobby(person, round_id)
        yield from start(person, round_id)
        yield from open_paper(person)

    arrived = run_phase(site.port, people, arrive, concurrent=concurrent)
    begun = run_phase(site.port, people, begin, concurrent=concurrent)
    return {
        "contestants": len(people),
        "concurrent": concurrent,
        "sign_in_seconds": _span(arrived),
        "start_seconds": _span(begun),
        "errors": sum(len(operation.errors) for operation in [*arrived.values(), *begun.values()]),
        "first_errors": [
            error
            for operation in [*arrived.values(), *begun.values()]
            for error in operation.errors
        ][:3],
        "operations": {
            label: operation.summary() for label, operation in {**arrived, **begun}.items()
        },
    }


def checked(site: Site, people: list[Contestant]) -> dict[str, Any]:
    """What the database holds beside what was acknowledged (tests.bench.checking)."""
    facts = {
        str(person.attempt_id): {"answers": person.answers, "handed_in": person.handed_in}
        for person in people
        if person.attempt_id
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(facts, file)
        file.flush()
        result: dict[str, Any] = json.loads(
            site.python("tests.bench.checking", file.name).splitlines()[-1]
        )
    return result


def _span(measured: dict[str, Measured]) -> float:
    return round(
        max(operation.ended for operation in measured.values())
        - min(operation.began for operation in measured.values()),
        1,
    )


def _cpu_seconds(web: Process) -> dict[int, float]:
    found = {}
    for pid in web.children():
        try:
            parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        found[pid] = (int(parts[11]) + int(parts[12])) / 100
    return found


def _shares(before: dict[int, float], after: dict[int, float]) -> list[float]:
    """How the work was divided between the server's processes, largest first."""
    used = sorted((after[pid] - before.get(pid, 0) for pid in after), reverse=True)
    used = [seconds for seconds in used if seconds > 0.02]
    return [round(seconds / sum(used), 2) for seconds in used] if used else []
