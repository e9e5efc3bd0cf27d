"""What is measured once, not under load: certificates, result sheet, standings, roster."""

import json
import time
from collections.abc import Callable
from typing import Any

from tests.bench import web
from tests.bench.driver import drive
from tests.bench.question_banks import WRITERS
from tests.running import Redis, Site, site

FEW, SHEET, MANY = 1_000, 10_000, 100_000
ROSTER = 10_000
WARM, FEW_ASKED, MANY_ASKED = 20, 1_250, 5_000


def _work(running: Site, *arguments: object) -> dict[str, Any]:
    texts = [str(argument) for argument in arguments]
    found: dict[str, Any] = json.loads(
        running.python("tests.bench.batch_work", *texts).splitlines()[-1]
    )
    return found


def certificates(redis: Redis) -> dict[str, Any]:
    with site("sqlite", redis_url=redis.url) as running:
        return {str(count): _work(running, "certificates", count) for count in (50, 500)}


def standings(redis: Redis) -> dict[str, Any]:
    """Publishing, the board and a contestant's own rank, with few and with many; the sheet."""
    with site("postgresql", redis_url=redis.url, name="motcua_bench") as running:
        running.manage("collectstatic", "--noinput", "--verbosity", "0")
        found: dict[str, Any] = {}
        filled = _work(running, "fill_finished", FEW, SHEET, MANY)
        rounds = {int(count): made for count, made in filled.items()}
        found["publish"] = {str(count): made["publish_seconds"] for count, made in rounds.items()}
        found["result_sheet"] = _work(running, "result_sheet", rounds[SHEET]["run"])
        running.start_web()
        for count in (FEW, MANY):
            made = rounds[count]
            paths = {"board": made["path"], "last page": f"{made['path']}?page={count // 50}"}
            found[str(count)] = {
                **web.pages(running.port, paths, times=40),
                "own rank": _own_rank(running, made),
            }
        for page in ("board", "last page", "own rank"):
            few, many = found[str(FEW)][page]["median_ms"], found[str(MANY)][page]["median_ms"]
            found[f"ratio, {page}"] = round(many / few, 2)
        return found


def _own_rank(running: Site, made: dict[str, Any]) -> dict[str, Any]:
    person = web.contestants(range(1))[0]
    person.code = made["person"]

    def look() -> web.Script:
        yield from web.open_sign_in(person)
        yield from web.sign_in(person)
        path = f"/play/attempts/{made['attempt']}/result/"
        for _ in range(40):
            web.expect((yield person.browser.get(path, "own rank")), 200, path)

    measured = drive(running.port, [(person.browser, look())], concurrent=1)["own rank"]
    return measured.summary()


def roster(redis: Redis) -> dict[str, Any]:
    with site("postgresql", redis_url=redis.url, name="motcua_bench") as running:
        path = running.folder / "danh-sach.xlsx"
        _work(running, "write_roster", path, ROSTER)
        found: dict[str, Any] = {"rows": ROSTER}
        for label in ("first", "again"):
            started = time.perf_counter()
            printed = running.manage("import_roster", str(path), "--json", seconds=600)
            found[f"{label}_seconds"] = round(time.perf_counter() - started, 1)
            counts = json.loads(printed.splitlines()[-1])
            found[label] = {name: counts[name] for name in ("created", "updated", "unchanged")}
            found[label]["rejected"] = len(counts["rejected"])
        return found


def questions(redis: Redis) -> dict[str, Any]:
    """Each file in a process of its own, so that what it grows by is its own; a small one first."""
    found: dict[str, Any] = {}
    for vendor in ("postgresql", "sqlite"):
        with site(vendor, redis_url=redis.url, name="motcua_bench") as running:
            of_vendor = found[vendor] = {}
            for kind in WRITERS:
                paths = {n: running.folder / f"{n}.{kind}" for n in (WARM, FEW_ASKED, MANY_ASKED)}
                for count, path in paths.items():
                    _work(running, "write_questions", kind, count, path)
                few, many = (
                    _work(running, "questions", kind, count, paths[count], paths[WARM])
                    for count in (FEW_ASKED, MANY_ASKED)
                )
                ratio = round(many["peak_mb"] / max(few["peak_mb"], 0.1), 2)
                of_vendor[kind] = {"few": few, "many": many, "peak_ratio": ratio}
    return found


# What people look for: in few texts, in many, in all, a number, a slip, nothing.
SEARCHES = {
    "few": "/search/?q=khai+sinh+12",
    "many": "/search/?q=%C4%91%E1%BA%A5t+%C4%91ai",
    "all": "/search/?q=thu+tuc+hanh+chinh",
    "last page": "/search/?q=thu+tuc+hanh+chinh&page=1000",
    "number": "/search/?q=n%C4%91+118%2F2025",
    "slip": "/search/?q=thu+tucc+hanh+chnh",
    "nothing": "/search/?q=zzzz+qqqq",
}


def search(redis: Redis) -> dict[str, Any]:
    """The page of the search with 10,000 pages, one visitor after the other, on both databases."""
    found: dict[str, Any] = {"pages": SHEET}
    for vendor in ("postgresql", "sqlite"):
        with site(vendor, redis_url=redis.url, name="motcua_bench") as running:
            running.manage("collectstatic", "--noinput", "--verbosity", "0")
            filled = _work(running, "fill_search", SHEET)
            running.start_web()
            found[vendor] = filled | web.pages(running.port, SEARCHES, times=60)
    return found


def analysis(redis: Redis) -> dict[str, Any]:
    """Each count in a process of its own, so that what it grows by is its own."""
    with site("postgresql", redis_url=redis.url, name="motcua_bench") as running:
        found: dict[str, Any] = {}
        for count, made in _work(running, "fill_finished", FEW, MANY).items():
            _work(running, "fill_answers", made["round"])
            found[count] = _work(running, "analysis", made["run"])
        return found


BATCHES: dict[str, Callable[[Redis], dict[str, Any]]] = {
    "certificates": certificates,
    "standings": standings,
    "roster": roster,
    "questions": questions,
    "search": search,
    "analysis": analysis,
}
