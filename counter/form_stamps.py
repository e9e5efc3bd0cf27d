"""A signed mark in each public form: when it was shown, and a random key of its own.

It holds back programs that post without reading, and makes a second click harmless. It says
nothing of the person and needs neither cookie nor JavaScript.
"""

import secrets
from datetime import datetime
from typing import Final

from django.core import signing
from django.utils.translation import gettext as _

from counter.errors import StampRefused

# Nobody reads and fills in one of the forms faster.
MIN_SECONDS: Final = 3
MAX_SECONDS: Final = 6 * 60 * 60


def make_stamp(purpose: str, *, at: datetime) -> str:
    key = secrets.token_hex(16)
    return signing.dumps([key, int(at.timestamp())], salt=f"counter.form.{purpose}")


def read_stamp(purpose: str, stamp: str, *, at: datetime) -> str:
    """The key of the form. Raises StampRefused when the stamp is not ours, too young or too old."""
    try:
        key, shown_at = signing.loads(stamp[:400], salt=f"counter.form.{purpose}")
    except signing.BadSignature as error:
        raise StampRefused(
            _("Biểu mẫu không còn nguyên vẹn. Hãy kiểm tra lại nội dung rồi bấm gửi lần nữa.")
        ) from error
    age = int(at.timestamp()) - shown_at
    if age < MIN_SECONDS:
        raise StampRefused(_("Bạn gửi nhanh quá. Xin chờ vài giây rồi bấm gửi lần nữa."))
    if age > MAX_SECONDS:
        raise StampRefused(_("Trang mở đã lâu. Hãy kiểm tra lại nội dung rồi bấm gửi lần nữa."))
    return str(key)


def is_usable(purpose: str, stamp: str, *, at: datetime) -> bool:
    """Whether the form may be shown again with this stamp."""
    try:
        _key, shown_at = signing.loads(stamp[:400], salt=f"counter.form.{purpose}")
    except signing.BadSignature:
        return False
    return bool(0 <= int(at.timestamp()) - shown_at <= MAX_SECONDS)
