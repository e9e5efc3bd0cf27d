"""An instrument that something cites stays, and the person is told why."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from legal.models import Instrument
from quizzes.models import QuestionVersion
from tests.quizzes.bank_factories import fill, make_bank, parsed

pytestmark = pytest.mark.django_db


def make_instrument(number, **fields):
    return Instrument.objects.create(number=number, title="Về việc", issuer="Chính phủ", **fields)


@pytest.fixture
def cited():
    cited = make_instrument("63/2010/NĐ-CP")
    fill(make_bank(), parsed("Thủ đô ở đâu?"), parsed("Mực màu gì?"))
    QuestionVersion.objects.update(instrument=cited)
    return cited


@pytest.fixture
def delete(client):
    administrator = get_user_model().objects.create_superuser("0912000001", password="x" * 20)
    client.force_login(administrator)

    def act(*instruments):
        if len(instruments) == 1:
            name = "wagtailsnippets_legal_instrument:delete"
            return client.post(reverse(name, args=[instruments[0].pk]), follow=True)
        address = reverse("wagtail_bulk_action", args=["legal", "instrument", "delete"])
        ids = "&".join(f"id={instrument.pk}" for instrument in instruments)
        return client.post(f"{address}?{ids}", follow=True)

    return act


def test_a_cited_instrument_is_not_deleted(delete, cited):
    page = delete(cited).content.decode()
    assert "63/2010/NĐ-CP vì đang được viện dẫn: 2 phiên bản câu hỏi" in page
    assert Instrument.objects.filter(pk=cited.pk).exists()


def test_of_many_none_is_deleted_when_one_is_cited(delete, cited):
    free = make_instrument("1/2020/NĐ-CP")
    assert "2 phiên bản câu hỏi" in delete(cited, free).content.decode()
    assert Instrument.objects.filter(pk__in=[cited.pk, free.pk]).count() == 2


def test_what_replaces_another_is_kept(delete):
    new = make_instrument("2/2020/NĐ-CP")
    make_instrument("1/2020/NĐ-CP", replaced_by=new)
    assert "viện dẫn: 1 văn bản" in delete(new).content.decode()


def test_what_nobody_cites_is_deleted(delete):
    for count in (1, 2):
        delete(*(make_instrument(f"{number}/2020/NĐ-CP") for number in range(count)))
        assert not Instrument.objects.exists()
