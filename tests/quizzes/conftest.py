"""A bank, the author who looks after it, and a question of theirs."""

import pytest
from django.core.files.storage import FileSystemStorage

from quizzes.models import QuestionImport
from tests.quizzes.bank_factories import fill, make_author, make_bank, parsed


@pytest.fixture
def bank():
    return make_bank()


@pytest.fixture
def author(bank):
    return make_author(bank)


@pytest.fixture
def question(bank, author):
    fill(bank, parsed(topic="Địa lý"), by=author)
    return bank.questions.get()


@pytest.fixture
def private_files(monkeypatch, tmp_path):
    """Uploads lie in a folder of the test's own."""
    field = QuestionImport._meta.get_field("file")
    monkeypatch.setattr(field, "storage", FileSystemStorage(location=tmp_path))
    return tmp_path
