"""A task goes from web to worker through the queue in a folder; a killed worker's job goes on."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import ROOT, Process, wait_until
from tests.template import migrated_template

QUESTIONS = 4_000


class Installation:
    """The embedded default: SQLite, the queue in a folder, a worker of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        }
        shutil.copyfile(migrated_template(), folder / "motcua.sqlite3")
        self.worker: Process | None = None

    def ask(self, *arguments: str) -> dict[str, object]:
        """Run ``tests.faults.importing`` as the web process would, and read what it prints."""
        run = subprocess.run(
            [sys.executable, "-m", "tests.faults.importing", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert run.returncode == 0, run.stderr[-3000:]
        answer: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
        return answer

    def state(self) -> str:
        """Of the only job, at once: the database is a file."""
        with closing(sqlite3.connect(self.folder / "motcua.sqlite3", timeout=30)) as database:
            [[state]] = database.execute("SELECT state FROM core_job")
        return str(state)

    def start_worker(self) -> None:
        self.worker = Process(
            [
                *("celery", "--app", "config", "worker", "--pool", "threads"),
                *("--concurrency", "1", "--loglevel", "info"),
                *("--without-gossip", "--without-mingle"),
            ],
            environment=self.environment,
            log=self.folder / "worker.log",
        )
        seen = len(self.worker.output())
        worker = self.worker
        wait_until(lambda: "ready." in worker.output()[seen:], seconds=90, what="worker")

    def kill_worker(self) -> None:
        if self.worker is not None and self.worker.returncode is None:
            self.worker.kill_group()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.kill_worker()


def test_a_job_of_a_killed_worker_is_interrupted_and_goes_on(installation: Installation) -> None:
    assert installation.ask("upload", str(QUESTIONS))["state"] == "waiting"
    installation.start_worker()
    wait_until(lambda: installation.state() == "running", seconds=60, what="the worker reads")
    installation.kill_worker()
    assert installation.state() == "running", "nobody has noticed yet"
    # Not to wait for the lease: the heartbeat is put back by as much.
    assert installation.ask("age")["state"] == "interrupted"
    assert installation.ask("look")["rows"] == 0

    assert installation.ask("resume")["state"] == "waiting"
    installation.start_worker()
    wait_until(lambda: installation.state() == "done", seconds=120, what="the job goes on")
    assert installation.ask("look")["rows"] == QUESTIONS
