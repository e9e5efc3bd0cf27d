import pytest
from django.urls import reverse

from people import roles
from quizzes.commenting import comment_on
from quizzes.enums import QuestionState
from quizzes.models import Question, QuestionBank, QuestionComment
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, make_person, parsed

pytestmark = pytest.mark.django_db
KEY_MARK = "Đáp án đúng"


def page(client, person, name, *args, **query):
    if person is not None:
        client.force_login(person)
    return client.get(reverse(f"quizzes:{name}", args=args), query)


def sign_in(client, person):
    """With the first request behind: it writes the session once."""
    client.force_login(person)
    client.get(reverse("quizzes:bank_list"))


def text(response):
    return response.content.decode()


@pytest.fixture
def bank():
    bank = make_bank()
    fill(
        bank,
        parsed("Thủ đô ở đâu?", topic="Địa lý", explanation="Vì thế"),
        parsed("Mực màu gì?", topic="Văn thư", difficulty="hard"),
        parsed("Đất đai là gì?", topic="Địa lý"),
        approve=False,
    )
    return bank


def addresses(bank):
    question = bank.questions.first()
    return [
        reverse("quizzes:bank_detail", args=[bank.code]),
        reverse("quizzes:question_detail", args=[bank.code, question.pk]),
        reverse("quizzes:question_upload", args=[bank.code]),
        reverse("quizzes:question_compare", args=[bank.code, question.pk]),
    ]


def writing_addresses(bank):
    question = bank.questions.first()
    comment = question.comments.first() or comment_on(
        question, text="Xem lại", by=make_author(bank), at=AT
    )
    at = [bank.code, question.pk]
    return [
        reverse("quizzes:question_new", args=[bank.code]),
        reverse("quizzes:question_edit", args=at),
        reverse("quizzes:question_step", args=at),
        reverse("quizzes:question_comment", args=at),
        reverse("quizzes:question_comment_settle", args=[*at, comment.pk]),
    ]


def test_a_bank_is_not_there_for_strangers(client, bank):
    strangers = [
        make_person(),
        make_person(roles.ORGANISER),
        make_person(roles.EDITOR),
        make_author(make_bank("khac", "Khác")),
    ]
    for person in strangers:
        client.force_login(person)
        for address in addresses(bank):
            response = client.get(address)
            assert response.status_code == 404
            assert "Thủ đô" not in text(response)
        for address in writing_addresses(bank):
            assert client.post(address).status_code == 404


def test_the_anonymous_are_asked_to_sign_in(client, bank):
    pages = [reverse("quizzes:bank_list"), reverse("quizzes:bank_create")]
    for address in [*pages, *addresses(bank), *writing_addresses(bank)]:
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


def test_a_reader_reads_and_changes_nothing(client, bank):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    listed, detail, upload, _compare = addresses(bank)
    client.force_login(reader)
    assert "Địa lý" in text(client.get(listed))
    assert KEY_MARK in text(client.get(detail))
    assert client.get(upload).status_code == 403
    new, edit, step, comment, settle = writing_addresses(bank)
    assert [client.post(address).status_code for address in (new, edit)] == [403, 403]
    client.post(step, {"step": "submit", "revision": 0})
    client.post(comment, {"text": "Của người xem"})
    client.post(settle)
    assert not Question.objects.exclude(state=QuestionState.DRAFT).exists()
    assert QuestionComment.objects.get().resolved_at is None


def test_owners_and_readers_lose_the_keys_with_their_role(client, bank):
    owner, reader = make_author(bank), make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (owner, reader):
        assert page(client, person, "bank_list").status_code == 200
        person.groups.clear()
        client.force_login(person)
        for address in addresses(bank):
            assert client.get(address).status_code == 404
        assert client.get(reverse("quizzes:bank_list")).status_code == 403


def test_the_list_shows_ones_own_banks(client, bank):
    author = make_author(bank)
    make_bank("khac", "Ngân hàng khác")
    shown = text(page(client, author, "bank_list"))
    assert bank.name in shown
    assert "Ngân hàng khác" not in shown


def test_a_contestant_has_no_banks_page(client, bank):
    assert page(client, make_person(), "bank_list").status_code == 403
    assert page(client, make_person(), "bank_create").status_code == 403


def test_an_author_creates_a_bank_and_owns_it(client):
    author = make_author()
    client.force_login(author)
    data = {"name": "Văn thư", "code": "van-thu"}
    response = client.post(reverse("quizzes:bank_create"), data)
    assert response.url == "/bank/van-thu/"
    assert list(QuestionBank.objects.get().owners.all()) == [author]
    assert "Mã này dành cho hệ thống" in text(
        client.post(reverse("quizzes:bank_create"), {"name": "x", "code": "new"})
    )


def test_the_front_page_counts_and_the_question_has_its_key(client, bank):
    author = make_author(bank)
    front = text(page(client, author, "bank_detail", bank.code))
    assert KEY_MARK not in front
    assert "Thủ đô" not in front
    assert f"/admin/questions/?bank={bank.pk}" in front
    question = bank.questions.get(stem_key="thu do o dau")
    shown = text(page(client, author, "question_detail", bank.code, question.pk))
    assert shown.count(KEY_MARK) == 1
    assert "Vì thế" in shown


def test_the_front_page_counts_by_state_and_topic(client, bank):
    first, second, _third = bank.questions.order_by("pk")
    Question.objects.filter(pk=first.pk).update(state=QuestionState.IN_REVIEW)
    Question.objects.filter(pk=second.pk).update(state=QuestionState.APPROVED)
    client.force_login(make_author(bank))
    context = client.get(reverse("quizzes:bank_detail", args=[bank.code])).context
    assert context["whole"].by_state == {"draft": 1, "in_review": 1, "approved": 1, "retired": 0}
    assert [(counts.topic.name, counts.total) for counts in context["topics"]] == [
        ("Văn thư", 1),
        ("Địa lý", 2),
    ]


def test_pages_with_questions_are_never_cached(client, bank):
    client.force_login(make_author(bank))
    for address in addresses(bank):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_question_of_another_bank_is_not_there(client, bank):
    other = make_bank("khac", "Khác")
    author = make_author(other)
    question = bank.questions.first()
    assert page(client, author, "question_detail", other.code, question.pk).status_code == 404


def test_a_question_cannot_break_out_of_the_page(client):
    bank = make_bank()
    fill(bank, parsed("<script>alert(1)</script>?", options=("<img src=x>", "b"), correct=(0,)))
    question = bank.questions.get()
    author = make_author(bank)
    for name, args in (("bank_detail", []), ("question_detail", [question.pk])):
        shown = text(page(client, author, name, bank.code, *args))
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_bank_costs_the_same_for_1_and_3_questions(client, django_assert_num_queries, count):
    bank = make_bank()
    fill(bank, *[parsed(f"Câu số {n}?", topic=f"Chuyên đề {n}") for n in range(count)])
    sign_in(client, make_author(bank))
    with django_assert_num_queries(10):
        client.get(reverse("quizzes:bank_detail", args=[bank.code]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_1_and_3_banks(client, django_assert_num_queries, count):
    author = make_author()
    for n in range(count):
        bank = make_bank(f"nh-{n}", f"Ngân hàng {n}")
        bank.owners.add(author)
        fill(bank, parsed())
    sign_in(client, author)
    with django_assert_num_queries(6):
        client.get(reverse("quizzes:bank_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_costs_the_same_for_1_and_3_versions(client, django_assert_num_queries, count):
    bank = make_bank()
    for n in range(count):
        fill(bank, parsed(correct=(n,)))
        Question.objects.get().versions.update(drawn_at="2030-01-01T00:00:00Z")
    sign_in(client, make_author(bank))
    with django_assert_num_queries(17):
        client.get(reverse("quizzes:question_detail", args=[bank.code, bank.questions.get().pk]))
