"""A small OpenID Connect provider on localhost: discovery, authorize, token, userinfo, keys."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "motcua", "a-secret-of-the-client"


@cache
def _key() -> rsa.RSAPrivateKey:
    """One for all: making it takes longer than signing in."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeSignInService(ThreadingHTTPServer):
    """`claims` is who is at the keyboard there; codes are single use and bound to PKCE."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.key = _key()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **self.claims}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})


class _Handler(BaseHTTPRequestHandler):
    server: FakeSignInService

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        issuer = self.server.issuer
        if parts.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            assert asked["client_id"] == CLIENT_ID
            code = f"code-{len(self.server.codes)}"
            self.server.codes[code] = asked
            answer = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
            self.end_headers()
        elif parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer a-token":
            self._json(self.server.claims)
        elif parts.path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key())
            self._json({"keys": [{**json.loads(public), "kid": "1", "alg": "RS256"}]})
        else:
            self._json({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.server.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked.get("code_challenge") != challenge:
            self._json({"error": "invalid_grant"}, 400)
        elif sent.get("client_secret") != SECRET:
            self._json({"error": "invalid_client"}, 401)
        else:
            token = {"access_token": "a-token", "token_type": "Bearer", "expires_in": 60}
            self._json({**token, "id_token": self.server.id_token()})

    def _json(self, content: Any, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def fake_sign_in_service() -> Iterator[FakeSignInService]:
    with FakeSignInService() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
