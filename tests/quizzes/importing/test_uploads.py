"""What may happen to an upload while it waits, is read or is applied."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import Conflict
from core.models import Job
from quizzes.importing import uploads
from quizzes.importing.upload_applying import Decision, apply_upload
from quizzes.importing.uploads import discard_upload, keep_upload, map_columns, read_upload
from quizzes.models import QuestionImport
from tests.quizzes.bank_factories import AT
from tests.quizzes.importing.word_files import word_file
from tests.quizzes.test_question_import_screens import strange_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

COLUMNS = {0: "stem", 1: "option_a", 2: "option_b", 3: "key"}


def kept(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def table(bank, author):
    return keep_upload(bank, SimpleUploadedFile("la.xlsx", strange_sheet()), by=author, at=AT)


def map_again(upload, author):
    map_columns(upload, columns=COLUMNS, header_row=3, by=author, at=AT)


def test_columns_are_not_mapped_while_a_job_works_on_the_rows(table, author):
    job = Job.objects.create(kind="questions.read", state=Job.State.RUNNING, created_at=AT)
    QuestionImport.objects.update(job=job)
    with pytest.raises(Conflict, match="đang được xử lý"):
        map_again(table, author)
    assert QuestionImport.objects.get().mapping == {}
    Job.objects.update(state=Job.State.FAILED)
    map_again(table, author)
    assert QuestionImport.objects.get().rows.count() == 2


@pytest.mark.parametrize("inline_bytes", [0, 256 * 1024])
def test_columns_of_an_applied_import_are_not_mapped_again(
    table, author, monkeypatch, inline_bytes
):
    map_again(table, author)
    stale = QuestionImport.objects.get()
    apply_upload(stale, Decision(), by=author, at=AT)
    monkeypatch.setattr(uploads, "INLINE_BYTES", inline_bytes)
    with pytest.raises(Conflict):
        map_again(stale, author)
    found = QuestionImport.objects.get()
    assert (found.applied_at, found.file.name, found.job) == (AT, "", None)


def test_what_was_discarded_while_it_was_read_leaves_nothing(
    bank, author, private_files, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(uploads, "INLINE_BYTES", 0)
    data = word_file("Câu 1: Hình gì? {pic:con dấu}", "A. Một", "__B. Hai__")
    upload = keep_upload(bank, SimpleUploadedFile("a.docx", data), by=author, at=AT)
    plan = uploads.plan_import
    discarded = []

    def discard_meanwhile(*args):
        with django_capture_on_commit_callbacks(execute=True):
            discarded.append(discard_upload(upload_again))
        return plan(*args)

    upload_again = QuestionImport.objects.get(pk=upload.pk)
    monkeypatch.setattr(uploads, "plan_import", discard_meanwhile)
    read_upload(upload, at=AT)
    assert discarded == [True]
    assert not QuestionImport.objects.exists()
    assert not kept(private_files)


def test_what_was_discarded_is_not_applied(table, author):
    map_again(table, author)
    stale = QuestionImport.objects.get()
    assert discard_upload(table)
    assert not discard_upload(table)
    with pytest.raises(Conflict, match="đã bỏ"):
        apply_upload(stale, Decision(), by=author, at=AT)
