from datetime import date, timedelta

import pytest

from core.errors import NotAllowed
from core.models import AuditEvent
from legal.models import Instrument
from quizzes.enums import Difficulty, QuestionState
from quizzes.importing import parsed as p
from quizzes.importing.applying import apply_import, preview_import
from quizzes.importing.messages import describe
from quizzes.importing.reading import read_questions
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionVersion, Topic
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, make_person, parsed
from tests.quizzes.importing.test_reading import real

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def counts(report):
    return report.created, report.updated, report.unchanged


def only_version():
    return Question.objects.select_related("current_version").get().current_version


def test_a_new_question_is_a_draft_with_its_first_version():
    bank, author = make_bank(), make_author()
    bank.owners.add(author)
    report = apply_import(bank, [parsed(topic="Địa lý", explanation="Vì thế")], by=author, at=AT)
    assert counts(report) == (1, 0, 0)
    question = Question.objects.get()
    assert (question.state, question.topic.name) == (QuestionState.DRAFT, "Địa lý")
    assert question.created_by == author
    version = question.current_version
    assert (version.number, version.kind, version.explanation) == (1, "single_choice", "Vì thế")
    assert version.content == {
        "options": [
            {"id": "a", "text": "Huế"},
            {"id": "b", "text": "Hà Nội"},
            {"id": "c", "text": "Vinh"},
        ]
    }
    assert version.key == {"correct": ["b"]}


@pytest.mark.parametrize("nothing", ["\u200b", "\u00ad", "\ufe0f\u0301"])
def test_a_topic_that_nobody_can_read_is_none(nothing):
    bank = make_bank()
    fill(bank, parsed(topic=nothing), topic="Địa lý")
    fill(bank, parsed("Cố đô ở đâu?", topic=nothing), topic=nothing)
    assert {question.topic.name for question in Question.objects.all()} == {
        "Địa lý",
        "Chưa phân loại",
    }


@pytest.mark.parametrize(
    "question",
    [
        parsed(),
        parsed(kind=p.Kind.MULTIPLE, correct=(0, 2)),
        parsed(kind=p.Kind.TRUE_FALSE, options=("Đúng", "Sai"), correct=(0,)),
    ],
)
def test_what_is_written_is_sound_for_its_kind(question):
    fill(make_bank(), question)
    version = only_version()
    assert KINDS[version.kind].problems(version.content, version.key) == []


def test_a_repeat_changes_nothing():
    bank = make_bank()
    fill(bank, parsed(topic="Địa lý"))
    assert counts(fill(bank, parsed(topic="Địa lý"))) == (0, 0, 1)
    assert counts(fill(bank, parsed("  thủ đô ở ĐÂU ", topic="dia ly"))) == (0, 1, 0)
    assert QuestionVersion.objects.count() == 1
    assert Topic.objects.count() == 1


def test_options_in_another_order_are_the_same_question():
    bank = make_bank()
    fill(bank, parsed())
    shuffled = parsed(options=("Hà Nội", "Vinh", "Huế"), correct=(0,))
    assert counts(fill(bank, shuffled)) == (0, 0, 1)


def test_a_changed_key_rewrites_a_version_that_was_never_drawn():
    bank = make_bank()
    fill(bank, parsed())
    assert counts(fill(bank, parsed(correct=(0,)))) == (0, 1, 0)
    version = only_version()
    assert (version.number, version.key) == (1, {"correct": ["a"]})


@pytest.mark.parametrize("how", ["submitted", "approved", "commented"])
def test_a_changed_key_follows_a_version_that_somebody_read_as_a_new_one(how):
    bank = make_bank()
    author = make_author(bank)
    fill(bank, parsed(), by=author if how == "submitted" else None, approve=how != "commented")
    question = Question.objects.get()
    if how == "commented":
        question.comments.create(
            version=question.current_version, text="Xem lại", author=author, created_at=AT
        )
    assert counts(fill(bank, parsed(correct=(0,)))) == (0, 1, 0)
    first, second = QuestionVersion.objects.order_by("number")
    assert (first.key, second.key) == ({"correct": ["b"]}, {"correct": ["a"]})
    question.refresh_from_db()
    assert question.current_version == second
    assert question.state == QuestionState.DRAFT, "it must be reviewed again"


@pytest.mark.parametrize("is_drawn", [False, True])
def test_until_when_an_answer_is_right_stays_as_the_bank_has_it(is_drawn):
    bank = make_bank()
    fill(bank, parsed())
    last_day = date(2030, 12, 31)
    QuestionVersion.objects.update(valid_until=last_day, drawn_at=LATER if is_drawn else None)
    fill(bank, parsed(correct=(0,)))
    version = only_version()
    assert (version.number, version.key) == (1 + is_drawn, {"correct": ["a"]})
    assert version.valid_until == last_day


def test_a_file_may_say_until_when_an_answer_is_right():
    bank = make_bank()
    fill(bank, parsed(valid_until=date(2030, 12, 31)))
    assert only_version().valid_until == date(2030, 12, 31)
    QuestionVersion.objects.update(drawn_at=LATER)
    assert counts(fill(bank, parsed())) == (0, 0, 1), "an empty one takes nothing away"
    assert counts(fill(bank, parsed(valid_until=date(2031, 1, 1)))) == (0, 1, 0)
    assert (only_version().number, only_version().valid_until) == (1, date(2031, 1, 1))


def test_a_changed_key_follows_a_drawn_version_as_a_new_one():
    bank = make_bank()
    fill(bank, parsed(explanation="Vì thế"))
    QuestionVersion.objects.update(drawn_at=LATER)
    assert counts(fill(bank, parsed(correct=(0,)))) == (0, 1, 0)
    first, second = QuestionVersion.objects.order_by("number")
    assert (first.key, first.drawn_at) == ({"correct": ["b"]}, LATER)
    assert (second.number, second.key, second.drawn_at) == (2, {"correct": ["a"]}, None)
    assert second.explanation == "Vì thế"
    assert Question.objects.get().current_version == second


def test_an_explanation_may_be_added_to_a_drawn_version_and_is_never_emptied():
    bank = make_bank()
    fill(bank, parsed())
    QuestionVersion.objects.update(drawn_at=LATER)
    assert counts(fill(bank, parsed(explanation="Vì thế"))) == (0, 1, 0)
    assert counts(fill(bank, parsed())) == (0, 0, 1)
    version = only_version()
    assert (version.number, version.explanation) == (1, "Vì thế")


def test_topic_and_difficulty_of_a_known_question_stay_and_that_is_told():
    bank = make_bank()
    fill(bank, parsed(topic="Địa lý", difficulty=p.Difficulty.EASY))
    report = fill(bank, parsed(topic="Lịch sử", difficulty=p.Difficulty.HARD))
    assert counts(report) == (0, 0, 1)
    assert [r.code for r in report.remarks] == ["topic_kept", "difficulty_kept"]
    assert Question.objects.get().topic.name == "Địa lý"
    assert all(describe(remark) for remark in report.remarks)


def test_topics_are_matched_by_folded_name():
    bank = make_bank()
    fill(bank, parsed("Một?", topic="Văn thư"), parsed("Hai?", topic="VĂN  THƯ"), parsed("Ba?"))
    assert sorted(Topic.objects.values_list("name", flat=True)) == ["Chưa phân loại", "Văn thư"]


def test_topic_and_difficulty_for_those_without():
    fill(
        make_bank(),
        parsed("Một?", topic="Văn thư"),
        parsed("Hai?"),
        topic="Khác",
        difficulty="hard",
    )
    assert sorted(Question.objects.values_list("topic__name", "difficulty")) == [
        ("Khác", Difficulty.HARD), ("Văn thư", Difficulty.HARD),
    ]  # fmt: skip


def test_the_legal_basis_points_at_its_instrument():
    decree = Instrument.objects.create(
        number="30/2020/NĐ-CP", title="Về công tác văn thư", issuer="Chính phủ",
        status=Instrument.Status.IN_FORCE,
    )  # fmt: skip
    text = "Khoản 6 Điều 13 Nghị định số 30/2020/NĐ-CP"
    assert not fill(make_bank(), parsed(legal_basis=text)).remarks
    version = only_version()
    assert (version.instrument, version.article) == (decree, "Khoản 6 Điều 13")
    assert version.legal_basis == text


def test_a_law_that_is_gone_or_unknown_is_told():
    Instrument.objects.create(
        number="61/2018/NĐ-CP", title="x", issuer="y", status=Instrument.Status.EXPIRED
    )
    report = fill(
        make_bank(),
        parsed("Một?", legal_basis="Nghị định số 61/2018/NĐ-CP"),
        parsed("Hai?", legal_basis="Nghị định số 99/2099/NĐ-CP"),
        parsed("Ba?", legal_basis="Nội quy cơ quan"),
    )
    assert [r.code for r in report.remarks] == ["legal_expired", "legal_unknown"]
    assert all(describe(remark) for remark in report.remarks)


def test_a_near_duplicate_is_told_and_taken():
    bank = make_bank()
    stem = "Theo Nghị định số 63/2010/NĐ-CP, thủ tục hành chính được hiểu là gì?"
    fill(bank, parsed(stem))
    report = fill(bank, parsed(stem.replace("được hiểu là", "nghĩa là")), parsed("Việc khác?"))
    assert counts(report) == (2, 0, 0)
    assert [r.code for r in report.remarks] == ["near_duplicate"]
    assert stem in describe(report.remarks[0])


def test_a_retired_question_stays_retired_and_that_is_told():
    bank = make_bank()
    fill(bank, parsed())
    Question.objects.update(state=QuestionState.RETIRED)
    report = fill(bank, parsed(correct=(0,)), approve=True)
    assert [r.code for r in report.remarks] == ["question_retired"]
    assert Question.objects.get().state == QuestionState.RETIRED


def test_only_an_owner_imports():
    bank = make_bank()
    for person in (make_person(), make_author(), make_author(make_bank("khac", "Khác"))):
        with pytest.raises(NotAllowed):
            apply_import(bank, [parsed()], by=person, at=AT)
    assert not Question.objects.exists()


def test_a_preview_writes_nothing():
    bank = make_bank()
    fill(bank, parsed())
    assert counts(preview_import(bank, [parsed(), parsed("Mới?")])) == (1, 0, 1)
    assert Question.objects.count() == 1


def test_the_import_is_on_record_without_keys():
    fill(make_bank(), parsed())
    event = AuditEvent.objects.get()
    assert event.action == "questions.imported"
    assert event.data == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 0}


def test_the_four_real_files_one_after_the_other():
    bank = make_bank()
    expected = {
        "xlsx": (25, 0, 0),
        "docx, underlined": (0, 0, 25),
        "docx, table": (0, 0, 15),
        "gift": (2, 0, 12),
    }
    for name, outcome in expected.items():
        result = read_questions(real(name))
        assert counts(apply_import(bank, result.questions, by=None, at=AT)) == outcome
        again = apply_import(bank, result.questions, by=None, at=AT)
        assert counts(again) == (0, 0, sum(outcome))


def test_the_cost_does_not_grow_with_the_file(django_assert_num_queries):
    def cost(bank, stems):
        questions = [parsed(stem, topic="Văn thư") for stem in stems]
        return apply_import(bank, questions, by=None, at=AT)

    one, three = make_bank("mot", "Một"), make_bank("ba", "Ba")
    with django_assert_num_queries(19):
        cost(one, ["Một?"])
    with django_assert_num_queries(19):
        cost(three, ["Một?", "Hai?", "Ba?"])


def test_the_cost_of_new_versions_does_not_grow_with_the_file(django_assert_num_queries):
    def cost(bank, stems):
        return fill(bank, *[parsed(stem, correct=(0,)) for stem in stems])

    one, three = make_bank("mot", "Một"), make_bank("ba", "Ba")
    fill(one, parsed("Một?"), approve=True)
    fill(three, *[parsed(stem) for stem in ("Một?", "Hai?", "Ba?")], approve=True)
    with django_assert_num_queries(CHANGE_QUERIES):
        cost(one, ["Một?"])
    with django_assert_num_queries(CHANGE_QUERIES):
        cost(three, ["Một?", "Hai?", "Ba?"])


def test_what_two_batches_say_is_one_import(bank, monkeypatch):
    for module in ("applying", "planning"):
        monkeypatch.setattr(f"quizzes.importing.{module}.BATCH", 2)
    fill(bank, parsed("Cũ?"))
    stems = ["Một?", "Hai?", "Cũ?", "Ba?", "Bốn?"]
    told = []
    report = apply_import(
        bank, [parsed(stem) for stem in stems], by=None, at=AT, note=lambda b: told.append(len(b))
    )
    assert counts(report) == (4, 0, 1)
    assert told == [2, 1, 1]
    assert bank.questions.count() == 5


CHANGE_QUERIES = 21
