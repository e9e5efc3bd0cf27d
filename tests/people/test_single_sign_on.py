from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config.settings import environment
from people import roles
from people.models import User
from tests.people.factories import make_user
from tests.people.fake_sign_in_service import (
    CLIENT_ID,
    SECRET,
    FakeSignInService,
    fake_sign_in_service,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSignInService]:
    with fake_sign_in_service() as server:
        monkeypatch.setenv("OIDC_ISSUER", server.issuer)
        monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT_ID)
        monkeypatch.setenv("OIDC_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("OIDC_NAME", "Hà Nội SSO")
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [environment.oidc_app()], "OAUTH_PKCE_ENABLED": True}
        }
        yield server


def sign_in(client: Client, process: str = "login") -> Any:
    """What a browser does: press the button, go to the service, come back."""
    leaving = client.post(f"/accounts/oidc/sso/login/?process={process}")
    answer = requests.get(leaving.url, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_verified_address_opens_the_account_that_has_it(
    client: Client, service: FakeSignInService
) -> None:
    person = make_user(email="an@hanoi.gov.vn")
    service.claims = {"sub": "1", "email": "An@hanoi.gov.vn", "email_verified": True}
    assert sign_in(client).status_code == 302
    assert who(client) == str(person.pk)
    # the next time by the link alone, whatever the address is then
    client.logout()
    service.claims = {"sub": "1"}
    sign_in(client)
    assert who(client) == str(person.pk)


def test_a_staff_code_opens_the_account_that_has_it(
    client: Client, service: FakeSignInService
) -> None:
    person = make_user(staff_code="CB1")
    service.claims = {"sub": "1", "staff_code": "cb1"}
    sign_in(client)
    assert who(client) == str(person.pk)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@hanoi.gov.vn", "email_verified": True},
        {"email": "an@hanoi.gov.vn"},
        {"email": "an@hanoi.gov.vn", "email_verified": False},
        {"email": "an@hanoi.gov.vn", "email_verified": "true"},
        {"staff_code": "CB404"},
        {"staff_code": ["CB1"]},
        {"staff_code": ""},
        {"email": "an@hanoi.gov.vn", "email_verified": True, "staff_code": "CB2"},
    ],
)
def test_whoever_is_not_surely_one_of_ours_stays_outside(
    client: Client, service: FakeSignInService, claims: dict[str, Any]
) -> None:
    make_user(staff_code="CB1", email="an@hanoi.gov.vn")
    make_user(staff_code="CB2")
    service.claims = {"sub": "9", **claims}
    response = sign_in(client)
    assert response.url == "/accounts/login/"
    assert who(client) is None
    assert (User.objects.count(), SocialAccount.objects.count()) == (2, 0)
    assert "chưa khớp với cán bộ nào" in client.get(response.url).content.decode()


def test_a_closed_account_is_not_opened(client: Client, service: FakeSignInService) -> None:
    make_user(staff_code="CB1", is_active=False)
    service.claims = {"sub": "1", "staff_code": "CB1"}
    sign_in(client)
    assert who(client) is None


def test_the_second_factor_is_asked_here_too(client: Client, service: FakeSignInService) -> None:
    person = make_user(roles.ORGANISER, staff_code="CB1")
    totp.TOTP.activate(person, totp.generate_totp_secret())
    service.claims = {"sub": "1", "staff_code": "CB1"}
    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    assert who(client) is None


def test_nobody_ties_a_strangers_identity_to_the_own_account(
    client: Client, service: FakeSignInService
) -> None:
    make_user(staff_code="CB2")
    client.force_login(make_user(staff_code="CB1"))
    service.claims = {"sub": "2", "staff_code": "CB2"}
    sign_in(client, process="connect")
    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_is_refused(client: Client, service: FakeSignInService) -> None:
    make_user(staff_code="CB1")
    client.get("/accounts/oidc/sso/login/callback/?code=code-0&state=made-up")
    assert who(client) is None


def test_the_button_is_there_only_when_a_service_is_set(
    client: Client, service: FakeSignInService, settings: Any
) -> None:
    assert "Đăng nhập qua Hà Nội SSO" in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Đăng nhập qua" not in client.get("/accounts/login/").content.decode()


def test_a_half_set_service_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.oidc_app() is None
    assert environment.oidc_origins() == []
    monkeypatch.setenv("OIDC_ISSUER", "http://sso.example.vn")
    with pytest.raises(ImproperlyConfigured, match="https"):
        environment.oidc_app()
    monkeypatch.setenv("OIDC_ISSUER", "https://sso.example.vn/realms/city")
    with pytest.raises(ImproperlyConfigured, match="OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"):
        environment.oidc_app()
    assert environment.oidc_origins() == ["https://sso.example.vn"]
