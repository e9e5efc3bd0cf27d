"""Every page of allauth that is offered renders in our frame."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.people.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> Client:
    cache.clear()
    make_user(staff_code="CB1", email="an@hanoi.gov.vn")
    client.post("/accounts/login/", {"login": "CB1", "password": PASSWORD})
    # a second factor is changed only by whoever has just typed the password again
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/webauthn/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ],
)
def test_pages_of_a_person_render_without_inline_script(person: Client, page: str) -> None:
    response = person.get(page)
    text = response.content.decode()
    assert response.status_code == 200
    assert "masthead" in text
    assert "<style" not in text
    assert "onclick" not in text


@pytest.mark.parametrize(
    "page",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/inactive/", "/accounts/signup/"],
)
def test_pages_of_a_stranger_render(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 200
    assert "masthead" in response.content.decode()


def test_recovery_codes_come_with_the_authenticator_app(person: Client) -> None:
    page = person.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    response = person.post("/accounts/2fa/totp/activate/", {"code": code})
    assert response.status_code == 302
    assert person.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert person.get("/accounts/2fa/").status_code == 200


def test_a_forgotten_password_is_reset_by_mail_and_tells_strangers_nothing(client: Client) -> None:
    cache.clear()
    make_user(email="an@hanoi.gov.vn")
    answers = [
        client.post("/accounts/password/reset/", {"email": address})
        for address in ("an@hanoi.gov.vn", "nobody@hanoi.gov.vn")
    ]
    assert {answer.url for answer in answers} == {"/accounts/password/reset/done/"}
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
