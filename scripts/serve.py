"""Runs web and worker (Procfile) until Ctrl-C or SIGTERM, then stops both and exits with 0."""

import os
import socket
import sys
from pathlib import Path

from honcho import manager
from honcho.environ import parse_procfile
from honcho.printer import Printer

ROOT = Path(__file__).resolve().parent.parent

# Honcho kills after five seconds; Celery alone looks for the signal every four.
manager.KILL_WAIT = 20


def usable_port(text: str, *, goal: str) -> int:
    """The port as a number; ends the program with one clear sentence when it cannot be used."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another: make {goal} PORT={other}"
            )
    return port


def main() -> int:
    port = usable_port(os.environ.get("PORT") or "8000", goal=os.environ.get("GOAL", "run"))
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        **os.environ,
        "PORT": str(port),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    processes = manager.Manager(Printer(sys.stderr, prefix=False))
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        processes.add_process(name, command, env=environment, cwd=str(ROOT))
    processes.loop()
    stopped_by_signal = processes.returncode in {130, 143}
    return 0 if stopped_by_signal else processes.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
