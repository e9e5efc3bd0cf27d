"""SQL statements of each request of the contest day: ``python -m tests.bench.statements ROUND``.

Counted in a warm process. The begin, savepoint and commit of a transaction are left out.
"""

import json
import re
import sys
from collections.abc import Callable
from typing import Any

import django


def count(round_id: int) -> dict[str, int]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from people.models import User
    from quizzes.models import Attempt, Entry, Round
    from tests.bench.driver import Response
    from tests.bench.people import PASSWORD
    from tests.bench.web import form_in

    settings.ALLOWED_HOSTS.append("testserver")
    round = Round.objects.get(pk=round_id)
    entries = Entry.objects.filter(contest=round.contest_id, attempts=None).order_by("-id")
    found: dict[str, int] = {}

    def hidden_fields(page: Any, to: str) -> dict[str, str]:
        return form_in(Response(200, b"", page.content), to=to)

    def counted(label: str, request: Callable[[], Any]) -> Any:
        with CaptureQueriesContext(connection) as captured:
            response = request()
        found[label] = sum(
            not re.match(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE)", query["sql"])
            for query in captured.captured_queries
        )
        assert response.status_code in {200, 302}, f"{label}: {response.status_code}"
        return response

    def take_round(entry: Entry) -> None:
        code = User.objects.get(pk=entry.user_id).staff_code
        client = Client(headers={"x-forwarded-proto": "https"})
        counted("sign-in page", lambda: client.get("/accounts/login/", secure=True))
        fields = {"login": code, "password": PASSWORD}
        counted("sign-in", lambda: client.post("/accounts/login/", fields, secure=True))
        lobby = counted("lobby", lambda: client.get(f"/play/{round_id}/", secure=True))
        start = f"/play/{round_id}/start/"
        fields = hidden_fields(lobby, start)
        counted("start", lambda: client.post(start, fields, secure=True))
        attempt = Attempt.objects.get(entry=entry)
        address = f"/play/attempts/{attempt.pk}/"
        paper = counted("paper", lambda: client.get(address, secure=True))
        data = re.search(r'id="play-data"[^>]*>(.*?)</script>', paper.content.decode(), re.DOTALL)
        assert data
        body = {"token": json.loads(data[1])["token"], "slot": 0, "choice": [0], "sequence": 1}
        counted("save", lambda: client.post("/play/answer/", body, content_type="application/json"))
        page = counted("hand-in page", lambda: client.get(f"{address}hand-in/", secure=True))
        fields = hidden_fields(page, "")
        counted("hand in", lambda: client.post(f"{address}hand-in/", fields, secure=True))

    # The second person meets a warm process.
    for entry in entries[:2]:
        take_round(entry)
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(count(int(sys.argv[1]))))  # noqa: T201
