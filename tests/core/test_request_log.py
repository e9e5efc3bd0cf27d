"""The log says what happened, and nothing about whom it happened to."""

import io
import json
import logging.config
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from config.settings.logs import logging_config
from config.settings.test import LOGGING

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lines(monkeypatch):
    """The JSON lines written so far, by production's configuration."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logging.config.dictConfig(logging_config(json=True))
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.config.dictConfig(LOGGING)


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_id_and_without_its_query(client: Client, lines) -> None:
    response = client.get("/no-such-page/?q=Nguyễn+Văn+An&phone=0912345678")
    assert response.status_code == 404
    (line,) = lines()
    assert line["event"] == "request_finished"
    assert line["code"] == 404
    assert line["request"] == "GET /no-such-page/"
    assert line["request_id"] == response.headers["X-Request-ID"]
    text = json.dumps(line, ensure_ascii=False)
    assert "0912345678" not in text
    assert "Nguy" not in text
    assert "127.0.0.1" not in text


@pytest.mark.django_db
def test_a_signed_in_person_is_a_number_in_the_log(client: Client, lines) -> None:
    user = get_user_model().objects.create_superuser("CB001", full_name="Trần Thị Bình")
    client.force_login(user)
    client.get("/admin/")
    assert lines()[-1]["user_id"] == user.pk
    assert "Bình" not in json.dumps(lines(), ensure_ascii=False)
    assert "CB001" not in json.dumps(lines(), ensure_ascii=False)


@pytest.mark.django_db
def test_a_secret_in_the_path_of_an_account_page_stays_out(client: Client, lines) -> None:
    client.get("/accounts/password/reset/key/1a-secretsecret/")
    assert "secretsecret" not in json.dumps(lines())


def test_a_traceback_is_text_without_the_row_that_was_refused(lines) -> None:
    phone = "0912345678"
    try:
        raise ValueError(f"duplicate key\nDETAIL:  Key (phone)=({phone}) already exists.")
    except ValueError:
        logging.getLogger("somewhere").exception("refused")
    (line,) = lines()
    assert "ValueError: duplicate key" in line["exception"]
    assert phone not in json.dumps(line)


def test_a_readable_log_shows_no_values_of_variables() -> None:
    program = (
        "import logging, logging.config; from config.settings.logs import logging_config\n"
        "logging.config.dictConfig(logging_config(json=False))\n"
        "answer = 'the key is ' + 'B'\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError: logging.getLogger('x').exception('failed')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert "ZeroDivisionError" in run.stderr
    assert "the key is B" not in run.stderr
