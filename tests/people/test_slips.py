import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from core.errors import NotAllowed
from people import roles
from people.models import SignInSlip, User
from people.queries import people_whose_slips_are_issued_by
from people.slips import SlipRefused, check_slip, issue_slips, shown, use_slip
from quizzes.models import QuestionBank
from tests.people.factories import make_unit, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NEW = "ba-cay-cau-2026"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def organiser() -> User:
    return make_user(roles.ORGANISER)


@pytest.fixture
def person() -> User:
    return make_user(staff_code="CB1", password=None, unit=make_unit("Phường A"))


def test_a_code_opens_the_account_however_it_is_typed(organiser: User, person: User) -> None:
    (slip,) = issue_slips([person], by=organiser, at=AT)
    for typed in (slip.code, shown(slip.code), f" {slip.code.lower()} "):
        assert check_slip("cb1", typed, at=AT).user_id == person.pk


def test_only_a_hash_is_kept(organiser: User, person: User) -> None:
    (slip,) = issue_slips([person], by=organiser, at=AT)
    assert slip.code not in str(SignInSlip.objects.values().get())


def test_a_slip_works_once_and_until_it_ends(organiser: User, person: User) -> None:
    (slip,) = issue_slips([person], by=organiser, at=AT)
    found = check_slip("CB1", slip.code, at=AT)
    with pytest.raises(SlipRefused):
        check_slip("CB1", slip.code, at=AT + timedelta(days=30))
    with pytest.raises(SlipRefused):
        use_slip(found.pk, password=NEW, at=AT + timedelta(days=30))
    use_slip(found.pk, password=NEW, at=AT)
    person.refresh_from_db()
    assert person.check_password(NEW)
    with pytest.raises(SlipRefused):
        use_slip(found.pk, password="another-one-here", at=AT)
    with pytest.raises(SlipRefused):
        check_slip("CB1", slip.code, at=AT)


def test_a_new_slip_revokes_the_one_before(organiser: User, person: User) -> None:
    (first,) = issue_slips([person], by=organiser, at=AT)
    (second,) = issue_slips([person], by=organiser, at=AT)
    with pytest.raises(SlipRefused):
        check_slip("CB1", first.code, at=AT)
    check_slip("CB1", second.code, at=AT)


def test_a_slip_of_one_person_does_not_open_another(organiser: User, person: User) -> None:
    other = make_user(staff_code="CB2", password=None)
    slips = issue_slips([person, other], by=organiser, at=AT)
    with pytest.raises(SlipRefused):
        check_slip("CB2", slips[0].code, at=AT)


def test_an_organiser_cannot_borrow_an_administrators_account(organiser: User) -> None:
    administrator = make_user(roles.ADMINISTRATOR)
    root = make_user(is_superuser=True)
    for target in (administrator, root, make_user(roles.EDITOR), make_user(is_active=False)):
        with pytest.raises(NotAllowed):
            issue_slips([target], by=organiser, at=AT)
    with pytest.raises(NotAllowed):
        issue_slips([root], by=administrator, at=AT)
    issue_slips([organiser], by=administrator, at=AT)
    assert SignInSlip.objects.count() == 1


def test_an_organiser_cannot_borrow_the_banks_of_a_former_author(organiser: User) -> None:
    owner, reader, person = make_user(), make_user(), make_user()
    bank = QuestionBank.objects.create(code="cchc", name="Cải cách hành chính")
    bank.owners.add(owner)
    bank.readers.add(reader)
    for target in (owner, reader):
        with pytest.raises(NotAllowed):
            issue_slips([target], by=organiser, at=AT)
    assert list(people_whose_slips_are_issued_by(organiser)) == [person]
    issue_slips([owner, reader], by=make_user(roles.ADMINISTRATOR), at=AT)


def test_issuing_many_costs_as_many_statements_as_issuing_one(
    organiser: User,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    people = [make_user(password=None) for _ in range(3)]
    issue_slips(people, by=organiser, at=AT)  # roles of the organiser are read once
    for some in (people[:1], people):
        with django_assert_num_queries(6):
            issue_slips(some, by=organiser, at=AT)


def first_sign_in(client: Client, identity: str, code: str) -> str:
    response = client.post(reverse("people:enter_slip"), {"identity": identity, "code": code})
    return response.content.decode()


def print_all(client: Client, **data: object) -> list[str]:
    response = client.post(reverse("people:print_slips"), data)
    assert "no-store" in response["Cache-Control"]
    return re.findall(r"<strong>([2-9A-Z]{5}-[2-9A-Z]{5})</strong>", response.content.decode())


def test_the_first_day_from_paper_to_password(organiser: User, person: User) -> None:
    desk, counter = Client(), Client()
    desk.force_login(organiser)
    (code,) = print_all(desk)
    first_sign_in(counter, "cb1", code)
    page = counter.get(reverse("people:slip_password"))
    assert person.full_name in page.content.decode()
    address = reverse("people:slip_password")
    weak = counter.post(address, {"password1": "123", "password2": "123"})
    assert weak.status_code == 200
    assert "_auth_user_id" not in counter.session
    differs = counter.post(address, {"password1": NEW, "password2": NEW + "x"})
    assert "chưa giống nhau" in differs.content.decode()
    signed_in = counter.post(address, {"password1": NEW, "password2": NEW})
    assert signed_in.url == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert counter.session["_auth_user_id"] == str(person.pk)
    assert counter.get(reverse("people:slip_password")).url == reverse("people:enter_slip")


def test_wrong_codes_are_refused_alike_and_counted(organiser: User, person: User) -> None:
    (slip,) = issue_slips([person], by=organiser, at=AT)
    client = Client()
    texts = {
        re.sub(r'value="[^"]*"', "", first_sign_in(client, identity, "AAAAA-AAAAA"))
        for identity in ("CB1", "nobody")
    }
    assert all("chưa đúng" in text for text in texts)
    for _attempt in range(8):
        first_sign_in(client, "CB1", "AAAAA-AAAAA")
    assert "quá nhiều lần" in first_sign_in(client, "CB1", slip.code)


def test_without_the_first_step_there_is_no_second(client: Client) -> None:
    assert client.get(reverse("people:slip_password")).url == reverse("people:enter_slip")


def test_slips_of_one_unit_are_for_it_and_those_under_it(organiser: User) -> None:
    city = make_unit("Thành phố")
    ward = make_unit("Phường A", parent=city)
    office = make_unit("Văn phòng", parent=ward)
    other = make_unit("Phường B", parent=city)
    for unit in (ward, office, other):
        make_user(password=None, unit=unit)
    make_user(unit=ward)  # has a password already
    client = Client()
    client.force_login(organiser)
    assert len(print_all(client, unit=ward.pk)) == 2
    assert len(print_all(client)) == 3


def test_only_organisers_print_slips(client: Client, person: User) -> None:
    address = reverse("people:print_slips")
    assert client.post(address).status_code == 302
    for user in (make_user(), make_user(roles.UNIT_HEAD), make_user(roles.EDITOR)):
        client.force_login(user)
        assert client.post(address).status_code == 403
        assert client.get(reverse("people:slips")).status_code == 403
        assert (
            client.post(reverse("people:print_slip_of_person", args=[person.pk])).status_code == 403
        )
    assert not SignInSlip.objects.exists()


def test_eight_slips_a_page_and_a_qr_to_the_first_sign_in(organiser: User, person: User) -> None:
    client = Client()
    client.force_login(organiser)
    text = client.post(reverse("people:print_slips")).content.decode()
    assert "data:image/svg+xml" in text
    assert reverse("people:enter_slip") in text
    assert "<style" not in text
    assert "CB1" in text
