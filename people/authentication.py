"""Signing in with a password: one lookup whatever was typed."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from people.identity import find_person


class IdentityBackend(AuthenticationBackend):
    """allauth's backend, which spends the same time on an unknown account, with our lookup.

    allauth itself would decide by the look of the text which method it is, then search by `iexact`
    without an index, up to four queries.
    """

    def _authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(find_person(typed), credentials.get("password") or "")
