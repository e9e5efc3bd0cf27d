"""Attempt tokens: what the page of questions shows to save answers without a session.

A token names one attempt of one person and is signed; it is worth nothing once the attempt is
finished. Since no other site can know it, it also stands for CSRF protection. It lets its bearer
save answers of that attempt and read back what was saved, nothing else.
"""

from django.core.signing import BadSignature, TimestampSigner

# Longer than any round allows (24 hours and a reopening): the attempt's own end is what counts.
MAX_AGE_SECONDS = 48 * 60 * 60
_SALT = "quizzes.attempt"


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
