"""Taking an import back."""

from datetime import date

import pytest

from core.errors import Conflict, NotAllowed
from core.models import AuditEvent
from legal.models import Instrument
from quizzes.enums import QuestionState
from quizzes.importing import undoing
from quizzes.importing.undoing import undo_import, why_not_undoable
from quizzes.models import ImportChange, LegalFlag, Question, QuestionVersion, Topic
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, parsed
from tests.quizzes.importing.test_editing import apply, keep, question

pytestmark = pytest.mark.django_db


def state_of(bank):
    """All but ``revision``: that only tells open forms that they are late."""
    names = [f.attname for f in Question._meta.concrete_fields if f.name != "revision"]
    questions = Question.objects.filter(bank=bank).order_by("pk")
    versions = QuestionVersion.objects.filter(question__bank=bank).order_by("pk")
    return list(questions.values(*names)), list(versions.values())


@pytest.fixture
def applied(bank, author):
    """One question changed, one new, with a new topic."""
    fill(bank, parsed("Thủ đô ở đâu?"), topic="Địa lý")
    before = state_of(bank)
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), *question(2, "Cố đô ở đâu?"))
    apply(upload, author, topic="Lịch sử")
    assert state_of(bank) != before
    return upload, before


def test_new_questions_go_and_changed_ones_return(bank, author, applied):
    upload, before = applied
    assert why_not_undoable(upload) == ""
    assert undo_import(upload, by=author, at=AT) == 2
    assert state_of(bank) == before
    assert [topic.name for topic in Topic.objects.all()] == ["Địa lý"]
    assert not ImportChange.objects.exists(), "the keys of before need not be kept"
    event = AuditEvent.objects.order_by("-pk").first()
    assert event.action == "questions.import_undone"
    assert undo_import(upload, by=author, at=AT) == 0


def test_a_changed_question_that_had_been_drawn_returns_to_its_old_version(bank, author):
    fill(bank, parsed("Thủ đô ở đâu?"))
    QuestionVersion.objects.update(drawn_at=AT)
    before = state_of(bank)
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"))
    apply(upload, author)
    assert QuestionVersion.objects.count() == 2
    undo_import(upload, by=author, at=AT)
    assert state_of(bank) == before


def test_not_once_a_question_was_drawn(bank, author, applied):
    upload, _before = applied
    later = AT.replace(year=AT.year + 1)
    QuestionVersion.objects.filter(stem="Cố đô ở đâu?").update(drawn_at=later)
    after = state_of(bank)
    with pytest.raises(Conflict, match="đề thi"):
        undo_import(upload, by=author, at=AT)
    assert state_of(bank) == after
    assert not AuditEvent.objects.filter(action="questions.import_undone").exists()


@pytest.mark.parametrize("change", ["stem", "state", "topic"])
def test_not_once_a_question_was_changed(bank, author, applied, change):
    upload, _before = applied
    new = Question.objects.get(current_version__stem="Cố đô ở đâu?")
    if change == "stem":
        QuestionVersion.objects.filter(question=new).update(stem="Cố đô là đâu?")
    elif change == "state":
        Question.objects.filter(pk=new.pk).update(state=QuestionState.RETIRED)
    else:
        Question.objects.filter(pk=new.pk).update(topic=Topic.objects.get(name="Địa lý"))
    with pytest.raises(Conflict, match=f"#{new.pk}"):
        undo_import(upload, by=author, at=AT)


def test_only_those_responsible_for_the_bank(bank, applied):
    upload, _before = applied
    with pytest.raises(NotAllowed):
        undo_import(upload, by=make_author(make_bank("khac", "Khác")), at=AT)


def test_not_once_someone_has_commented(bank, author, applied):
    upload, _before = applied
    new = Question.objects.get(current_version__stem="Cố đô ở đâu?")
    new.comments.create(version=new.current_version, text="Xem lại", author=author, created_at=AT)
    with pytest.raises(Conflict, match="nhận xét"):
        undo_import(upload, by=author, at=AT)


def test_a_topic_that_was_used_since_stays(bank, author, applied):
    upload, _before = applied
    fill(bank, parsed("Câu của người khác?"), topic="Lịch sử")
    undo_import(upload, by=author, at=AT)
    assert Topic.objects.filter(name="Lịch sử").exists()


def test_flags_follow_the_laws_that_return(bank, author):
    facts = {"title": "x", "issuer": "y"}
    Instrument.objects.create(number="61/2018/NĐ-CP", status=Instrument.Status.EXPIRED, **facts)
    Instrument.objects.create(number="30/2020/NĐ-CP", status=Instrument.Status.IN_FORCE, **facts)
    fill(bank, parsed("Thủ đô ở đâu?", legal_basis="Nghị định số 61/2018/NĐ-CP"))
    open_flags = LegalFlag.objects.filter(resolved_at=None)
    assert open_flags.count() == 1
    lines = [*question(1, "Thủ đô ở đâu?"), "Căn cứ: Nghị định số 30/2020/NĐ-CP"]
    upload = keep(bank, author, *lines)
    apply(upload, author)
    assert not open_flags.exists()
    undo_import(upload, by=author, at=AT)
    assert open_flags.count() == 1


def test_the_last_day_of_a_drawn_question_returns(bank, author):
    fill(bank, parsed("Thủ đô ở đâu?", options=("Huế", "Hà Nội"), valid_until=date(2030, 1, 1)))
    QuestionVersion.objects.update(drawn_at=AT)
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), "Có giá trị đến: 31/12/2031")
    apply(upload, author)
    assert QuestionVersion.objects.get().valid_until == date(2031, 12, 31)
    undo_import(upload, by=author, at=AT)
    assert QuestionVersion.objects.get().valid_until == date(2030, 1, 1)


def test_a_version_that_is_drawn_at_the_same_moment_is_told(bank, author, applied, monkeypatch):
    upload, _before = applied
    after = state_of(bank)
    put_back = undoing._put_back

    def put_back_too_late(*args):
        QuestionVersion.objects.update(drawn_at=AT.replace(year=AT.year + 1))
        put_back(*args)

    monkeypatch.setattr(undoing, "_put_back", put_back_too_late)
    with pytest.raises(Conflict, match="đang được dùng"):
        undo_import(upload, by=author, at=AT)
    assert state_of(bank) == after
