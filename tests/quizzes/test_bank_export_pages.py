"""Downloads of a bank: only for who may read its keys, each on record, the filter respected."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from core.models import AuditEvent
from people import roles
from quizzes.bank_export.losses import Form
from quizzes.importing.applying import apply_import
from quizzes.importing.reading import read_questions
from quizzes.models import Question, QuestionFile
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, make_person, parsed
from tests.quizzes.importing.word_files import word_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    bank = make_bank()
    fill(
        bank,
        parsed("Thủ đô ở đâu?", topic="Địa lý"),
        parsed("Cờ nước ta màu gì?", options=("=SUM(1)", "Đỏ"), correct=(1,), topic="Văn thư"),
    )
    return bank


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def taken(client, bank, form, **filters):
    page = reverse("quizzes:bank_download", args=[bank.code, form])
    return client.post(page, query_params=filters)


def content(response):
    return b"".join(response.streaming_content)


def test_owners_and_readers_take_every_form(bank):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (make_author(bank), reader):
        client = signed_in(person)
        page = client.get(reverse("quizzes:bank_export", args=[bank.code]))
        assert page.status_code == 200
        for form in Form:
            response = taken(client, bank, form)
            assert response.status_code == 200, form
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert content(response)
    events = AuditEvent.objects.filter(action="bank.exported")
    assert events.count() == 2 * len(Form)
    assert not any("Thủ đô" in f"{event.summary} {event.data}" for event in events)


def test_a_number_without_a_tolerance_is_in_every_form(bank):
    version = Question.objects.get(current_version__stem="Thủ đô ở đâu?").current_version
    version.kind, version.content, version.key = "number", {}, {"value": "15"}
    version.save()
    client = signed_in(make_author(bank))
    for form in Form:
        assert content(taken(client, bank, form)), form


def test_a_lost_picture_is_told_and_costs_only_itself(bank):
    lines = ["Câu 1: Dấu nào? {pic:Dấu tròn màu đỏ}", "A. Tròn", "__B. Vuông__"]
    apply_import(bank, read_questions(word_file(*lines)).questions, by=None, at=AT)
    client = signed_in(make_author(bank))
    page = reverse("quizzes:bank_export", args=[bank.code])
    told = client.get(page).content.decode().count("câu mất hình")
    assert told == 1, "Excel"
    file = QuestionFile.objects.get()
    file.file.storage.delete(file.file.name)
    assert client.get(page).content.decode().count("câu mất hình") == len(Form)
    for form in Form:
        assert content(taken(client, bank, form)), form


def test_others_find_nothing(bank):
    pages = [
        reverse("quizzes:bank_export", args=[bank.code]),
        reverse("quizzes:bank_download", args=[bank.code, "gift"]),
    ]
    for person in (make_author(), make_person(roles.ORGANISER), make_person()):
        client = signed_in(person)
        assert client.get(pages[0]).status_code == 404
        assert client.post(pages[1]).status_code == 404
    assert Client().get(pages[0]).status_code == 302
    assert Client().post(pages[1]).status_code == 302
    assert not AuditEvent.objects.filter(action="bank.exported").exists()


def test_a_download_is_asked_for_by_post_and_in_a_form_we_have(bank):
    client = signed_in(make_author(bank))
    assert client.get(reverse("quizzes:bank_download", args=[bank.code, "gift"])).status_code == 405
    assert taken(client, bank, "pdf").status_code == 404


def test_the_filter_of_the_list_is_kept(bank):
    client = signed_in(make_author(bank))
    text = content(taken(client, bank, "gift", q="thu do")).decode()
    assert "Thủ đô" in text
    assert "Cờ nước" not in text
    empty = taken(client, bank, "gift", q="khong co cau nay")
    assert empty.status_code == 302
    page = client.get(reverse("quizzes:bank_export", args=[bank.code]), {"q": "thu do"})
    assert "?q=thu" in page.content.decode()


def test_no_cell_starts_a_formula(bank):
    data = content(taken(signed_in(make_author(bank)), bank, "xlsx"))
    cells = [cell for row in load_workbook(BytesIO(data)).active.iter_rows() for cell in row]
    assert "=SUM(1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_the_file_for_the_table_has_no_key(bank):
    data = content(taken(signed_in(make_author(bank)), bank, Form.WORD_WITHOUT_KEY))
    with ZipFile(BytesIO(data)) as package:
        text = package.read("word/document.xml").decode()
    assert "Hà Nội" in text
    assert "Đáp án" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_1_and_3_questions(django_assert_num_queries, count):
    bank = make_bank()
    fill(bank, *(parsed(f"Câu thứ {number} hỏi gì?") for number in range(count)))
    client = signed_in(make_author(bank))
    with django_assert_num_queries(9):
        client.get(reverse("quizzes:bank_export", args=[bank.code]))
    with django_assert_num_queries(9):
        content(taken(client, bank, "docx"))
    assert Question.objects.filter(bank=bank).count() == count
