from io import BytesIO

import pytest
from django.urls import reverse

from quizzes.importing.parsed import Kind
from quizzes.importing.planning import plan_import
from quizzes.importing.reading import read_questions
from quizzes.kinds import KINDS
from quizzes.question_templates import word_template, write_excel_template
from tests.quizzes.bank_factories import make_author, make_bank, make_person


def templates():
    sheet = BytesIO()
    write_excel_template(sheet)
    return {"docx": word_template(), "xlsx": sheet.getvalue()}


@pytest.mark.parametrize("name", ["docx", "xlsx"])
@pytest.mark.django_db
def test_a_template_imports_without_a_remark(name):
    result = read_questions(templates()[name], name=f"mau.{name}")
    assert not result.remarks
    assert not result.broken
    assert {question.topic for question in result.questions} == {"Văn thư, một cửa"}
    assert not [
        r for planned in plan_import(make_bank(), result.questions) for r in planned.remarks
    ]


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_a_template_has_an_example_of_each_kind_that_a_file_can_say(name):
    questions = read_questions(templates()[name]).questions
    assert [question.kind for question in questions] == [
        Kind.SINGLE,
        Kind.MULTIPLE,
        Kind.TRUE_FALSE,
        Kind.STATEMENTS,
        Kind.ORDERING,
        Kind.MATCHING,
        Kind.NUMBER,
        Kind.SHORT_TEXT,
        Kind.ESSAY,
    ]
    for question in questions:
        if question.content is not None and question.kind in KINDS:
            assert not KINDS[question.kind].problems(question.content, question.key)
    assert questions[0].correct == (1,)
    assert not any(question.marks for question in questions)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_authors_download_the_templates(client, name):
    address = reverse("quizzes:question_template", args=[name])
    assert client.get(address).status_code == 302
    client.force_login(make_person())
    assert client.get(address).status_code == 403
    client.force_login(make_author())
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="mau-cau-hoi.{name}"'
    assert client.get(address.replace(name, "exe")).status_code == 404
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_the_upload_page_leads_to_the_templates(client):
    bank = make_bank()
    client.force_login(make_author(bank))
    page = client.get(reverse("quizzes:question_upload", args=[bank.code])).content.decode()
    for name in ("docx", "xlsx"):
        assert f'href="{reverse("quizzes:question_template", args=[name])}"' in page
