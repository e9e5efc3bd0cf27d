"""Second factors at rest: a copy of the database alone opens no account."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.encoding import force_bytes


def _fernet(secret: str | bytes) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"people.second-factors")
    return Fernet(base64.urlsafe_b64encode(key.derive(force_bytes(secret))))


class EncryptingMFAAdapter(DefaultMFAAdapter):
    """Encrypts TOTP secrets and recovery seeds with a key derived from SECRET_KEY.

    After SECRET_KEY changes, keep the old one in SECRET_KEY_FALLBACKS or every second factor
    must be set up again.
    """

    def encrypt(self, text: str) -> str:
        return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        try:
            return (
                MultiFernet([_fernet(key) for key in keys])
                .decrypt(encrypted_text.encode())
                .decode()
            )
        except InvalidToken as error:
            raise ImproperlyConfigured(
                "A second factor was encrypted with another SECRET_KEY: "
                "put that key in SECRET_KEY_FALLBACKS."
            ) from error
