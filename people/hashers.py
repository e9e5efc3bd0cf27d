"""The password hash, which decides how a storm of sign-ins goes."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum (Password Storage Cheat Sheet: m = 7 MiB, t = 5, p = 1).

    The sheet names five settings of equal strength, from m = 46 MiB, t = 1 to this one. What fits
    the processor's cache is the quickest, by a quarter against 19 MiB, and a storm of sign-ins
    takes a third of the memory. A hash of other settings is replaced at its owner's next sign-in.
    """

    time_cost = 5
    memory_cost = 7 * 1024
    parallelism = 1
