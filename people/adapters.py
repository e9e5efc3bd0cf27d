"""How allauth meets our people: who may come in, by which door, and what they are told."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import read_clock
from people import throttling
from people.identity import normalise_identity
from people.linking import find_linked_person
from people.models import User

_WRONG = gettext_lazy("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi nhập lại.")
_TOO_MANY = gettext_lazy("Đã nhập sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại.")
_SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "phone_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "too_many_login_attempts": _TOO_MANY,
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come from the roster only."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if throttling.is_blocked(self._guards(request, credentials), at=read_clock()):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        throttling.count_failure(self._guards(request, credentials), at=read_clock())

    def _guards(self, request: HttpRequest, credentials: dict[str, Any]) -> list[throttling.Guard]:
        return throttling.sign_in_guards(
            "password",
            identity=normalise_identity(credentials.get("username") or ""),
            address=self.get_client_ip(request),
        )

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """By the account itself: not everyone has a staff code or an e-mail address."""
        guards = throttling.sign_in_guards(
            "reauthenticate", identity=str(user.pk), address=self.get_client_ip(context.request)
        )
        at = read_clock()
        if throttling.is_blocked(guards, at=at):
            raise self.validation_error("too_many_login_attempts")
        if user.check_password(password):
            return True
        throttling.count_failure(guards, at=at)
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_public_url(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation
    ) -> str:
        return _at_public_url(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Without a word of the Host header, which whoever asks for the mail may choose."""
        site = {
            "name": settings.WAGTAIL_SITE_NAME,
            "domain": urlsplit(settings.PUBLIC_URL).netloc,
        }
        context = {**context, "current_site": site}
        if "signup_url" in context:
            context["signup_url"] = _at_public_url(context["signup_url"])
        super().send_mail(template_prefix, email, context)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A password that the person has chosen is one that nobody has to change."""
        user.set_password(password)
        if isinstance(user, User):
            user.must_change_password = False
        user.save()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template not in _SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)


def _at_public_url(url: str) -> str:
    parts = urlsplit(url)
    return settings.PUBLIC_URL + urlunsplit(("", "", parts.path, parts.query, ""))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The city's sign-in service opens accounts that are here; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(redirect("people:profile"))
        if sociallogin.is_existing:
            return
        person = find_linked_person(sociallogin.account.extra_data)
        if person is None:
            messages.error(
                request,
                _(
                    "Tài khoản này chưa khớp với cán bộ nào trong danh sách. "
                    "Hãy liên hệ Ban Tổ chức hoặc đăng nhập bằng mật khẩu."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, person)
