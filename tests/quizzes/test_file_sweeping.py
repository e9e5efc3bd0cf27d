"""What nothing names is deleted from private storage, and nothing else."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from quizzes.file_sweeping import STRAY_FOR, UNUSED_FOR, sweep_files
from quizzes.importing.uploads import keep_upload
from quizzes.models import ImportChange, Question, QuestionFile, QuestionImport, QuestionVersion
from quizzes.models.bank import private_storage
from quizzes.question_files import add_file
from tests.quizzes.bank_factories import AT, make_author, make_bank
from tests.quizzes.importing.word_files import picture_bytes, word_file
from tests.quizzes.test_question_files import QUESTION, imported

pytestmark = pytest.mark.django_db
LATE = AT + UNUSED_FOR + timedelta(days=1)


@pytest.fixture
def bank():
    return make_bank()


def put(name, *, age):
    """A file in private storage, last written ``age`` before AT."""
    kept = private_storage().save(name, ContentFile(b"bytes"))
    moment = (AT - age).timestamp()
    os.utime(private_storage().path(kept), (moment, moment))
    return kept


def is_there(name):
    return private_storage().exists(name)


def sweep(at, run):
    with run(execute=True):
        return sweep_files(at=at)


def test_bytes_that_no_row_names_go_after_a_day(bank, django_capture_on_commit_callbacks):
    folder = f"question-files/{bank.pk}"
    old, new = put(f"{folder}/old", age=STRAY_FOR * 2), put(f"{folder}/new", age=STRAY_FOR / 2)
    lost = put("question-imports/lost", age=STRAY_FOR * 2)
    assert sweep(AT, django_capture_on_commit_callbacks) == 2
    assert not is_there(old)
    assert not is_there(lost)
    assert is_there(new)


def test_an_upload_that_waits_keeps_its_files(bank, django_capture_on_commit_callbacks):
    file = SimpleUploadedFile("de.docx", word_file(*QUESTION))
    keep_upload(bank, file, by=make_author(bank), at=AT)
    upload = QuestionImport.objects.get()
    names = [upload.file.name, *(picture["name"] for picture in upload.pictures.values())]
    sweep(LATE, django_capture_on_commit_callbacks)
    assert all(map(is_there, names))


def test_a_picture_that_a_version_shows_stays(bank, django_capture_on_commit_callbacks):
    imported(bank, *QUESTION)
    [file] = QuestionFile.objects.all()
    sweep(LATE, django_capture_on_commit_callbacks)
    assert is_there(file.file.name)
    assert QuestionFile.objects.filter(pk=file.pk).exists()


def test_a_picture_of_an_import_that_was_undone_goes(bank, django_capture_on_commit_callbacks):
    imported(bank, *QUESTION)
    [file] = QuestionFile.objects.all()
    Question.objects.update(current_version=None)
    QuestionVersion.objects.all().delete()
    sweep(AT + UNUSED_FOR / 2, django_capture_on_commit_callbacks)
    assert QuestionFile.objects.exists(), "it may still be wanted"
    sweep(LATE, django_capture_on_commit_callbacks)
    assert not QuestionFile.objects.exists()
    assert not is_there(file.file.name)


def test_what_undoing_would_bring_back_stays(bank, django_capture_on_commit_callbacks):
    imported(bank, *QUESTION)
    [file] = QuestionFile.objects.all()
    question = Question.objects.get()
    before = {"version": {"content": QuestionVersion.objects.get().content}}
    upload = QuestionImport.objects.create(bank=bank, created_at=AT, read_at=AT, applied_at=AT)
    ImportChange.objects.create(upload=upload, question=question, before=before, after="x")
    Question.objects.update(current_version=None)
    QuestionVersion.objects.all().delete()
    sweep(LATE, django_capture_on_commit_callbacks)
    assert QuestionFile.objects.filter(pk=file.pk).exists()
    assert is_there(file.file.name)


def test_what_somebody_added_by_hand_waits_for_its_question(
    bank, django_capture_on_commit_callbacks
):
    upload = SimpleUploadedFile("hinh.png", picture_bytes())
    file, _is_new = add_file(bank, upload, by=make_author(bank), at=AT)
    sweep(LATE, django_capture_on_commit_callbacks)
    assert is_there(file.file.name)
    assert QuestionFile.objects.filter(pk=file.pk).exists()
