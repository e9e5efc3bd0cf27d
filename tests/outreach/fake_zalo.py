"""The documented requests of Zalo's open API, answered on this machine.

A test says what the next answers are (``answers``) and reads what was asked (``asked``). Without a
word of the test every request succeeds.
"""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

type Answer = Callable[[BaseHTTPRequestHandler], None]


class FakeZalo:
    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answers: list[Answer] = []
        self.refresh_token = "lam-moi-1"
        self.created = 0
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                is_json = "json" in self.headers["Content-Type"]
                fields = json.loads(body) if is_json else dict(parse_qsl(body))
                fake.asked.append((self.path, dict(self.headers.items()), fields))
                if self.path == "/v4/oa/access_token":
                    say(**fake.renew(fields))(self)
                elif fake.answers:
                    fake.answers.pop(0)(self)
                elif self.path == "/v2.0/article/create":
                    fake.created += 1
                    say(error=0, message="Success", data={"token": "the-1"})(self)
                else:
                    say(error=0, message="Success", data={"id": "bai-1"})(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def renew(self, fields: dict[str, str]) -> dict[str, Any]:
        if fields.get("refresh_token") != self.refresh_token:
            return {"error": -14020, "error_description": "Invalid refresh token"}
        number = int(self.refresh_token.rpartition("-")[2]) + 1
        self.refresh_token = f"lam-moi-{number}"
        return {
            "access_token": f"truy-cap-{number}",
            "refresh_token": self.refresh_token,
            "expires_in": "90000",
        }

    def paths(self) -> list[str]:
        return [path for path, _headers, _fields in self.asked]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def say(**answer: Any) -> Answer:
    return say_raw(json.dumps(answer).encode())


def say_raw(content: bytes, *, status: int = 200, **headers: str) -> Answer:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return write


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and say nothing."""
    handler.close_connection = True
    handler.connection.close()
