"""Banks, their people and their questions for tests."""

from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.models import Group

from people import roles
from people.models import User
from quizzes.importing.applying import apply_import
from quizzes.importing.parsed import Kind, ParsedQuestion
from quizzes.models import QuestionBank

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_serial = count(1)


def make_person(*role_names, full_name="Nguyễn Văn An"):
    person = User.objects.create_user(f"CB{next(_serial):04d}", full_name=full_name)
    for name in role_names:
        person.groups.add(Group.objects.get_or_create(name=name)[0])
    return person


def make_author(bank=None):
    author = make_person(roles.AUTHOR)
    if bank is not None:
        bank.owners.add(author)
    return author


def make_reviewer(bank):
    reviewer = make_person(roles.ORGANISER, full_name="Trần Thị Duyệt")
    bank.reviewers.add(reviewer)
    return reviewer


def make_bank(code="cchc", name="Cải cách hành chính"):
    return QuestionBank.objects.create(code=code, name=name)


def parsed(stem="Thủ đô ở đâu?", *, options=("Huế", "Hà Nội", "Vinh"), correct=(1,), **fields):
    fields = {"number": "1", "row": 1, "kind": Kind.SINGLE, **fields}
    return ParsedQuestion(stem=stem, options=options, correct=correct, **fields)


def fill(bank, *questions, approve=False, by=None, **options):
    return apply_import(bank, questions, by=by, at=AT, approve=approve, **options)
