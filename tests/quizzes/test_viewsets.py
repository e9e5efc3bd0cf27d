"""The list of questions in the back office, and what is done with many at once."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from legal.models import Instrument
from people import roles
from quizzes import reviewing
from quizzes.commenting import comment_on
from quizzes.enums import QuestionState, ReviewStep
from quizzes.flagging import recheck_flags
from quizzes.models import Question, QuestionVersion
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
LIST = "/admin/questions/"
STEMS = ["Thủ đô ở đâu?", "Mực màu gì?", "Đất đai là gì?"]


@pytest.fixture
def bank():
    bank = make_bank()
    fill(
        bank,
        parsed("Thủ đô ở đâu?", topic="Địa lý", explanation="Vì thế"),
        parsed("Mực màu gì?", topic="Văn thư", difficulty="hard"),
        parsed("Đất đai là gì?", topic="Địa lý"),
    )
    return bank


@pytest.fixture
def owner(bank):
    return make_author(bank)


def text(response):
    return response.content.decode()


def shown(client, person, **query):
    client.force_login(person)
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [stem for stem in STEMS if stem in text(response)]


def bulk(client, action, *questions, follow=True, **data):
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
    ids = "&".join(f"id={getattr(q, 'pk', q)}" for q in questions)
    address = f"{address}?{ids}&next={LIST}"
    page = client.get(address)
    if page.status_code != 200:
        return page
    data = {"seen": page.context["form"].initial["seen"], **data}
    return client.post(address, data, follow=follow)


# who sees what --------------------------------------------------------------------------------


def test_people_of_the_bank_see_its_questions_and_no_key(client, bank, owner):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (owner, make_reviewer(bank), reader, make_person(roles.ADMINISTRATOR)):
        assert shown(client, person) == STEMS
        assert "Hà Nội" not in text(client.get(LIST)), "options and keys are not in a list"


def test_an_author_of_another_bank_sees_nothing_of_it(client, bank, owner):
    stranger = make_author(make_bank("khac", "Của người khác"))
    assert shown(client, stranger) == []
    page = text(client.get(LIST))
    for told in ("Địa lý", bank.name, owner.full_name):
        assert told not in page.replace(stranger.full_name, ""), "not in a filter either"
    assert shown(client, stranger, bank=bank.pk) == []
    assert shown(client, stranger, q="thu do") == []


@pytest.mark.parametrize("role", [None, roles.EDITOR, roles.ORGANISER, roles.UNIT_HEAD])
def test_for_those_without_a_bank_there_is_no_list(client, bank, role):
    client.force_login(make_person(*([role] if role else [])))
    response = client.get(LIST)
    assert response.status_code in {302, 403}
    assert STEMS[0] not in text(response)


def test_the_anonymous_are_asked_to_sign_in(client, bank):
    assert "/accounts/login/" in client.get(LIST).url


def test_wagtail_keeps_nothing_of_a_question_elsewhere(client, bank, owner):
    question = bank.questions.first()
    client.force_login(owner)
    assert not ReferenceIndex.is_indexed(Question)
    assert not ReferenceIndex.is_indexed(QuestionVersion)
    bulk(client, "submit", question)
    assert not ModelLogEntry.objects.exists()
    for page in (
        "new/",
        f"edit/{question.pk}/",
        f"history/{question.pk}/",
        f"usage/{question.pk}/",
    ):
        assert client.get(f"{LIST}{page}").status_code == 404
    results = client.get("/admin/reports/site-history/")
    assert STEMS[0] not in text(results)


# finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "dat dai"}, [STEMS[2]]),
        ({"q": "THỦ ĐÔ"}, [STEMS[0]]),
        ({"q": "#99999"}, []),
        ({"difficulty": "hard"}, [STEMS[1]]),
        ({"state": "approved"}, []),
        ({"state": "draft"}, STEMS),
        ({"state": "in_use"}, []),
        ({"kind": "true_false"}, []),
        ({"kind": "single_choice"}, STEMS),
        ({"flagged": "comment"}, [STEMS[1]]),
        ({"flagged": "law"}, [STEMS[2]]),
        ({"duty": "to_review"}, []),
        ({"bank": "999999999999999999999"}, STEMS),
        ({"topic": "abc"}, STEMS),
    ],
)
def test_filters(client, bank, owner, query, found):
    questions = {question.current_version.stem: question for question in bank.questions.all()}
    comment_on(questions[STEMS[1]], text="Xem lại", by=owner, at=AT)
    expired = Instrument.objects.create(
        number="1/2020/NĐ-CP", title="Cũ", issuer="Chính phủ", status=Instrument.Status.EXPIRED
    )
    QuestionVersion.objects.filter(stem=STEMS[2]).update(instrument=expired)
    recheck_flags(at=AT)
    assert shown(client, owner, **query) == found


def test_filters_by_topic_instrument_and_author(client, bank, owner):
    fill(bank, parsed("Câu của tôi?", topic="Văn thư"), by=owner)
    topic = bank.topics.get(name="Địa lý")
    assert shown(client, owner, topic=topic.pk) == [STEMS[0], STEMS[2]]
    client.force_login(owner)
    assert "Câu của tôi?" in text(client.get(LIST, {"author": owner.pk}))
    assert shown(client, owner, author=owner.pk) == []
    assert "Câu của tôi?" in text(client.get(LIST, {"duty": "own_drafts"}))


def test_what_waits_for_me_is_not_what_i_wrote(client, bank, owner):
    reviewer = make_reviewer(bank)
    fill(bank, parsed("Câu của tôi?"), by=owner, approve=True)
    for person, sees in ((owner, False), (reviewer, True)):
        client.force_login(person)
        page = text(client.get(LIST, {"duty": "to_review"}))
        assert ("Câu của tôi?" in page) is sees


# doing ----------------------------------------------------------------------------------------


def test_ticked_questions_are_submitted_and_approved_by_another(client, bank, owner):
    first, _second, third = bank.questions.order_by("pk")
    client.force_login(owner)
    assert "Gửi duyệt: 2 câu." in text(bulk(client, "submit", first, third))
    client.force_login(make_reviewer(bank))
    assert "Duyệt: 2 câu." in text(bulk(client, "approve", first, third))
    approved = Question.objects.filter(state=QuestionState.APPROVED)
    assert set(approved) == {first, third}


def test_the_own_ones_are_named_before_and_after(client, bank, owner):
    fill(bank, parsed("Câu của tôi?"), by=owner, approve=True)
    Question.objects.update(state=QuestionState.IN_REVIEW)
    client.force_login(owner)
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", "approve"])
    page = text(client.get(address, {"id": "all", "next": LIST}))
    assert "Những câu sau giữ nguyên" in page
    assert "người khác duyệt" in page
    done = text(bulk(client, "approve", "all"))
    assert "Duyệt: 3 câu." in done
    assert "Không làm được 1 câu." in done


def test_all_in_the_listing_means_what_the_filter_shows(client, bank, owner):
    client.force_login(owner)
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", "submit"])
    address = f"{address}?difficulty=hard&id=all&next={LIST}"
    page = client.get(address)
    fill(bank, parsed("Đến sau?", difficulty="hard"))
    client.post(address, {"seen": page.context["form"].initial["seen"]})
    waiting = Question.objects.filter(state=QuestionState.IN_REVIEW)
    assert [question.stem_key for question in waiting] == ["muc mau gi"], "not what came later"


def test_returned_with_a_comment(client, bank, owner):
    question = bank.questions.first()
    reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=owner, at=AT)
    client.force_login(make_reviewer(bank))
    assert "Hãy ghi nhận xét" in text(bulk(client, "return", question, comment=""))
    bulk(client, "return", question, comment="Sửa đáp án C")
    assert question.comments.get().text == "Sửa đáp án C"


def test_topic_and_difficulty_of_many(client, bank, owner):
    first, second, _third = bank.questions.order_by("pk")
    topic = bank.topics.get(name="Văn thư")
    client.force_login(owner)
    bulk(client, "move", first, second, topic=topic.pk, difficulty="medium")
    moved = Question.objects.filter(topic=topic, difficulty="medium")
    assert set(moved) == {first, second}


def test_retired_and_used_again(client, bank, owner):
    question = bank.questions.first()
    client.force_login(owner)
    bulk(client, "retire", question)
    assert Question.objects.get(pk=question.pk).state == QuestionState.RETIRED
    bulk(client, "restore", question)
    assert Question.objects.get(pk=question.pk).state == QuestionState.DRAFT


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("submit", QuestionState.DRAFT),
        ("approve", QuestionState.IN_REVIEW),
        ("return", QuestionState.IN_REVIEW),
        ("move", QuestionState.DRAFT),
        ("retire", QuestionState.DRAFT),
        ("restore", QuestionState.RETIRED),
    ],
)
def test_what_was_changed_since_it_was_shown_stays(client, bank, owner, action, state):
    question = bank.questions.first()
    Question.objects.filter(pk=question.pk).update(state=state, revision=3)
    client.force_login(make_reviewer(bank) if action in {"approve", "return"} else owner)
    data = {"comment": "Sửa đáp án C", "difficulty": "hard"}
    page = bulk(client, action, question, seen=f"{question.pk}:2", **data)
    assert "vừa được sửa sau khi bạn mở trang" in text(page)
    question.refresh_from_db()
    assert (question.state, question.difficulty) == (state, "easy")
    assert not question.comments.exists()


@pytest.mark.parametrize("action", ["submit", "approve", "return", "move", "retire", "restore"])
def test_another_banks_questions_are_not_there(client, bank, action):
    stranger = make_author(make_bank("khac", "Khác"))
    client.force_login(stranger)
    question = bank.questions.first()
    response = bulk(client, action, question)
    assert response.status_code == 404
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
    data = {"seen": f"{question.pk}:0", "comment": "x", "difficulty": "hard"}
    assert client.post(f"{address}?id={question.pk}", data).status_code == 404
    question.refresh_from_db()
    assert (question.state, question.difficulty) == (QuestionState.DRAFT, "easy")


def test_a_seen_list_cannot_name_another_banks_question(client, bank, owner):
    other = make_bank("khac", "Khác")
    fill(other, parsed("Của người khác?"))
    stranger = other.questions.get()
    client.force_login(owner)
    bulk(client, "submit", bank.questions.first(), seen=f"{stranger.pk}:0")
    bulk(client, "submit", bank.questions.first(), seen="x:y")
    stranger.refresh_from_db()
    assert stranger.state == QuestionState.DRAFT


@pytest.mark.parametrize("ids", [["abc"], ["9" * 30], [], ["-1"]])
def test_nonsense_is_not_found(client, bank, owner, ids):
    client.force_login(owner)
    assert bulk(client, "submit", *ids).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_1_and_3_questions(client, django_assert_num_queries, count):
    bank = make_bank()
    owner = make_author(bank)
    for n in range(count):
        fill(bank, parsed(f"Câu số {n}?", topic=f"Chuyên đề {n}"), by=make_author(bank))
    client.force_login(owner)
    client.get(LIST)
    with django_assert_num_queries(17):
        client.get(LIST)
