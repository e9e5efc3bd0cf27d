"""Which of our people an outside sign-in service speaks of."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from people.models import User


def find_linked_person(extra_data: Mapping[str, Any]) -> User | None:
    """The active account with the staff code that the service states, or the e-mail it verified.

    `extra_data` is what allauth keeps of an OpenID Connect answer: its userinfo and id_token.
    None when nobody matches or when the two signs point at two people: a link is never guessed.
    """
    claims = extra_data.get("userinfo") or extra_data.get("id_token") or extra_data
    code = claims.get(settings.OIDC_STAFF_CODE_CLAIM)
    email = claims.get("email") if claims.get("email_verified") is True else None
    found: set[User] = set()
    if isinstance(code, str) and code.strip():
        found |= set(User.objects.filter(staff_code=code.strip().upper()))
    if isinstance(email, str) and email.strip():
        found |= set(User.objects.filter(email=email.strip().lower()))
    if len(found) != 1:
        return None
    (person,) = found
    return person if person.is_active else None
