"""``python -m tests.bench [PART …]`` (``make bench``): measure the product beside its floors.

Writes bench/results.json and the table of docs/performance.md.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench import report, web
from tests.bench.batch import BATCHES
from tests.running import ROOT, Redis, Site, site

RESULTS = ROOT / "bench/results.json"
STORM = 3000


def measure_web(running: Site, round_id: int) -> dict[str, Any]:
    """The floor and the whole day at 8 and at 32 concurrent contestants, then the check."""
    found: dict[str, Any] = {}
    everyone: list[web.Contestant] = []
    for number, concurrent in enumerate((8, 32)):
        process = running.start_web("tests.bench.floor:application")
        found[f"floor/{concurrent}"] = web.floor(running.port, concurrent=concurrent)
        process.stop()
        process = running.start_web()
        web.pages(running.port, {"warm": "/accounts/login/"}, times=20)
        first = number * web.CONTESTANTS
        people = web.contestants(range(first, first + web.CONTESTANTS))
        everyone += people
        found[f"day/{concurrent}"] = web.whole_day(
            running, process, round_id, people, concurrent=concurrent
        )
        process.stop()
    found["stored"] = web.checked(running, everyone)
    return found


def run_web(vendor: str, redis: Redis) -> dict[str, Any]:
    with site(vendor, redis_url=redis.url, name="motcua_bench") as running:
        say(f"{vendor}: filling the database")
        running.python("tests.bench.floor")
        running.manage("collectstatic", "--noinput", "--verbosity", "0")
        # The last two are for counting statements.
        count = 2 * web.CONTESTANTS + STORM + 2
        round_id = int(running.python("tests.bench.people", str(count)))
        say(f"{vendor}: the contest day at 8 and 32")
        found = measure_web(running, round_id)
        found["statements"] = json.loads(
            running.python("tests.bench.statements", str(round_id)).splitlines()[-1]
        )
        say(f"{vendor}: {STORM} contestants at once")
        running.start_web()
        people = web.contestants(range(2 * web.CONTESTANTS, 2 * web.CONTESTANTS + STORM))
        found["storm"] = web.storm(running, round_id, people, concurrent=64)
        found["storm"]["stored"] = web.checked(running, people)
        return found


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)  # noqa: T201


def main() -> None:
    parts = ["web-postgresql", "web-sqlite", *BATCHES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*parts, []], help="all of them by default")
    wanted = parser.parse_args().parts or parts
    results: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results["machine"] = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "measured_at": time.strftime("%Y-%m-%d"),
    }
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        redis = Redis(Path(folder))
        try:
            for part in wanted:
                say(part)
                results.setdefault("runs", {})[part] = {
                    "measured_at": time.strftime("%Y-%m-%d"),
                    "load": round(os.getloadavg()[0], 1),
                }
                if part.startswith("web-"):
                    results[part] = run_web(part.removeprefix("web-"), redis)
                else:
                    results[part] = BATCHES[part](redis)
                RESULTS.parent.mkdir(exist_ok=True)
                RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
        finally:
            redis.kill()
    table = report.as_markdown(results)
    report.write(table)
    print(table)  # noqa: T201


if __name__ == "__main__":
    main()
