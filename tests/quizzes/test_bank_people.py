import pytest
from django.urls import reverse

from core.clock import read_clock
from core.models import AuditEvent
from people import roles
from quizzes import rules
from quizzes.models import QuestionBank
from tests.quizzes.bank_factories import make_author, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(bank):
    return make_author(bank)


def address(bank: QuestionBank) -> str:
    return reverse("quizzes:bank_people", args=[bank.code])


def test_the_owner_lets_an_organiser_draw_from_the_bank(client, bank, owner):
    organiser = make_person(roles.ORGANISER)
    assert not rules.can_draw_from(organiser, bank, read_clock())
    client.force_login(owner)

    client.post(address(bank), {"owners": [owner.pk], "readers": [organiser.pk]})
    client.post(address(bank), {"owners": [owner.pk], "readers": [organiser.pk]})

    assert rules.can_draw_from(organiser, bank, read_clock())
    assert AuditEvent.objects.filter(action="bank.people").count() == 1


def test_a_bank_keeps_an_owner(client, bank, owner):
    client.force_login(owner)

    response = client.post(address(bank), {"readers": []})

    assert "Ngân hàng cần ít nhất một người phụ trách." in response.content.decode()
    assert list(bank.owners.all()) == [owner]


def test_a_contestant_is_not_offered_and_cannot_be_chosen(client, bank, owner):
    contestant = make_person(full_name="Trần Thị Dự Thi")
    client.force_login(owner)

    assert contestant.full_name not in client.get(address(bank)).content.decode()
    client.post(address(bank), {"owners": [owner.pk], "readers": [contestant.pk]})

    assert not bank.readers.exists()


def test_only_an_owner_decides(client, bank, owner):
    reader, stranger = make_person(roles.ORGANISER), make_person(roles.ORGANISER)
    bank.readers.add(reader)
    assert client.get(address(bank)).status_code == 302
    for person, status in ((reader, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(address(bank)).status_code == status
        chosen = {"owners": [person.pk], "readers": [person.pk]}
        assert client.post(address(bank), chosen).status_code == status
    assert list(bank.owners.all()) == [owner]


def test_the_owner_names_reviewers(client, bank, owner):
    reviewer = make_person(roles.ORGANISER)
    assert not rules.can_review(reviewer, bank, read_clock())
    client.force_login(owner)
    chosen = {"owners": [owner.pk], "reviewers": [reviewer.pk]}
    client.post(address(bank), chosen)
    assert rules.can_review(reviewer, bank, read_clock())
    assert rules.can_read_keys(reviewer, bank, read_clock())
    assert not rules.can_author(reviewer, bank, read_clock())
    data = AuditEvent.objects.get(action="bank.people").data
    assert (data["before"]["reviewers"], data["after"]["reviewers"]) == ([], [reviewer.pk])
