import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people import roles
from tests.people.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

NEW = "ba-cay-cau-2026"


def test_a_password_set_by_somebody_else_must_be_changed_first(client: Client) -> None:
    person = make_user(must_change_password=True)
    client.force_login(person)
    assert client.get("/people/me/").url == "/accounts/password/change/?next=%2Fpeople%2Fme%2F"
    assert client.get("/accounts/password/change/").status_code == 200
    assert client.get("/static/css/base.css").status_code != 302
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    person.refresh_from_db()
    assert not person.must_change_password
    assert client.get("/people/me/").status_code == 200


def test_an_htmx_request_is_led_as_a_whole_page(client: Client) -> None:
    client.force_login(make_user(must_change_password=True))
    response = client.get("/people/me/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/password/change/")


@pytest.mark.parametrize("role", sorted(roles.MFA_ROLES))
def test_whoever_needs_a_second_factor_sets_it_up_before_anything_else(
    client: Client,
    settings,
    role: str,  # type: ignore[no-untyped-def]
) -> None:
    settings.MFA_REQUIRED = True
    person = make_user(role)
    client.force_login(person)
    assert client.get("/admin/").url.startswith("/accounts/2fa/")
    assert client.get("/people/me/").url.startswith("/accounts/2fa/")
    assert client.get("/accounts/2fa/").status_code == 200
    RecoveryCodes.activate(person)
    assert client.get("/people/me/").status_code == 302
    totp.TOTP.activate(person, totp.generate_totp_secret())
    assert client.get("/people/me/").status_code == 200


@pytest.mark.parametrize("role", [None, roles.JURY, roles.UNIT_HEAD])
def test_others_need_none(client: Client, settings, role: str | None) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_REQUIRED = True
    client.force_login(make_user(*([role] if role else [])))
    assert client.get("/people/me/").status_code == 200


def test_outside_production_it_is_offered_not_required(client: Client) -> None:
    client.force_login(make_user(roles.ORGANISER))
    assert client.get("/people/me/").status_code == 200


def test_a_password_alone_does_not_open_an_account_with_a_second_factor(client: Client) -> None:
    person = make_user(roles.ORGANISER, staff_code="BTC1")
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    response = client.post("/accounts/login/", {"login": "BTC1", "password": PASSWORD})
    assert response.url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_secrets_of_second_factors_are_not_readable_in_the_database() -> None:
    person = make_user()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code("000000") in {True, False}


def test_strangers_pages_do_not_depend_on_cookies(client: Client) -> None:
    response = client.get("/healthz")
    assert "Cookie" not in response.get("Vary", "")


def test_a_session_in_use_is_kept_alive(client: Client) -> None:
    with time_machine.travel("2026-10-05 08:00 +07:00", tick=False) as clock:
        client.force_login(make_user())
        for _ in range(4):  # past the two idle hours after which it would have ended
            clock.shift(50 * 60)
            assert client.get("/people/me/").status_code == 200
        clock.shift(121 * 60)
        assert client.get("/people/me/").url.startswith("/accounts/login/")


def test_a_session_that_has_just_begun_is_not_written_again(client: Client) -> None:
    client.force_login(make_user())
    with CaptureQueriesContext(connection) as first:
        client.get("/people/me/")
    assert not [query for query in first.captured_queries if query["sql"].startswith("UPDATE")]


def test_the_back_office_signs_in_through_the_same_door(client: Client) -> None:
    assert client.get("/admin/").url.startswith("/accounts/login/")
    person = make_user(roles.EDITOR, staff_code="BTV1")
    for door in ("/admin/login/", "/_util/login/"):
        assert client.get(door).url.startswith("/accounts/login/")
        client.post(door, {"username": "BTV1", "login": "BTV1", "password": PASSWORD})
        assert "_auth_user_id" not in client.session
    client.force_login(person)
    assert client.get("/admin/").status_code == 200
    client.force_login(make_user())
    assert client.get("/admin/").status_code in {302, 403}
