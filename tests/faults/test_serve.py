"""``make run`` and ``make demo``: one command starts web and worker and stops both cleanly."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT, Process, free_port, wait_for_port, wait_until
from tests.template import migrated_template


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[Process, int]]:
    port = free_port()
    process = Process(
        [sys.executable, "scripts/serve.py"],
        environment=_environment(tmp_path, port),
        log=tmp_path / "log",
    )
    wait_for_port(port, process)
    wait_until(lambda: len(process.children()) >= 2, what="web and worker")
    yield process, port
    if process.returncode is None:
        process.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both_and_frees_the_port(
    started: tuple[Process, int], number: signal.Signals
) -> None:
    process, port = started
    wait_until(lambda: len(_family(process.pid)) >= 4, what="web, its worker process, worker, beat")
    family = _family(process.pid)
    process.signal(number)
    assert process.wait(40) == 0, process.output()
    assert "SIGKILL" not in process.output()
    wait_until(lambda: not [pid for pid in family if _is_alive(pid)], what=f"orphans of {family}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_when_one_of_the_two_dies_the_other_is_stopped_and_it_says_so(
    started: tuple[Process, int],
) -> None:
    process, _port = started
    (web,) = (
        pid
        for pid in _family(process.pid)
        if "granian --interface" in _command(pid) and os.getsid(pid) == pid
    )
    family = _family(process.pid)
    os.killpg(web, signal.SIGKILL)
    assert process.wait(40) != 0
    wait_until(lambda: not [pid for pid in family if _is_alive(pid)], what="orphans")


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = _serve(_environment(tmp_path, port))
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.strip() == (
        f"Port {port} cannot be used (Address already in use). "
        f"Choose another: make run PORT={port + 1}"
    )


def test_a_port_that_is_none_is_said_to_be_so(tmp_path: Path) -> None:
    run = _serve({**_environment(tmp_path, 1), "PORT": "eight"})
    assert run.stderr.strip() == "PORT must be a number from 1 to 65535, not 'eight'."


def _serve(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/serve.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )


def _environment(folder: Path, port: int) -> dict[str, str]:
    """The embedded settings with everything they write in ``folder``."""
    shutil.copyfile(migrated_template(), folder / "motcua.sqlite3")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PORT": str(port), "VAR_DIR": str(folder)}


def _family(pid: int) -> list[int]:
    """Every living descendant, whatever group or session it is in."""
    run = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True)
    parents: dict[int, int] = {}
    for line in run.stdout.splitlines():
        child, parent, state = line.split()
        if not state.startswith("Z"):
            parents[int(child)] = int(parent)
    family, grew = {pid}, True
    while grew:
        more = {child for child, parent in parents.items() if parent in family} - family
        family |= more
        grew = bool(more)
    return sorted(family - {pid})


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
