"""Zalo's open API for articles, as documented: what we ask, and what an answer can mean.

POST {api}/v2.0/article/create and /v2.0/article/verify, JSON, the header ``access_token``; an
answer is good when HTTP is 200 and ``error`` is 0. POST {oauth}/v4/oa/access_token, a form, the
header ``secret_key``; a refresh token works once and comes back new.

Tokens travel in headers and forms, never in addresses, and no exception here carries one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from ssl import SSLCertVerificationError
from typing import Any, Protocol

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

TITLE_CHARS, AUTHOR_CHARS, DESCRIPTION_CHARS = 150, 50, 300
CONNECT_SECONDS, READ_SECONDS = 5, 20
_MOST_BYTES = 256 * 1024
_TOKEN_EXPIRED = {-216, -124}
_TOO_OFTEN = {-32}
_STILL_WORKING = {-214}


@dataclass(frozen=True, slots=True)
class Article:
    """``paragraphs`` are plain text."""

    title: str
    author: str
    description: str
    cover_url: str
    paragraphs: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True, repr=False)
class Tokens:
    access: str
    refresh: str
    lifetime_seconds: int


class ZaloError(Exception):
    """``code`` and ``message`` are Zalo's, where it gave any."""

    def __init__(self, code: str = "", message: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


class NotSent(ZaloError):
    """Zalo has certainly not acted: it could not be reached, or asked us to come later."""


class TokenExpired(ZaloError):
    """Zalo has not acted: the access token is no longer good."""


class Refused(ZaloError):
    """Zalo has not acted and will not."""


class OutcomeUnknown(ZaloError):
    """The request went out and no answer that can be read came back."""


class ArticleApi(Protocol):
    """What the outbox needs of Zalo. Each raises the errors above."""

    def create_article(self, article: Article, *, access_token: str) -> str:
        """The token by which Zalo is asked how the article fares."""
        ...

    def find_article(self, token: str, *, access_token: str) -> str | None:
        """The id of the article; None while Zalo is still at it."""
        ...

    def renew(self, *, app_id: str, app_secret: str, refresh_token: str) -> Tokens: ...


class HttpArticleApi:
    """The API over HTTPS. Follows no redirect: a token goes to the documented hosts only."""

    def __init__(self, *, api_url: str, oauth_url: str) -> None:
        self._api_url = api_url.rstrip("/")
        self._oauth_url = oauth_url.rstrip("/")

    def create_article(self, article: Article, *, access_token: str) -> str:
        answer = self._ask("/v2.0/article/create", _article_json(article), access_token)
        token = _data(answer).get("token")
        if not isinstance(token, str) or not token:
            raise OutcomeUnknown
        return token

    def find_article(self, token: str, *, access_token: str) -> str | None:
        try:
            answer = self._ask("/v2.0/article/verify", {"token": token}, access_token)
        except Refused as refusal:
            if refusal.code in {str(code) for code in _STILL_WORKING}:
                return None
            raise
        found = _data(answer).get("id") or _data(answer).get("article_id")
        return str(found) if found else None

    def renew(self, *, app_id: str, app_secret: str, refresh_token: str) -> Tokens:
        answer = _post(
            f"{self._oauth_url}/v4/oa/access_token",
            headers={"secret_key": app_secret},
            data={
                "refresh_token": refresh_token,
                "app_id": app_id,
                "grant_type": "refresh_token",
            },
        )
        access, refresh = answer.get("access_token"), answer.get("refresh_token")
        if not isinstance(access, str) or not isinstance(refresh, str):
            raise Refused(
                str(answer.get("error", "")),
                str(answer.get("error_description") or answer.get("error_name") or ""),
            )
        try:
            lifetime_seconds = int(answer.get("expires_in", 3600))
        except (TypeError, ValueError):
            lifetime_seconds = 3600
        return Tokens(access, refresh, lifetime_seconds)

    def _ask(self, path: str, body: dict[str, Any], access_token: str) -> dict[str, Any]:
        answer = _post(self._api_url + path, headers={"access_token": access_token}, json_body=body)
        code, message = answer.get("error"), str(answer.get("message") or "")
        if code == 0:
            return answer
        if not isinstance(code, int):
            raise OutcomeUnknown
        if code in _TOKEN_EXPIRED:
            raise TokenExpired(str(code), message)
        if code in _TOO_OFTEN:
            raise NotSent(str(code), message)
        raise Refused(str(code), message)


def _article_json(article: Article) -> dict[str, Any]:
    return {
        "type": "normal",
        "title": article.title[:TITLE_CHARS],
        "author": article.author[:AUTHOR_CHARS],
        "cover": {"cover_type": "photo", "photo_url": article.cover_url, "status": "show"},
        "description": article.description[:DESCRIPTION_CHARS],
        # the content of a text part is HTML to Zalo
        "body": [{"type": "text", "content": escape(text)} for text in article.paragraphs],
        "status": "show" if article.is_shown else "hide",
        "comment": "hide",
    }


def _data(answer: dict[str, Any]) -> dict[str, Any]:
    data = answer.get("data")
    return data if isinstance(data, dict) else {}


def _post(
    url: str,
    *,
    headers: dict[str, str],
    json_body: dict[str, Any] | None = None,
    data: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The answer as a JSON object. The errors carry no text of the libraries: it may hold parts of
    the request."""
    try:
        with requests.post(
            url,
            headers=headers,
            json=json_body,
            data=data,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
            stream=True,
        ) as response:
            status = response.status_code
            content = response.raw.read(_MOST_BYTES + 1, decode_content=True)
    except requests.RequestException as error:
        raise (NotSent() if _never_left(error) else OutcomeUnknown()) from None
    except Exception:  # urllib3's own, while the answer is read
        raise OutcomeUnknown from None
    if status == 401:
        raise TokenExpired(str(status))
    if status == 429:
        raise NotSent(str(status))
    if status >= 500:
        raise OutcomeUnknown(str(status))
    if status != 200:
        raise Refused(str(status))
    try:
        answer = json.loads(content[:_MOST_BYTES])
    except ValueError:
        raise OutcomeUnknown from None
    if not isinstance(answer, dict):
        raise OutcomeUnknown
    return answer


def _never_left(error: requests.RequestException) -> bool:
    """Whether it is certain that no byte of the request reached anybody."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    if isinstance(reason, SSLError):  # only of the handshake is it certain
        return bool(reason.args) and isinstance(reason.args[0], SSLCertVerificationError)
    return isinstance(reason, NewConnectionError)
