"""Chromium, the demo it looks at, and its people: for checking pages and taking pictures."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "motcua-demo-2026"  # noqa: S105 - printed by the demo
ADMINISTRATOR, ORGANISER, EDITOR = "QT001", "BTC001", "BT001"
CONTESTANT, COUNTER = "CB00001", "MC001"
# Making the demo data takes the larger part, on a busy machine minutes.
START_SECONDS = 600


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Page, staff_code: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(staff_code)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


@contextmanager
def running_demo() -> Iterator[str]:
    """Address of the demo: BASE_URL if one runs there, else one of its own until the end, whose
    data are kept in var/pages for the next time."""
    if given := os.environ.get("BASE_URL"):
        yield given.rstrip("/")
        return
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = ROOT / "var" / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            ["sh", "scripts/demo.sh"],  # noqa: S607
            cwd=ROOT,
            env={**os.environ, "VAR_DIR": str(folder), "PORT": str(port)},
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://localhost:{port}"
            _wait_until_ready(server, address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    for _second in range(START_SECONDS):
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(1)
    raise SystemExit("The demo did not start; see var/pages/server.log.")
