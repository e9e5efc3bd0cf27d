"""Production settings, in a process of their own as in real life."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.template import migrated_template

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3y-" + "aZ09_xW7" * 8,
    "ALLOWED_HOSTS": "hoithi.phuong.gov.vn",
    "PUBLIC_URL": "https://hoithi.phuong.gov.vn",
    "DATABASE_URL": "postgres://motcua:secret@db:5432/motcua",
    "REDIS_URL": "redis://redis:6379/0",
}


def _run(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    variables = {**GOOD, **changes}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | {name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
    )


def test_the_deployment_check_finds_nothing_to_say() -> None:
    run = _run("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


def test_a_missing_variable_stops_the_start_and_is_named() -> None:
    program = """
import os, sys, django
for name in sys.argv[1:]:
    kept = os.environ.pop(name)
    try:
        django.setup()
    except Exception as error:
        print(name in str(error).splitlines()[-1])
    os.environ[name] = kept
    for module in [module for module in sys.modules if module.startswith("config.settings")]:
        del sys.modules[module]
django.setup()
print("started")
"""
    names = ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL"]
    run = _run("-c", program, *names)
    assert run.stdout.split() == [*["True"] * len(names), "started"], run.stderr


def test_headers_and_cookies_of_a_public_page(tmp_path: Path) -> None:
    database = shutil.copy(migrated_template(), tmp_path / "motcua.sqlite3")
    program = """
import json, django
from django.conf import settings
# The manifest is made by collectstatic, which a test has no need to wait for.
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {"BACKEND": plain}
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
get_user_model().objects.create_user("CB001", "mat-khau-dai", full_name="Trần Thị Bình")
client = Client(headers={"host": "hoithi.phuong.gov.vn"})
def seen(response):
    return [response.status_code, dict(response.headers), response.cookies.output()]
print(json.dumps({
    "plain": seen(client.get("/accounts/login/")),
    "page": seen(client.get("/accounts/login/", secure=True)),
    "signed_in": seen(client.post(
        "/accounts/login/", {"login": "CB001", "password": "mat-khau-dai"}, secure=True)),
    "admin": seen(client.get("/admin/", secure=True)),
}))
"""
    run = _run("-c", program, DATABASE_URL=f"sqlite:///{database}")
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.splitlines()[-1])
    status, headers, _cookies = seen["plain"]
    assert (status, headers["Location"]) == (301, "https://hoithi.phuong.gov.vn/accounts/login/")

    status, headers, cookies = seen["page"]
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http:" not in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"

    status, _headers, more_cookies = seen["signed_in"]
    assert status == 302
    cookies = f"{cookies}\n{more_cookies}"
    assert "sessionid=" in cookies
    assert "csrftoken=" in cookies
    for cookie in cookies.splitlines():
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie
    (session,) = (line for line in cookies.splitlines() if "sessionid" in line)
    assert "HttpOnly" in session
    assert "Max-Age" not in session, "a session ends with the browser"

    # The Wagtail editor cannot do without inline code; nobody else gets that.
    assert "'unsafe-inline'" in seen["admin"][1]["Content-Security-Policy"]


def test_every_entry_point_obeys_the_environment() -> None:
    program = (
        "import config.wsgi, config.asgi, config.celery\n"
        "from django.conf import settings; print(settings.SETTINGS_MODULE, settings.DEBUG)"
    )
    assert _run("-c", program).stdout.split() == ["config.settings.production", "False"]
