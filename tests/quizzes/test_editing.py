"""Writing a question on screen."""

from datetime import timedelta

import pytest

from core.errors import Conflict, NotAllowed
from quizzes import reviewing
from quizzes.editing import (
    NotAQuestion,
    QuestionDraft,
    carry_over,
    create_question,
    edit_question,
)
from quizzes.enums import QuestionState, ReviewStep
from quizzes.models import Question, QuestionVersion, Topic
from quizzes.reclassifying import reclassify
from tests.quizzes.bank_factories import (
    AT,
    fill,
    make_author,
    make_bank,
    make_person,
    make_reviewer,
    parsed,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def draft(topic="Địa lý", **changes):
    content = {"options": [{"id": "a", "text": "Huế"}, {"id": "b", "text": "Hà Nội"}]}
    fields = {
        "kind": "single_choice",
        "stem": "Thủ đô ở đâu?",
        "content": content,
        "key": {"correct": ["b"]},
        "topic": topic,
        "difficulty": "easy",
        **changes,
    }
    return QuestionDraft(**fields)


@pytest.fixture
def question(bank, author):
    return create_question(bank, draft(), by=author, at=AT)


def edit(question, by, **changes):
    topic = changes.pop("topic", question.topic)
    revision = changes.pop("revision", Question.objects.get(pk=question.pk).revision)
    edited = edit_question(question, draft(topic, **changes), revision=revision, by=by, at=LATER)
    question.refresh_from_db()
    return edited


def test_a_new_question_is_a_draft_of_its_author(bank, author, question):
    version = question.current_version
    assert (question.state, question.topic.name) == (QuestionState.DRAFT, "Địa lý")
    assert (version.number, version.created_by, question.stem_key) == (1, author, "thu do o dau")
    again = create_question(bank, draft("ĐỊA LÝ", stem="Khác?"), by=author, at=AT)
    assert again.topic == question.topic


def test_the_same_form_sent_twice_is_one_question(bank, author, question):
    with pytest.raises(Conflict, match=f"đã có câu #{question.pk}"):
        create_question(bank, draft(stem="THỦ ĐÔ ở đâu"), by=author, at=AT)
    assert bank.questions.count() == 1
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    create_question(other, draft(), by=author, at=AT)


def test_an_unread_draft_is_changed_in_place(question, author):
    colleague = make_author(question.bank)
    edit(question, colleague, stem="Thủ đô của Việt Nam ở đâu?")
    version = question.versions.get()
    assert (version.stem, version.changed_by) == ("Thủ đô của Việt Nam ở đâu?", colleague)
    assert question.stem_key == "thu do cua viet nam o dau"
    assert [event.act for event in question.events.all()] == ["change"]


def test_what_a_paper_was_drawn_from_stays(question, author):
    QuestionVersion.objects.update(drawn_at=AT)
    edit(question, author, key={"correct": ["a"]})
    first, second = question.versions.order_by("number")
    assert (first.key, second.key) == ({"correct": ["b"]}, {"correct": ["a"]})
    assert question.current_version_id == second.pk


def test_what_a_reviewer_read_stays_to_compare_with(question, author):
    reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=AT)
    reviewing.take_step(
        ReviewStep.RETURN, [question.pk], comment="Sửa", by=make_reviewer(question.bank), at=AT
    )
    edit(question, author, stem="Đã sửa?")
    assert question.versions.count() == 2


def test_a_changed_approved_question_is_a_draft_again(question, author):
    Question.objects.update(state=QuestionState.APPROVED)
    edit(question, author, explanation="Vì thế")
    assert question.state == QuestionState.DRAFT


def test_the_same_words_change_nothing(question, author):
    Question.objects.update(state=QuestionState.APPROVED)
    edit(question, author)
    assert (question.state, question.revision) == (QuestionState.APPROVED, 0)
    assert not question.events.exists()


def test_a_retired_question_stays_retired(question, author):
    Question.objects.update(state=QuestionState.RETIRED)
    edit(question, author, stem="Khác hẳn?")
    assert question.state == QuestionState.RETIRED


def test_the_second_of_two_tabs_is_told(question, author):
    edit(question, author, stem="Của tab một?", revision=0)
    with pytest.raises(Conflict, match="vừa được người khác sửa"):
        edit(question, author, stem="Của tab hai?", revision=0)
    assert question.versions.get().stem == "Của tab một?"


@pytest.mark.parametrize(
    "changes",
    [
        {"key": {"correct": []}},
        {"content": {"options": []}},
        {"stem": ""},
        {"difficulty": "huge"},
        {"topic": ""},
    ],
)
def test_half_a_question_is_refused(bank, author, changes):
    with pytest.raises(NotAQuestion):
        create_question(bank, draft(**changes), by=author, at=AT)
    assert not Question.objects.exists()


def test_the_topic_of_another_bank_is_refused(bank, author):
    topic = Topic.objects.create(bank=make_bank("khac", "Khác"), name="Của họ")
    with pytest.raises(NotAQuestion):
        create_question(bank, draft(topic), by=author, at=AT)


def test_reviewers_readers_and_outsiders_do_not_write(bank, question):
    outsider, reviewer, reader = make_author(), make_reviewer(bank), make_person("Ban Tổ chức")
    bank.readers.add(reader)
    for person in (outsider, reviewer, reader):
        with pytest.raises(NotAllowed):
            create_question(bank, draft(stem="Khác?"), by=person, at=AT)
        with pytest.raises(NotAllowed):
            edit_question(question, draft(), revision=0, by=person, at=AT)


def test_formatting_stays_where_the_words_stay(question):
    version = question.current_version
    version.content |= {
        "marks": {"stem": [[0, 2, "b"]], "a": [[0, 1, "i"]], "b": [[0, 1, "b"]]},
        "pictures": {"stem": [{"file": 1, "alt": "x"}], "z": [{"file": 2, "alt": "y"}]},
    }
    content, lost = carry_over(draft(stem="Câu khác?"), version)
    assert content["marks"] == {"a": [[0, 1, "i"]], "b": [[0, 1, "b"]]}
    assert content["pictures"] == {"stem": [{"file": 1, "alt": "x"}]}
    assert lost == ["stem"]


def test_many_get_another_topic_and_those_of_other_banks_are_named(bank, author, question):
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    fill(other, parsed("Của bank khác?"))
    stranger = make_bank("la", "Lạ")
    fill(stranger, parsed("Không thấy?"))
    Question.objects.update(state=QuestionState.APPROVED)
    topic = Topic.objects.create(bank=bank, name="Văn thư")
    ids = list(Question.objects.values_list("pk", flat=True))
    outcome = reclassify(ids, topic=topic, difficulty="hard", by=author, at=AT)
    assert outcome.moved == (question.pk,)
    assert [refusal.question_id for refusal in outcome.refused] == [other.questions.get().pk]
    question.refresh_from_db()
    assert (question.topic, question.difficulty, question.revision) == (topic, "hard", 1)
    assert question.state == QuestionState.APPROVED
    assert question.events.get().note == "Địa lý, Dễ → Văn thư, Khó"
    assert reclassify(ids, topic=topic, by=author, at=AT).moved == ()
