"""Each command of compose.yaml, run here on PostgreSQL and Redis; and the proxy in front of web."""

import shutil
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.running import (
    HOST_NAME,
    ROOT,
    WEB_OPTIONS,
    Process,
    Redis,
    Site,
    free_port,
    site,
    wait_for_port,
    wait_until,
)

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
MEDIA_ACCEL_PREFIX = COMPOSE["x-app"]["environment"]["MEDIA_ACCEL_PREFIX"]
PICTURE_OF_THE_FRONT_PAGE = """
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from cms.models import HomePage
file = get_test_image_file(filename="secret.png")
image = get_image_model().objects.create(title="Ảnh", file=file)
home = HomePage.objects.get(locale__language_code="vi")
home.share_image = image
home.save()
print(image.get_rendition("width-100").file.name)
"""


def test_every_command_of_compose_does_its_work_and_stops_when_told(redis: Redis) -> None:
    """One test, so that nobody adds a service without saying here what shows that it works."""
    shown = {
        "migrate": _migrates,
        "web": _answers("/readyz"),
        "live": _answers("/healthz"),
        "worker": _says("ready."),
        "beat": _says("beat: Starting"),
        "redis": _is_a_redis,
    }
    commanded = {name for name, service in SERVICES.items() if "command" in service}
    assert commanded == shown.keys()
    assert SERVICES.keys() - commanded == {"db", "proxy"}, "started by their images"
    with site("postgresql", redis_url=redis.url) as running:
        for name, show in shown.items():
            show(running, SERVICES[name]["command"])


def test_web_is_started_the_same_way_everywhere() -> None:
    command = SERVICES["web"]["command"]
    image = (ROOT / "Dockerfile").read_text()
    assert f"CMD {str(command).replace(chr(39), chr(34))}" in image
    assert " ".join(WEB_OPTIONS) in " ".join(command)
    for option in WEB_OPTIONS:
        assert option in (ROOT / "docs/operations.md").read_text()


def test_every_variable_of_compose_is_explained() -> None:
    text = (ROOT / "compose.yaml").read_text()
    manual = (ROOT / "docs/operations.md").read_text()
    for name in ("POSTGRES_PASSWORD", "SERVER_NAME", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"):
        assert name in manual
    for name in ("POSTGRES_PASSWORD", "SERVER_NAME"):
        assert f"${{{name}:?" in text, "a missing one stops docker compose with its name"


def test_the_proxy_tells_the_truth_about_a_request_and_serves_no_private_file(
    redis: Redis, tmp_path: Path
) -> None:
    with site("postgresql", redis_url=redis.url) as running:
        running.start_web(MEDIA_ACCEL_PREFIX=MEDIA_ACCEL_PREFIX)
        media = running.folder / "media"
        picture = running.manage("shell", "--verbosity", "0", "-c", PICTURE_OF_THE_FRONT_PAGE)
        picture = f"/media/{picture.split()[-1]}"
        assert (media / "original_images/secret.png").exists()
        (media / "images/secret.png").write_bytes(b"secret")
        (running.folder / "private").mkdir()
        (running.folder / "private/paper.pdf").write_bytes(b"secret")
        http, https = _start_proxy(running, tmp_path)

        assert http.get("/accounts/login/").location == f"https://{HOST_NAME}/accounts/login/"
        page = https.get("/accounts/login/", X_Forwarded_Proto="http")
        assert page.status == 200, "a client's own X-Forwarded-Proto must not count"
        assert "max-age" in page.headers["Strict-Transport-Security"]
        answer = https.get(picture)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
        assert answer.body.startswith(b"\x89PNG")
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for path in (
            "/media/images/secret.png",
            "/_media/images/secret.png",
            picture.replace("/media/", "/_media/"),
            "/media/original_images/secret.png",
            "/media/images/../original_images/secret.png",
            "/media/images/%2e%2e/original_images/secret.png",
            "/media/images../private/paper.pdf",
            "/media/../private/paper.pdf",
            "/private/paper.pdf",
            "/media/",
            "/readyz",
        ):
            answer = https.get(path)
            assert answer.status in {400, 404}, path
            assert not answer.body.startswith((b"secret", b"\x89PNG")), path
        assert https.get("/healthz").status == 200
        assert https.post("/play/answer/", b"x" * 40_000).status == 413
        assert https.post("/accounts/login/", b"x" * (26 * 1024 * 1024)).status == 413
        with pytest.raises(OSError, match=r"."):
            https.get("/", Host="another.example")


def _migrates(running: Site, command: list[str]) -> None:
    process = running.start("migrate", command)
    assert process.wait(120) == 0, process.output()
    assert "No migrations to apply" in process.output()


def _answers(path: str) -> Any:
    def show(running: Site, command: list[str]) -> None:
        running.port = free_port()
        running.address = f"http://127.0.0.1:{running.port}"
        command = [str(running.port) if part in {"8000", "8001"} else part for part in command]
        process = running.start(
            "server", [part.replace("0.0.0.0", "127.0.0.1") for part in command]
        )
        wait_for_port(running.port, process)
        wait_until(lambda: running.probe(path) == 200, what=process.output())
        # uvicorn ends cleanly and then by the signal itself.
        assert process.stop() in {0, -signal.SIGTERM}, process.output()

    return show


def _says(text: str) -> Any:
    def show(running: Site, command: list[str]) -> None:
        command = [part.replace("/tmp/", f"{running.folder}/") for part in command]
        process = running.start("celery", command)
        wait_until(lambda: text in process.output(), what=f"{text}: {process.output()}")
        assert process.stop() == 0, process.output()

    return show


def _is_a_redis(running: Site, command: list[str]) -> None:
    port = free_port()
    process = running.start("redis", [*command, "--port", str(port), "--dir", str(running.folder)])
    wait_for_port(port, process)
    assert process.stop() == 0, process.output()


class _Answer:
    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body
        self.location = headers.get("Location", "")


class _Client:
    def __init__(self, address: str) -> None:
        self.address = address
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), _NoRedirect()
        )

    def get(self, path: str, **headers: str) -> _Answer:
        return self._send(urllib.request.Request(self.address + path), headers)

    def post(self, path: str, body: bytes) -> _Answer:
        return self._send(urllib.request.Request(self.address + path, data=body), {})

    def _send(self, request: urllib.request.Request, headers: dict[str, str]) -> _Answer:
        request.add_header("Host", HOST_NAME)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with self._opener.open(request, timeout=30) as response:
                return _Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            return _Answer(error.code, error.headers, error.read())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        return None


def _start_proxy(running: Site, folder: Path) -> tuple[_Client, _Client]:
    """nginx with deploy/proxy.conf.template as the image would make it, ports and folders ours."""
    template = (ROOT / "deploy/proxy.conf.template").read_text()
    http, https = free_port(), free_port()
    certificate = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(
        ["openssl", *certificate.split(), "-subj", f"/CN={HOST_NAME}", *files],
        check=True,
        capture_output=True,
    )
    for old, new in {
        "${SERVER_NAME}": HOST_NAME,
        "web:8000": f"127.0.0.1:{running.port}",
        "live:8001": f"127.0.0.1:{running.port}",
        "listen 80": f"listen 127.0.0.1:{http}",
        "listen 443": f"listen 127.0.0.1:{https}",
        "/etc/nginx/certificates": str(folder),
        "/srv/media": str(running.folder / "media"),
    }.items():
        assert old in template
        template = template.replace(old, new)
    (folder / "site.conf").write_text(template)
    (folder / "nginx.conf").write_text(
        f"user root;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        "events {}\nhttp {\naccess_log off;\n"
        + "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"include {folder}/site.conf;\n}}\n"
    )
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    subprocess.run([nginx, "-t", "-c", folder / "nginx.conf"], check=True, capture_output=True)
    process: Process = running.start(
        "nginx", [nginx, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    )
    wait_for_port(https, process)
    time.sleep(0.1)
    return _Client(f"http://127.0.0.1:{http}"), _Client(f"https://127.0.0.1:{https}")
