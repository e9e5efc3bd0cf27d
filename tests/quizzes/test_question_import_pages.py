import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people import roles
from quizzes.enums import QuestionState
from quizzes.models import Question, QuestionImport
from tests.quizzes.bank_factories import fill, make_author, make_bank, make_person, parsed
from tests.quizzes.importing.test_reading import real
from tests.quizzes.importing.word_files import word_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def author(client, author):
    client.force_login(author)
    return author


def kept(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def upload(client, bank, data, name="cau-hoi.docx", **fields):
    file = SimpleUploadedFile(name, data)
    address = reverse("quizzes:question_upload", args=[bank.code])
    return client.post(address, {"file": file, **fields})


def uploaded(client, bank, data, **fields):
    response = upload(client, bank, data, **fields)
    assert response.status_code == 302, response.content.decode()
    return response.url


def text(response):
    return response.content.decode()


def test_upload_preview_apply_report(
    client, bank, author, private_files, django_capture_on_commit_callbacks
):
    address = uploaded(client, bank, real("docx, underlined"))
    shown = text(client.get(address))
    assert shown.count('name="rows"') == 27
    assert "Không tìm thấy phương án nào" in shown
    assert "Chỉ có một phương án" in shown
    assert not Question.objects.exists()
    assert len(kept(private_files)) == 1

    row = QuestionImport.objects.get().rows.get(stem_key__contains="72/2025/qh15")
    client.post(f"{address}choose/", {"one": f"skip-{row.pk}"})
    data = {"topic": "Kiến thức chung", "difficulty": "medium", "approve": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, data, follow=True)
    assert Question.objects.count() == 24
    assert set(Question.objects.values_list("topic__name", "difficulty", "state")) == {
        ("Kiến thức chung", "medium", QuestionState.IN_REVIEW)
    }
    assert not Question.objects.filter(stem_key__contains="72/2025/qh15").exists()
    assert not kept(private_files), "the file holds keys: it goes when it is applied"
    kept_import = QuestionImport.objects.get()
    assert not kept_import.rows.exists(), "and so do its questions"
    counts = {
        name: kept_import.result[name] for name in ("created", "updated", "unchanged", "skipped")
    }
    assert counts == {"created": 24, "updated": 0, "unchanged": 0, "skipped": 1}
    assert "Câu 26" in text(response)

    sheet = client.get(f"{address}report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert rows[0] == ["Vị trí", "Mức", "Mục", "Nội dung"]
    assert [row[0] for row in rows[1:]] == ["Câu 26", "Câu 27"]


def test_a_second_apply_does_nothing(client, bank, author, django_capture_on_commit_callbacks):
    address = uploaded(client, bank, real("xlsx"))
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address, {})
    assert Question.objects.count() == 25
    assert Question.objects.filter(state=QuestionState.DRAFT).count() == 25


def test_the_preview_says_what_is_new_changed_and_known(client, bank, author):
    fill(bank, parsed("Một?"), parsed("Hai?"))
    lines = []
    for number, (stem, right) in enumerate([("Một?", 1), ("Hai?", 0), ("Ba?", 0)], 1):
        lines.append(f"Câu {number}: {stem}")
        for index, option in enumerate(["Huế", "Hà Nội", "Vinh"]):
            line = f"{'ABC'[index]}. {option}"
            lines.append(f"__{line}__" if index == right else line)
    shown = text(client.get(uploaded(client, bank, word_file(*lines))))
    badges = [shown.count(f">{label}</span>") for label in ("Mới", "Cập nhật", "Đã có")]
    assert badges == [1, 1, 1]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.docx", "rỗng"),
        (b"PK\x03\x04xx", "a.docx", "Tệp bị hỏng"),
        (b"%PDF-1.7", "a.pdf", "Tệp PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "Tệp Word kiểu cũ"),
        (word_file("Kính gửi"), "a.docx", "Không tìm thấy câu hỏi nào"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_at_once(
    client, bank, author, private_files, data, name, message
):
    response = upload(client, bank, data, name=name)
    assert response.status_code == 422
    if data:
        assert message in text(response)
    assert not kept(private_files)
    assert not QuestionImport.objects.exists()


def test_the_format_may_be_named(client, bank, author):
    response = upload(client, bank, real("xlsx"), file_format="docx")
    assert "nội dung tệp là Excel" in text(response)


def test_an_upload_is_its_uploaders_alone(client, bank, author):
    address = uploaded(client, bank, real("xlsx"))
    row = QuestionImport.objects.get().rows.first()
    colleague = make_author(bank)
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    outsiders = [
        make_author(make_bank("khac", "Khác")),
        make_person(),
        make_person(roles.ORGANISER),
    ]
    for person, status in [(colleague, 404), (reader, 403), *[(p, 404) for p in outsiders]]:
        client.force_login(person)
        assert client.get(address).status_code == status
        assert client.post(address, {}).status_code == status
        assert (
            client.post(f"{address}choose/", {"scope": "all", "act": "skip"}).status_code == status
        )
        assert client.post(f"{address}undo/").status_code == status
        assert client.get(f"{address}columns/").status_code == status
        assert client.get(f"{address}rows/{row.pk}/").status_code == status
        assert client.post(f"{address}resume/").status_code == status
        assert client.post(f"{address}here/").status_code == status
        assert client.post(f"{address}discard/").status_code == status
        assert client.get(f"{address}report.xlsx").status_code == status
    client.logout()
    assert client.get(address).status_code == 302
    assert not Question.objects.exists()
    assert QuestionImport.objects.count() == 1


def test_an_upload_of_another_bank_is_not_here(client, bank, author):
    address = uploaded(client, bank, real("xlsx"))
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    assert client.get(address.replace(bank.code, other.code)).status_code == 404


def test_discard_lets_the_file_go(
    client, bank, author, private_files, django_capture_on_commit_callbacks
):
    address = uploaded(client, bank, real("xlsx"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}discard/")
    assert not kept(private_files)
    assert client.get(address).status_code == 404


def test_an_applied_import_cannot_be_discarded(client, bank, author):
    address = uploaded(client, bank, real("xlsx"))
    client.post(address, {})
    response = client.post(f"{address}discard/", follow=True)
    assert "không nhập câu hỏi nào" not in text(response)
    assert "đã được nhập rồi" in text(response)
    assert "Kết quả nhập câu hỏi" in text(response)


def test_an_upload_that_waits_is_offered_again(client, bank, author):
    address = uploaded(client, bank, real("xlsx"), name="de-thi.xlsx")
    shown = text(client.get(reverse("quizzes:question_upload", args=[bank.code])))
    assert "Tệp bạn đang xem dở" in shown
    assert address in shown


def test_private_files_lie_outside_what_is_served():
    from config.settings import base, embedded

    private = base.STORAGES["private"]["OPTIONS"]["location"]
    assert embedded.MEDIA_ROOT not in [private, *private.parents]
    assert embedded.STATIC_ROOT not in [private, *private.parents]


def test_markup_in_a_file_stays_text(client, bank, author):
    data = word_file("Câu 1: <script>alert(1)</script>?", "A. <img src=x>", "__B. Hai__")
    shown = text(client.get(uploaded(client, bank, data)))
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_1_and_3_questions(
    client, bank, author, django_assert_num_queries, count
):
    lines = []
    for n in range(count):
        lines += [f"Câu {n + 1}: Câu số {n}?", "A. Một", "__B. Hai__"]
    address = uploaded(client, bank, word_file(*lines))
    with django_assert_num_queries(13):
        client.get(address)
