"""Attempt tokens: what the page of questions shows to save answers without a session.

A token names one attempt of one person and is signed; it is worth nothing once the attempt is
finished. Since no other site can know it, it also stands for CSRF protection. It lets its bearer
save answers of that attempt, read back what was saved and hand it in, nothing else.

A start token is what the lobby shows to begin a round. It is good only beside the session cookie it
was made for, so it ends when the person signs out in that browser.
"""

import hashlib

from django.core.signing import BadSignature, TimestampSigner

# Longer than any round allows (24 hours and a reopening): the attempt's own end is what counts.
MAX_AGE_SECONDS = 48 * 60 * 60
_SALT = "quizzes.attempt"
_START_SALT = "quizzes.start"


def make_token(attempt_id: int, user_id: int) -> str:
    return TimestampSigner(salt=_SALT).sign(f"{attempt_id}.{user_id}")


def read_token(token: object) -> int | None:
    """The attempt's id, or None for what is not a token of ours or too old."""
    if not isinstance(token, str) or len(token) > 200 or not token.isascii():
        return None
    try:
        value = TimestampSigner(salt=_SALT).unsign(token, max_age=MAX_AGE_SECONDS)
    except BadSignature:
        return None
    return int(value.partition(".")[0])


def make_start_token(round_id: int, user_id: int, *, session_key: str) -> str:
    return TimestampSigner(salt=_START_SALT).sign(f"{round_id}.{user_id}.{_digest(session_key)}")


def read_start_token(
    token: object, *, round_id: int, session_key: str, max_age_seconds: int
) -> int | None:
    """The user's id, or None for what is not our token for this round and this session."""
    if not isinstance(token, str) or len(token) > 300 or not token.isascii() or not session_key:
        return None
    try:
        value = TimestampSigner(salt=_START_SALT).unsign(token, max_age=max_age_seconds)
    except BadSignature:
        return None
    of_round, user_id, digest = value.split(".")
    if int(of_round) != round_id or digest != _digest(session_key):
        return None
    return int(user_id)


def _digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()
