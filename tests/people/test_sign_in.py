import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.people.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    return make_user(staff_code="CB00001", phone="0912345678", email="an@hanoi.gov.vn")


def sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    client.post(LOGIN, {"login": login, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "typed",
    [
        "CB00001",
        " cb00001 ",
        "cb 00001",
        "an@hanoi.gov.vn",
        "AN@hanoi.gov.vn",
        "0912345678",
        "0912 345 678",
        "+84 912 345 678",
        "84912345678",
    ],
)
def test_a_person_signs_in_with_whatever_they_know_themself_by(
    client: Client, person: User, typed: str
) -> None:
    assert sign_in(client, typed)


def test_a_staff_code_that_looks_like_a_phone_belongs_to_its_owner(client: Client) -> None:
    make_user(phone="0912345678", password="other-password")
    owner = make_user(staff_code="0912345678")
    assert sign_in(client, "0912345678")
    assert client.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.parametrize("typed", ["CB00001", "nobody", "nobody@x.vn", "0999999999", "a\x00b"])
def test_a_refusal_does_not_tell_who_is_here(client: Client, person: User, typed: str) -> None:
    response = client.post(LOGIN, {"login": typed, "password": "wrong-password"})
    text = response.content.decode()
    assert response.status_code == 200
    assert WRONG in text or "Null" in text or "null" in text


def test_an_account_without_password_cannot_be_signed_in_to(client: Client) -> None:
    make_user(staff_code="CB2", password=None)
    assert not sign_in(client, "CB2", "")
    assert not sign_in(client, "CB2", "!")


def test_a_closed_account_is_refused(client: Client) -> None:
    make_user(staff_code="CB2", is_active=False)
    assert not sign_in(client, "CB2")


def test_guessing_is_stopped_whatever_spelling_it_uses(client: Client, person: User) -> None:
    for typed in ["0912345678", "+84912345678", "0912 345 678", "84912345678"] * 2:
        assert not sign_in(client, typed, "wrong")
    response = client.post(LOGIN, {"login": "0912.345.678", "password": PASSWORD})
    assert "Đã nhập sai quá nhiều lần" in response.content.decode()
    assert not sign_in(client, "0912345678")


def test_a_guesser_elsewhere_does_not_shut_a_person_out(client: Client, person: User) -> None:
    for _attempt in range(9):
        client.post(LOGIN, {"login": "CB00001", "password": "x"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, "CB00001")


def test_a_whole_office_behind_one_address_signs_in(client: Client) -> None:
    for number in range(40):
        make_user(staff_code=f"OF{number}")
        client.logout()
        assert sign_in(client, f"OF{number}")


def test_nobody_can_sign_up_and_nobody_changes_the_roster_by_themselves(client: Client) -> None:
    response = client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD})
    assert not User.objects.exists()
    assert response.status_code in {200, 403}
    client.force_login(make_user())
    assert client.get("/accounts/email/").status_code == 404
    assert client.get("/accounts/3rdparty/").status_code == 404


def test_signing_out_takes_one_press(client: Client, person: User) -> None:
    sign_in(client, "CB00001")
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_the_session_ends_with_the_browser(client: Client, person: User) -> None:
    sign_in(client, "CB00001")
    assert client.session.get_expire_at_browser_close()
    assert not client.cookies["sessionid"]["max-age"]


def test_the_page_leads_to_the_first_sign_in_and_has_no_sign_up(client: Client) -> None:
    text = client.get(LOGIN).content.decode()
    assert reverse("people:enter_slip") in text
    assert "signup" not in text


def test_a_sign_in_leads_where_the_person_wanted_to_go_and_nowhere_else(
    client: Client, person: User
) -> None:
    data = {"login": "CB00001", "password": PASSWORD}
    assert client.post(f"{LOGIN}?next=/people/me/", data).url == "/people/me/"
    client.logout()
    assert "evil" not in client.post(f"{LOGIN}?next=https://evil.example/", data).url


def test_passwords_are_kept_as_argon2id_at_owasps_minimum(settings, person: User) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = ["people.hashers.OwaspArgon2PasswordHasher"]
    person.set_password(PASSWORD)
    assert person.password.startswith("argon2$argon2id$v=19$m=7168,t=5,p=1$")
    assert person.check_password(PASSWORD)


def test_signing_in_costs_these_statements(
    client: Client,
    person: User,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    client.get(LOGIN)
    with django_assert_num_queries(12):
        sign_in(client, "CB00001")
