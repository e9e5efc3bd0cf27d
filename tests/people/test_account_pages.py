"""Every page of allauth that is offered renders in our frame."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client

from people import roles
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


def test_an_address_that_the_person_has_left_opens_nothing(client: Client) -> None:
    cache.clear()
    user = make_user(email="old@hanoi.gov.vn")
    client.post("/accounts/password/reset/", {"email": "old@hanoi.gov.vn"})
    EmailAddress.objects.update_or_create(
        user=user, email="old@hanoi.gov.vn", defaults={"verified": True, "primary": True}
    )
    (link,) = re.findall(r"http://testserver(/\S+key/\S+)", mail.outbox[0].body)
    user.email = "new@hanoi.gov.vn"
    user.save()
    mail.outbox.clear()
    for address in ("old@hanoi.gov.vn", "NEW@hanoi.gov.vn"):
        client.post("/accounts/password/reset/", {"email": address})
    with_link = [m.to for m in mail.outbox if "/accounts/password/reset/key/" in m.body]
    assert with_link == [["new@hanoi.gov.vn"]]
    # the link sent before the change is dead
    assert "set-password" not in getattr(client.get(link), "url", "")
    client.post("/accounts/login/", {"login": "old@hanoi.gov.vn", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_closed_account_gets_no_link(client: Client) -> None:
    cache.clear()
    make_user(email="an@hanoi.gov.vn", is_active=False)
    client.post("/accounts/password/reset/", {"email": "an@hanoi.gov.vn"})
    assert not any("/reset/key/" in message.body for message in mail.outbox)


def test_asking_for_links_is_limited(client: Client) -> None:
    cache.clear()
    data = {"email": "an@hanoi.gov.vn"}
    answers = [client.post("/accounts/password/reset/", data).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("address", ["an@hanoi.gov.vn", "nobody@hanoi.gov.vn"])
def test_mail_says_nothing_of_the_host_header(client: Client, settings: Any, address: str) -> None:
    cache.clear()
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "https://hoithi.phuong.gov.vn"
    make_user(email="an@hanoi.gov.vn")
    client.post("/accounts/password/reset/", {"email": address}, HTTP_HOST="evil.example")
    (message,) = mail.outbox
    assert "evil" not in message.subject + message.body
    assert "https://hoithi.phuong.gov.vn/accounts/" in message.body


def test_nobody_changes_their_own_address_in_the_back_office(client: Client) -> None:
    editor = make_user(roles.EDITOR, email="an@hanoi.gov.vn", full_name="Lê Thị Bình")
    client.force_login(editor)
    page = client.get("/admin/account/")
    assert page.status_code == 200
    assert "name_email" not in page.content.decode()
    data = {
        "name_email-first_name": "X",
        "name_email-last_name": "Y",
        "name_email-email": "evil@example.com",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    response = client.post("/admin/account/", data)
    assert response.status_code == 302, response.context
    editor.refresh_from_db()
    assert (editor.email, editor.full_name) == ("an@hanoi.gov.vn", "Lê Thị Bình")


def test_the_back_offices_account_page_is_for_those_who_may_enter_it(client: Client) -> None:
    assert client.get("/admin/account/").status_code == 302
    client.force_login(make_user())
    assert client.get("/admin/account/").status_code in {302, 403}
