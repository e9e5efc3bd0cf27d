"""A load generator that drives a server over HTTP as browsers do: cookies, CSRF, keep-alive.

One contestant is a generator: it yields requests and is sent the responses. ``drive`` runs many of
them, ``concurrent`` at a time, each on a connection of its own, in one thread over epoll: some
twenty thousand requests a second by itself, so that it is not what is measured (``overhead``).
"""

import re
import selectors
import socket
import statistics
import time
from collections import defaultdict, deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass(slots=True)
class Request:
    """``label`` names the operation it is counted under; None is not measured."""

    method: str
    path: str
    label: str | None = None
    body: bytes = b""
    content_type: str = ""


@dataclass(slots=True)
class Response:
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        found = re.search(rb"(?im)^%s: *(.*?)\r?$" % name.encode(), self.head)
        return found[1].decode() if found else ""


type Script = Generator[Request, Response, None]


@dataclass
class Measured:
    """What came of one operation: seconds of each request, and the errors in words."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0

    def summary(self) -> dict[str, float | int]:
        times = sorted(self.seconds)
        span = self.ended - self.began
        return {
            "requests": len(times),
            "per_second": round(len(times) / span, 1) if span else 0,
            "median_ms": round(statistics.median(times) * 1000, 2) if times else 0,
            "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2) if times else 0,
            "max_ms": round(times[-1] * 1000, 2) if times else 0,
            "errors": len(self.errors),
        }


class Browser:
    """The cookies of one person, and requests that carry them."""

    def __init__(self, *, address: str) -> None:
        self.cookies: dict[str, str] = {}
        self.address = address

    def get(self, path: str, label: str | None = None) -> Request:
        return Request("GET", path, label)

    def post(self, path: str, fields: dict[str, str], label: str | None = None) -> Request:
        return Request(
            "POST", path, label, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )

    def json(self, path: str, body: bytes, label: str | None = None) -> Request:
        return Request("POST", path, label, body, "application/json")

    def encode(self, request: Request) -> bytes:
        head = [
            f"{request.method} {request.path} HTTP/1.1",
            "Host: localhost",
            "X-Forwarded-Proto: https",
            f"X-Forwarded-For: {self.address}",
            "Accept-Language: vi",
            "Accept: text/html,application/json",
            "User-Agent: Mozilla/5.0 (bench)",
        ]
        if self.cookies:
            pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            head.append(f"Cookie: {pairs}")
        if request.method == "POST":
            head += [
                "Origin: https://localhost",
                "Referer: https://localhost/",
                f"Content-Type: {request.content_type}",
                f"Content-Length: {len(request.body)}",
            ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + request.body

    def take_cookies(self, head: bytes) -> None:
        for name, value in re.findall(rb"(?im)^set-cookie: *([^=\s]+)=([^;\r]*)", head):
            self.cookies[name.decode()] = value.decode()


class _Connection:
    """One contestant at work: the script, the socket, and the request that is under way."""

    def __init__(self, port: int, browser: Browser, script: Script) -> None:
        self.browser = browser
        self.script = script
        self.port = port
        self.socket = self._connect()
        self.buffer = bytearray()
        self.request: Request | None = None
        self.sent_at = 0.0
        self.retried = False

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def send(self, request: Request) -> None:
        self.request = request
        self.sent_at = time.perf_counter()
        self.socket.sendall(self.browser.encode(request))

    def receive(self) -> Response | None:
        """The response once it is whole."""
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the connection")
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.buffer[: end + 2])
        lowered = head.lower()
        start = end + 4
        status = int(head[9:12])
        if (at := lowered.find(b"content-length:")) >= 0:
            length = int(lowered[at + 15 : lowered.index(b"\r", at)])
            if len(self.buffer) < start + length:
                return None
            body = bytes(self.buffer[start : start + length])
            del self.buffer[: start + length]
        elif b"transfer-encoding: chunked" in lowered:
            if not self.buffer.endswith(b"0\r\n\r\n"):
                return None
            body = _joined_chunks(bytes(self.buffer[start:]))
            self.buffer.clear()
        else:
            body = b""
            del self.buffer[:start]
        return Response(status, head, body)


def _joined_chunks(data: bytes) -> bytes:
    parts, position = [], 0
    while True:
        end = data.index(b"\r\n", position)
        size = int(data[position:end], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + size])
        position = end + 4 + size


def drive(
    port: int, people: Iterable[tuple[Browser, Script]], *, concurrent: int
) -> dict[str, Measured]:
    """Run the scripts, so many at a time; what was measured, by label.

    A script stops at an exception of its own (a wrong status is one): it is an error of the
    operation that was under way.
    """
    waiting = deque(people)
    measured: dict[str, Measured] = defaultdict(Measured)
    selector = selectors.DefaultSelector()
    running = 0

    def fail(connection: _Connection, error: BaseException) -> None:
        label = connection.request.label if connection.request else None
        measured[label or "(not measured)"].errors.append(f"{type(error).__name__}: {error}"[:300])

    def advance(connection: _Connection, response: Response | None) -> bool:
        """Give the script its response and send what it asks next; False when it has ended."""
        try:
            request = (
                next(connection.script) if response is None else connection.script.send(response)
            )
            connection.send(request)
        except StopIteration:
            return False
        except (AssertionError, LookupError, TypeError, ValueError, OSError) as error:
            fail(connection, error)
            return False
        return True

    def begin() -> None:
        nonlocal running
        while waiting and running < concurrent:
            browser, script = waiting.popleft()
            connection = _Connection(port, browser, script)
            if advance(connection, None):
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                running += 1
            else:
                connection.socket.close()

    def end(connection: _Connection) -> None:
        nonlocal running
        selector.unregister(connection.socket)
        connection.socket.close()
        running -= 1
        begin()

    begin()
    while running:
        for key, _events in selector.select(60):
            connection: _Connection = key.data
            try:
                response = connection.receive()
            except OSError as error:
                fail(connection, error)
                end(connection)
                continue
            if response is None:
                continue
            now = time.perf_counter()
            request = connection.request
            assert request is not None
            if request.label:
                operation = measured[request.label]
                operation.seconds.append(now - connection.sent_at)
                operation.began = min(operation.began or connection.sent_at, connection.sent_at)
                operation.ended = max(operation.ended, now)
            connection.browser.take_cookies(response.head)
            if not advance(connection, response):
                end(connection)
    selector.close()
    return dict(measured)


def path_of(location: str) -> str:
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")
