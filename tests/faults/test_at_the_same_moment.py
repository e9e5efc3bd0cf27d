"""Two people at the same moment: one waits for the other and is then told what has happened.

On PostgreSQL only: SQLite lets one write at a time.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction

from core.errors import Conflict
from legal.deleting import delete_instruments
from legal.models import Instrument
from quizzes import blueprinting, entries
from quizzes.commenting import comment_on
from quizzes.editing import QuestionDraft, edit_question
from quizzes.importing import undoing
from quizzes.importing.undoing import undo_import
from quizzes.models import (
    BlueprintCell,
    Question,
    QuestionBank,
    QuestionVersion,
    Round,
    RoundQuestion,
)
from quizzes.rounds import RoundError, make_ready
from tests.quizzes.bank_factories import AT, make_author, make_bank
from tests.quizzes.contest_factories import make_contest, make_organiser, make_unit
from tests.quizzes.importing.test_editing import apply, keep, question

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time"),
]


@pytest.fixture
def bank() -> QuestionBank:
    return make_bank()


@pytest.fixture
def author(bank: QuestionBank) -> Any:
    return make_author(bank)


# Long enough for the other to reach the lock it has to wait for.
_HELD_SECONDS = 0.4


@pytest.fixture
def other() -> Iterator[Callable[..., Future[Any]]]:
    """``other(act, …)``: somebody else does it, on a connection of their own."""
    pool = ThreadPoolExecutor(1)

    def run(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return act(*args, **kwargs)
        finally:
            connections.close_all()

    def start(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        future = pool.submit(run, act, *args, **kwargs)
        time.sleep(_HELD_SECONDS)
        return future

    yield start
    pool.shutdown()


@pytest.fixture
def upload(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), *question(2, "Cố đô ở đâu?"))
    apply(upload, author, topic="Địa lý")
    return upload


@pytest.fixture
def quiz_round(bank, upload) -> Round:
    """A draft that wants both questions of the import."""
    Question.objects.update(state="approved")
    # Approved with the import, as far as it knows.
    for change in upload.changes.select_related("question__current_version"):
        change.after = undoing._digest(change.question)
        change.save()
    quiz_round = Round.objects.create(
        contest=make_contest(),
        number=1,
        name="Vòng 1",
        opens_at=AT + timedelta(days=1),
        closes_at=AT + timedelta(days=2),
        duration_seconds=1200,
    )
    entries.take_roster(quiz_round.contest, [make_unit(people=1)], by=None, at=AT)
    topic = bank.topics.get()
    BlueprintCell.objects.create(round=quiz_round, topic=topic, question_count=2, centipoints=500)
    return quiz_round


def test_an_import_is_undone_while_a_round_is_made_ready(upload, author, quiz_round, other):
    with transaction.atomic():
        undo_import(upload, by=author, at=AT)
        waiting = other(make_ready, quiz_round, by=None, at=AT)
    with pytest.raises(RoundError, match="thiếu"):
        waiting.result()
    assert not RoundQuestion.objects.exists()


def test_a_round_is_made_ready_while_an_import_is_undone(upload, author, quiz_round, other):
    with transaction.atomic():
        make_ready(quiz_round, by=None, at=AT + timedelta(minutes=1))
        waiting = other(undo_import, upload, by=author, at=AT)
    with pytest.raises(Conflict, match="được dùng trong đề thi"):
        waiting.result()
    assert RoundQuestion.objects.count() == 2


def test_a_question_goes_while_it_is_made_obligatory(upload, author, quiz_round, other):
    organiser = make_organiser(quiz_round.contest)
    asked = list(Question.objects.order_by("pk"))
    with transaction.atomic():
        undo_import(upload, by=author, at=AT)
        waiting = other(blueprinting.require_questions, quiz_round, asked[:1], by=organiser, at=AT)
    with pytest.raises(Conflict, match="không còn trong ngân hàng"):
        waiting.result()


def test_a_question_is_made_obligatory_while_its_import_is_undone(
    upload, author, quiz_round, other
):
    organiser = make_organiser(quiz_round.contest)
    asked = list(Question.objects.order_by("pk"))
    with transaction.atomic():
        blueprinting.require_questions(quiz_round, asked[:1], by=organiser, at=AT)
        waiting = other(undo_import, upload, by=author, at=AT)
    with pytest.raises(Conflict, match="đang được dùng ở nơi khác"):
        waiting.result()
    assert Question.objects.count() == 2


def test_a_question_goes_while_someone_comments_on_it(upload, author, other):
    asked = Question.objects.select_related("bank", "current_version").first()
    with transaction.atomic():
        undo_import(upload, by=author, at=AT)
        waiting = other(comment_on, asked, text="Xem lại", by=author, at=AT)
    with pytest.raises(Conflict, match="không còn trong ngân hàng"):
        waiting.result()


def citing(asked: Question, instrument: Instrument, author: Any) -> Any:
    version = asked.current_version
    draft = QuestionDraft(
        kind=version.kind,
        stem=version.stem,
        content=version.content,
        key=version.key,
        topic=asked.topic,
        difficulty=asked.difficulty,
        explanation="",
    )
    draft = replace(draft, instrument=instrument, legal_basis=instrument.number)
    return edit_question(asked, draft, revision=asked.revision, by=author, at=AT)


@pytest.fixture
def instrument() -> Instrument:
    return Instrument.objects.create(number="1/2026/NĐ-CP", title="Về một việc", issuer="Chính phủ")


@pytest.fixture
def asked(upload) -> Question:
    return Question.objects.select_related("bank", "topic", "current_version").earliest("pk")


def test_an_instrument_is_cited_while_it_is_deleted(asked, instrument, author, other):
    with transaction.atomic():
        citing(asked, instrument, author)
        waiting = other(delete_instruments, [instrument.pk])
    with pytest.raises(Conflict, match="đang được viện dẫn"):
        waiting.result()
    assert QuestionVersion.objects.filter(instrument=instrument).exists()


def test_an_instrument_is_deleted_while_it_is_cited(asked, instrument, author, other):
    with transaction.atomic():
        delete_instruments([instrument.pk])
        waiting = other(citing, asked, instrument, author)
    with pytest.raises(Conflict, match="vừa bị xóa"):
        waiting.result()
    assert not Instrument.objects.exists()
