"""What the menu under a person's name offers."""

import pytest

from config import navigation
from people import roles
from tests.quizzes.bank_factories import make_bank, make_person, make_reviewer

pytestmark = pytest.mark.django_db
BANKS = 'href="/bank/"'
assert navigation  # it listens to the sign-in, which here comes before any page


def menu(client, person):
    client.force_login(person)
    page = client.get("/people/me/").content.decode()
    assert "menu-panel" in page
    return page


def test_banks_are_offered_to_authors_and_to_organisers_who_are_named_in_one(client):
    bank = make_bank()
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (make_person(roles.AUTHOR), make_reviewer(bank), reader):
        assert BANKS in menu(client, person)
        assert client.get("/bank/").status_code == 200


def test_banks_are_not_offered_to_others(client):
    bank = make_bank()
    former = make_person(roles.EDITOR)
    bank.reviewers.add(former)
    for person in (make_person(roles.ORGANISER), make_person(), former):
        assert BANKS not in menu(client, person)
        assert client.get("/bank/").status_code == 403
