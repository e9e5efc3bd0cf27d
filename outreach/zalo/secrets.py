"""The tokens of the Official Account at rest: a copy of the database alone posts nothing."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from outreach.errors import ZaloRefused


def _fernet(secret: str | bytes) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"outreach.zalo-tokens")
    return Fernet(base64.urlsafe_b64encode(key.derive(force_bytes(secret))))


def locked(text: str) -> str:
    """Encrypted with a key derived from SECRET_KEY; "" stays ""."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode() if text else ""


def opened(text: str) -> str:
    """Raises ZaloRefused when it was locked with a key that is gone."""
    if not text:
        return ""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        return MultiFernet([_fernet(key) for key in keys]).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise ZaloRefused(
            _("Khóa bí mật của máy chủ đã đổi. Hãy nhập lại các mã của Zalo Official Account.")
        ) from error
