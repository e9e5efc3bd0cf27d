"""Running the product as it runs in real life: its own processes, database and queue.

Used by tests/faults and tests/bench. Everything is on random ports and in temporary folders, and
every process started here is stopped here.
"""

import atexit
import contextlib
import functools
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.template import migrated_template

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HOST_NAME = "localhost"

# What README.md recommends (compose.yaml, Dockerfile); tests/faults/test_compose.py compares.
WEB_OPTIONS = (
    *("--workers", "2", "--blocking-threads", "4", "--backlog", "2048", "--no-ws"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "30"),
)


class Process:
    """A child in a process group of its own, with its output in a file."""

    def __init__(self, command: list[str], *, environment: Mapping[str, str], log: Path) -> None:
        self.command = command
        self.log = log
        program = shutil.which(command[0], path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                [program or command[0], *command[1:]],
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self._child.pid

    @property
    def returncode(self) -> int | None:
        return self._child.poll()

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def signal(self, number: int) -> None:
        self._child.send_signal(number)

    def wait(self, seconds: float) -> int:
        return self._child.wait(seconds)

    def kill_group(self) -> None:
        """``kill -9`` of the process and all its children: what a power cut does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._child.wait(10)

    def stop(self, seconds: float = 40) -> int:
        """SIGTERM, then the exit status; kills what is left of the group."""
        if self.returncode is None:
            self.signal(signal.SIGTERM)
        try:
            return self.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill_group()
            raise
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def children(self) -> list[int]:
        """The living processes of the group, the process itself left out."""
        run = subprocess.run(
            ["ps", "-o", "pid=,stat=", "-g", str(self.pid)], capture_output=True, text=True
        )
        rows = [line.split() for line in run.stdout.splitlines()]
        return [int(pid) for pid, state in rows if "Z" not in state and int(pid) != self.pid]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for_port(port: int, process: Process, *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.returncode is not None:
            raise AssertionError(f"{process.command} ended:\n{process.output()[-3000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing on port {port} after {seconds} s:\n{process.output()[-3000:]}")


def wait_until(condition, *, seconds: float = 30, what: str = "") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what or condition}"
        time.sleep(0.1)


class Redis:
    """A Redis server of our own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = f"redis-server --port {self.port} --save '' --bind 127.0.0.1 --dir {self.folder}"
        self.process = Process(
            shlex.split(command), environment=os.environ, log=self.folder / "redis.log"
        )
        wait_for_port(self.port, self.process)

    def kill(self) -> None:
        self.process.kill_group()


def _psql(statement: str) -> None:
    command = ["psql", "-wqd", _server_url(), "-v", "ON_ERROR_STOP=1", "-c", statement]
    subprocess.run(command, check=True, capture_output=True)


def _server_url() -> str:
    return os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"


def _database_url(name: str) -> str:
    return urlunsplit(urlsplit(_server_url())._replace(path=f"/{name}"))


@functools.cache
def _postgresql_template() -> str:
    """Name of a migrated database to copy from, dropped when this process ends."""
    name = f"motcua_template_{os.getpid()}"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    _psql(drop)
    _psql(f'CREATE DATABASE "{name}"')
    atexit.register(_psql, drop)
    environment = {
        "DATABASE_URL": _database_url(name),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    )
    return name


@contextlib.contextmanager
def postgresql_database(name: str) -> Iterator[str]:
    """URL of a migrated database beside the one of DATABASE_URL, dropped afterwards."""
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    template = _postgresql_template()
    _psql(drop)
    _psql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _database_url(name)
    finally:
        _psql(drop)


class Site:
    """One installation with production settings: variables, database, folder, processes."""

    def __init__(self, folder: Path, *, database_url: str, redis_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.web: Process
        self.round_id = 0
        self._processes: list[Process] = []
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "tests.settings_running",
            "SECRET_KEY": "k3y-" + "aZ09_xW7" * 8,
            "ALLOWED_HOSTS": HOST_NAME,
            "PUBLIC_URL": f"https://{HOST_NAME}",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "VAR_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
        }

    def manage(self, *arguments: str, seconds: float = 300) -> str:
        """Output of a ``manage.py`` command; its failure is an AssertionError with what it said."""
        run = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        assert run.returncode == 0, f"{arguments}:\n{run.stdout[-2000:]}{run.stderr[-4000:]}"
        return run.stdout

    def python(self, module: str, *arguments: str, seconds: float = 900) -> str:
        """Output of ``python -m module`` inside the installation."""
        run = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        assert run.returncode == 0, (
            f"{module} {arguments}:\n{run.stdout[-2000:]}{run.stderr[-4000:]}"
        )
        return run.stdout

    def start(self, name: str, command: list[str], **variables: str) -> Process:
        process = Process(
            command,
            environment={**self.environment, **variables},
            log=self.folder / f"{name}-{uuid.uuid4().hex[:6]}.log",
        )
        self._processes.append(process)
        return process

    def start_web(self, application: str = "config.wsgi:application", **variables: str) -> Process:
        address = ["--host", "127.0.0.1", "--port", str(self.port)]
        process = self.start(
            "web",
            ["granian", "--interface", "wsgi", *address, *WEB_OPTIONS, application],
            **variables,
        )
        self.web = process
        wait_for_port(self.port, process)
        wait_until(
            lambda: self.probe("/healthz") == 200, what=f"/healthz: {process.output()[-2000:]}"
        )
        return process

    def start_worker(self) -> Process:
        process = self.start(
            "worker",
            shlex.split(
                "celery --app config worker --beat --schedule "
                f"{self.folder}/beat --pool threads --concurrency 2 --loglevel info "
                "--without-gossip --without-mingle"
            ),
        )
        wait_until(
            lambda: "ready." in process.output() or process.returncode is not None, what="worker"
        )
        assert process.returncode is None, process.output()[-3000:]
        return process

    def probe(self, path: str) -> int:
        """Status of a page, 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def stop(self) -> None:
        for process in self._processes:
            process.kill_group()
        self._processes.clear()


@contextlib.contextmanager
def site(vendor: str, *, redis_url: str, name: str = "motcua_faults") -> Iterator[Site]:
    """A migrated installation on ``vendor`` ("postgresql" or "sqlite"), gone afterwards."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-run-")))
        if vendor == "postgresql":
            url = stack.enter_context(postgresql_database(f"{name}_{os.getpid()}"))
        else:
            url = f"sqlite:///{folder}/motcua.sqlite3"
            shutil.copyfile(migrated_template(), folder / "motcua.sqlite3")
        running = Site(folder, database_url=url, redis_url=redis_url)
        stack.callback(running.stop)
        yield running
