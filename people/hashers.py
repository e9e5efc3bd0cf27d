"""The password hash, which decides how a storm of sign-ins goes."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum (Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
