import pytest
from django.urls import reverse

from people import roles
from quizzes.enums import QuestionState
from quizzes.models import Question, QuestionBank
from tests.quizzes.bank_factories import fill, make_author, make_bank, make_person, parsed

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
        assert client.post(reverse("quizzes:review_questions", args=[bank.code])).status_code == 404


def test_the_anonymous_are_asked_to_sign_in(client, bank):
    for address in [reverse("quizzes:bank_list"), reverse("quizzes:bank_create"), *addresses(bank)]:
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


def test_a_reader_reads_and_changes_nothing(client, bank):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    listed, detail, upload = addresses(bank)
    client.force_login(reader)
    assert "Thủ đô ở đâu?" in text(client.get(listed))
    assert KEY_MARK in text(client.get(detail))
    assert client.get(upload).status_code == 403
    data = {"state": "approved", "scope": "all"}
    assert (
        client.post(reverse("quizzes:review_questions", args=[bank.code]), data).status_code == 403
    )
    assert not Question.objects.filter(state=QuestionState.APPROVED).exists()


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


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "dat dai"}, ["Đất đai là gì?"]),
        ({"q": "THỦ ĐÔ"}, ["Thủ đô ở đâu?"]),
        ({"difficulty": "hard"}, ["Mực màu gì?"]),
        ({"state": "approved"}, []),
        ({"difficulty": "không có"}, ["Thủ đô ở đâu?", "Mực màu gì?", "Đất đai là gì?"]),
        ({"topic": "999999999999999999999"}, ["Thủ đô ở đâu?", "Mực màu gì?", "Đất đai là gì?"]),
        ({"q": "#999999"}, []),
    ],
)
def test_filters(client, bank, query, found):
    shown = text(page(client, make_author(bank), "bank_detail", bank.code, **query))
    stems = ["Thủ đô ở đâu?", "Mực màu gì?", "Đất đai là gì?"]
    assert [stem for stem in stems if stem in shown] == found


def test_filter_by_topic(client, bank):
    topic = bank.topics.get(name="Văn thư")
    shown = text(page(client, make_author(bank), "bank_detail", bank.code, topic=topic.pk))
    assert "Mực màu gì?" in shown
    assert "Thủ đô ở đâu?" not in shown


def test_the_list_has_no_keys_and_the_question_has(client, bank):
    author = make_author(bank)
    assert KEY_MARK not in text(page(client, author, "bank_detail", bank.code))
    question = bank.questions.get(stem_key="thu do o dau")
    shown = text(page(client, author, "question_detail", bank.code, question.pk))
    assert shown.count(KEY_MARK) == 1
    assert "Vì thế" in shown


def test_pages_with_questions_are_never_cached(client, bank):
    client.force_login(make_author(bank))
    for address in addresses(bank):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_question_of_another_bank_is_not_there(client, bank):
    other = make_bank("khac", "Khác")
    author = make_author(other)
    question = bank.questions.first()
    assert page(client, author, "question_detail", other.code, question.pk).status_code == 404


def test_ticked_questions_are_approved(client, bank):
    first, _second, third = bank.questions.order_by("pk")
    client.force_login(make_author(bank))
    data = {"state": "approved", "scope": "ticked", "questions": [first.pk, third.pk]}
    response = client.post(reverse("quizzes:review_questions", args=[bank.code]), data, follow=True)
    assert "Đã chuyển 2 câu" in text(response)
    approved = set(Question.objects.filter(state="approved").values_list("pk", flat=True))
    assert approved == {first.pk, third.pk}


def test_all_that_the_filter_shows_are_approved(client, bank):
    client.force_login(make_author(bank))
    address = reverse("quizzes:review_questions", args=[bank.code]) + "?difficulty=hard"
    client.post(address, {"state": "approved", "scope": "all", "total": 2})
    assert not Question.objects.filter(state="approved").exists(), "the list has changed since"
    client.post(address, {"state": "approved", "scope": "all", "total": 1})
    assert [q.stem_key for q in Question.objects.filter(state="approved")] == ["muc mau gi"]


@pytest.mark.parametrize(
    "data", [{}, {"state": "approved", "scope": "ticked"}, {"state": "x", "scope": "all"}]
)
def test_a_review_of_nothing_changes_nothing(client, bank, data):
    client.force_login(make_author(bank))
    address = reverse("quizzes:review_questions", args=[bank.code])
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    assert not Question.objects.filter(state="approved").exists()


def test_another_banks_questions_cannot_be_moved(client, bank):
    other = make_bank("khac", "Khác")
    fill(other, parsed("Của người khác?"))
    stranger = other.questions.get()
    client.force_login(make_author(bank))
    data = {"state": "approved", "scope": "ticked", "questions": [stranger.pk]}
    client.post(reverse("quizzes:review_questions", args=[bank.code]), data)
    stranger.refresh_from_db()
    assert stranger.state == QuestionState.DRAFT


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
    with django_assert_num_queries(9):
        client.get(reverse("quizzes:bank_detail", args=[bank.code]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_1_and_3_banks(client, django_assert_num_queries, count):
    author = make_author()
    for n in range(count):
        bank = make_bank(f"nh-{n}", f"Ngân hàng {n}")
        bank.owners.add(author)
        fill(bank, parsed())
    sign_in(client, author)
    with django_assert_num_queries(5):
        client.get(reverse("quizzes:bank_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_costs_the_same_for_1_and_3_versions(client, django_assert_num_queries, count):
    bank = make_bank()
    for n in range(count):
        fill(bank, parsed(correct=(n,)))
        Question.objects.get().versions.update(drawn_at="2030-01-01T00:00:00Z")
    sign_in(client, make_author(bank))
    with django_assert_num_queries(10):
        client.get(reverse("quizzes:question_detail", args=[bank.code, bank.questions.get().pk]))
