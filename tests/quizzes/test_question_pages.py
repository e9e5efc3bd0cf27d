"""A question's own page, its comments, the comparison, and writing it on screen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.clock import read_clock
from legal.models import Instrument
from people import roles
from quizzes import reviewing
from quizzes.commenting import comment_on
from quizzes.enums import QuestionState, ReviewStep
from quizzes.models import Question, QuestionVersion
from tests.quizzes.bank_factories import (
    AT,
    fill,
    make_author,
    make_person,
    make_reviewer,
    parsed,
)

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def address(question, name="question_detail", *more):
    return reverse(f"quizzes:{name}", args=[question.bank.code, question.pk, *more])


def step(client, person, question, step, **data):
    client.force_login(person)
    question.refresh_from_db()
    data = {"step": step, "revision": question.revision, **data}
    return client.post(address(question, "question_step"), data, follow=True)


def written(**changes):
    data = {
        "stem": "Thủ đô ở đâu?",
        "topic": "",
        "difficulty": "easy",
        "rows": "3",
        "option_0": "Huế",
        "id_0": "a",
        "option_1": "Hà Nội",
        "id_1": "b",
        "option_2": "Vinh",
        "id_2": "c",
        "correct": ["1"],
        "revision": "0",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def edit(client, question, **changes):
    data = written(topic=str(question.topic_id), **changes)
    return client.post(address(question, "question_edit"), data)


# the review at the page -----------------------------------------------------------------------


def test_from_draft_to_approved_by_two_people(client, question, author):
    reviewer = make_reviewer(question.bank)
    assert "Đã gửi duyệt" in text(step(client, author, question, "submit"))
    assert "cần người khác duyệt" in text(client.get(address(question)))
    assert "cần người khác duyệt" in text(step(client, author, question, "approve"))
    assert "Đã duyệt câu hỏi" in text(step(client, reviewer, question, "approve"))
    assert Question.objects.get().state == QuestionState.APPROVED


def test_returning_needs_a_word_and_keeps_a_long_one(client, question, author):
    reviewer = make_reviewer(question.bank)
    step(client, author, question, "submit")
    refused = step(client, reviewer, question, "return")
    assert refused.status_code == 422
    assert "Hãy ghi nhận xét" in text(refused)
    shown = text(step(client, reviewer, question, "return", text="Câu dẫn <b>chưa</b> rõ"))
    assert "Câu dẫn &lt;b&gt;chưa&lt;/b&gt; rõ" in shown
    assert Question.objects.get().state == QuestionState.DRAFT


def test_an_old_page_approves_nothing(client, question, author):
    step(client, author, question, "submit")
    Question.objects.update(revision=7)
    shown = text(step(client, make_reviewer(question.bank), question, "approve", revision=6))
    assert "vừa được sửa" in shown
    assert Question.objects.get().state == QuestionState.IN_REVIEW


@pytest.mark.parametrize("data", [{}, {"step": "x", "revision": 0}, {"step": "approve"}])
def test_a_step_that_is_none_changes_nothing(client, question, author, data):
    client.force_login(author)
    response = client.post(address(question, "question_step"), data, follow=True)
    assert "Chưa làm được" in text(response)


def test_comments_are_written_settled_and_reopened(client, question, author):
    client.force_login(author)
    client.post(address(question, "question_comment"), {"text": "Xem lại đáp án"})
    comment = question.comments.get()
    settle = address(question, "question_comment_settle", comment.pk)
    client.post(settle)
    comment.refresh_from_db()
    assert comment.resolved_by == author
    client.post(settle, {"reopen": "1"})
    comment.refresh_from_db()
    assert comment.resolved_by is None
    long = client.post(address(question, "question_comment"), {"text": "x" * 2001})
    assert long.status_code == 422
    assert "x" * 2001 in text(long), "what was written is not lost"


def test_a_comment_sent_twice_counts_once(client, question, author):
    client.force_login(author)
    send = address(question, "question_comment")
    for _click in range(2):
        assert client.post(send, {"text": "Xem lại đáp án"}).status_code == 302
    assert question.comments.count() == 1
    client.post(send, {"text": "Xem lại câu dẫn"})
    assert question.comments.count() == 2
    comment_on(question, text="Xem lại đáp án", by=author, at=read_clock() + timedelta(minutes=2))
    assert question.comments.count() == 3


def test_a_comment_of_another_question_is_not_there(client, question, author):
    fill(question.bank, parsed("Câu khác?"))
    other = question.bank.questions.exclude(pk=question.pk).get()
    comment = comment_on(other, text="Xem", by=author, at=AT)
    client.force_login(author)
    assert client.post(address(question, "question_comment_settle", comment.pk)).status_code == 404


def test_the_history_tells_who_did_what(client, question, author):
    reviewer = make_reviewer(question.bank)
    step(client, author, question, "submit")
    shown = text(step(client, reviewer, question, "return", text="Sửa"))
    lines = [line.what for line in client.get(address(question)).context["history"]]
    assert set(lines[:2]) == {"Trả lại để sửa", "Nhận xét"}
    assert lines[2:] == ["Gửi duyệt", "Tạo câu hỏi"]
    assert reviewer.full_name in shown


# comparing ------------------------------------------------------------------------------------


def test_two_versions_with_the_words_that_differ(client, question, author):
    QuestionVersion.objects.update(drawn_at="2030-01-01T00:00:00Z")
    client.force_login(author)
    edit(client, question, stem="Thủ đô <i>nay</i> ở đâu?", correct=["0"])
    response = client.get(address(question, "question_compare"))
    shown = text(response)
    assert "<ins>" in shown
    assert "&lt;" in shown
    assert "<i>nay</i>" not in shown
    changed = {part.label for part in response.context["parts"] if part.is_changed}
    assert changed == {"Nội dung", "Đáp án"}
    numbers = {"old": "2", "new": "2"}
    same = client.get(address(question, "question_compare"), numbers).context["parts"]
    assert not any(part.is_changed for part in same)


@pytest.mark.parametrize("query", [{}, {"old": "99", "new": "x"}, {"old": "-1"}])
def test_one_version_compares_with_itself(client, question, author, query):
    client.force_login(author)
    assert client.get(address(question, "question_compare"), query).status_code == 200


# writing --------------------------------------------------------------------------------------


def test_a_new_question(client, bank, author):
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code])
    assert client.get(new).status_code == 200
    law = Instrument.objects.create(number="9/2026/NĐ-CP", title="Mới", issuer="Chính phủ")
    data = written(
        topic="new", new_topic="Địa lý", instrument=law.pk, article="Điều 3", option_2=""
    )
    client.post(new, data)
    version = Question.objects.get().current_version
    assert [option["text"] for option in version.content["options"]] == ["Huế", "Hà Nội"]
    assert version.key == {"correct": ["b"]}
    assert (version.instrument, version.legal_basis) == (law, "Điều 3 9/2026/NĐ-CP")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stem": ""}, "Hãy ghi nội dung câu hỏi."),
        ({"correct": []}, "Chưa có đáp án đúng"),
        ({"correct": ["0", "1"]}, "chỉ có một đáp án đúng"),
        ({"option_1": " "}, "Dòng B được đánh dấu nhưng để trống"),
        ({"option_0": "", "option_2": ""}, "Chỉ có một dòng"),
        ({"option_0": "hà nội"}, "giống hệt nhau"),
        ({"topic": ""}, "Hãy chọn một chuyên đề."),
        ({"topic": "new", "new_topic": "  "}, "Hãy ghi tên chuyên đề mới."),
        ({"new_topic": "Khác"}, "Hãy để trống ô này"),
        ({"correct": ["9"]}, "9"),
        ({"difficulty": "x"}, "x"),
        ({"instrument": "abc"}, "Văn bản căn cứ"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, question, author, changes, said):
    client.force_login(author)
    data = written(topic=str(question.topic_id))
    response = client.post(
        address(question, "question_edit"), {**data, "explanation": "Đã viết dài", **changes}
    )
    assert response.status_code == 422
    assert said in text(response)
    assert "Đã viết dài" in text(response)
    assert question.versions.get().explanation == ""


def test_the_same_question_twice_is_pointed_out(client, question, author):
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[question.bank.code])
    response = client.post(new, written(stem="THỦ ĐÔ ở đâu", topic=str(question.topic_id)))
    assert f"đã có câu #{question.pk}" in text(response)


def test_rows_come_and_go_without_javascript(client, question, author):
    client.force_login(author)
    response = edit(client, question, add_row="1")
    assert response.status_code == 200
    assert 'name="option_3"' in text(response)
    shown = text(edit(client, question, remove_row="0", stem="Đang viết dở?"))
    assert "Đang viết dở?" in shown
    assert 'name="option_2"' not in shown
    assert "Huế" not in shown
    assert question.versions.get().content["options"][0]["text"] == "Huế", "nothing is saved yet"


def test_an_option_keeps_its_id_and_a_new_one_gets_a_free_one(client, question, author):
    client.force_login(author)
    moved = {"option_0": "Hà Nội", "id_0": "b", "option_1": "Đà Lạt", "id_1": "", "id_2": "c"}
    edit(client, question, **moved, correct=["0"])
    version = Question.objects.get().current_version
    assert [option["id"] for option in version.content["options"]] == ["b", "d", "c"]
    assert version.key == {"correct": ["b"]}


def test_a_question_with_several_keys_and_its_rule(client, bank, author):
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code]) + "?kind=multiple_choice"
    client.post(new, written(topic="new", new_topic="Địa lý", correct=["0", "1"], rule="partial"))
    assert Question.objects.get().current_version.key == {"correct": ["a", "b"], "rule": "partial"}


def test_true_or_false(client, bank, author):
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code]) + "?kind=true_false"
    data = {"stem": "Trời xanh.", "topic": "new", "new_topic": "X", "difficulty": "easy"}
    assert "Hãy chọn Đúng hoặc Sai." in text(client.post(new, data))
    client.post(new, {**data, "correct": "false"})
    assert Question.objects.get().current_version.key == {"correct": ["false"]}


KINDS_ON_SCREEN = {
    "statements": (
        {"option_0": "Một", "option_1": "Hai", "correct": ["1"], "rule": "per_statement"},
        {"true": ["b"]},
    ),
    "ordering": (
        {"option_0": "Đầu", "option_1": "Giữa", "option_2": "Cuối", "rule": "partial"},
        {"order": ["a", "b", "c"], "rule": "partial"},
    ),
    "matching": (
        {
            "option_0": "Thẻ",
            "match_0": "Công an",
            "option_1": "Đất",
            "match_1": "Tài nguyên",
            "match_2": "Nội vụ",
            "rule": "partial",
        },
        {"pairs": {"a": "c", "b": "d"}},
    ),
    "number": (
        {"value": "15,5", "tolerance": "0,5", "unit": "ngày"},
        {"value": "15.5", "tolerance": "0.5"},
    ),
    "short_text": ({"accepted": "Hành chính công\nHCC"}, {"accepted": ["Hành chính công", "HCC"]}),
    "essay": ({"guide": "Nêu ba ý.\nMỗi ý một điểm.", "max_words": "600"}, None),
}


@pytest.mark.parametrize("kind", KINDS_ON_SCREEN)
def test_each_kind_is_written_and_saved_again_without_a_change(client, bank, author, kind):
    part, key = KINDS_ON_SCREEN[kind]
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code]) + f"?kind={kind}"
    assert client.get(new).status_code == 200
    assert client.post(new, {"stem": "x", **dict.fromkeys(part, "")}).status_code == 422
    common = {"stem": "Câu gì?", "topic": "new", "new_topic": "X", "difficulty": "hard"}
    assert client.post(new, {**common, "rows": "4", **part}).status_code == 302
    question = Question.objects.get()
    version = question.current_version
    assert version.kind == kind
    assert key is None or version.key == key
    page = client.get(address(question, "question_edit"))
    posted = as_posted(page.context["form"]) | as_posted(page.context["part"])
    assert client.post(address(question, "question_edit"), posted).status_code == 302
    question.refresh_from_db()
    assert (question.revision, question.versions.count()) == (0, 1)
    assert client.get(address(question)).status_code == 200
    posted = {**posted, "remove_row": "0"}
    assert client.post(address(question, "question_edit"), posted).status_code == 200


def as_posted(form):
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_new_ids_never_meet_on_both_sides_of_a_match(client, bank, author):
    part, _key = KINDS_ON_SCREEN["matching"]
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code]) + "?kind=matching"
    common = {"stem": "Ghép", "topic": "new", "new_topic": "X", "difficulty": "easy", "rows": "4"}
    client.post(new, {**common, **part})
    question = Question.objects.get()
    page = client.get(address(question, "question_edit"))
    posted = as_posted(page.context["form"]) | as_posted(page.context["part"])
    posted |= {"rows": "4", "option_3": "Hộ tịch", "match_3": "Nội vụ"}
    client.post(address(question, "question_edit"), posted)
    version = Question.objects.get().current_version
    left = [line["id"] for line in version.content["left"]]
    right = [line["id"] for line in version.content["right"]]
    assert len({*left, *right}) == 6
    assert version.key["pairs"] == dict(zip(left, right, strict=True)), "one right side, said twice"


def test_ids_do_not_run_out_when_every_side_is_written_anew(client, bank, author):
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code]) + "?kind=matching"
    common = {"stem": "Ghép", "topic": "new", "new_topic": "X", "difficulty": "easy", "rows": "12"}
    sides = {f"option_{row}": f"Trái {row}" for row in range(8)}
    sides |= {f"match_{row}": f"Phải {row}" for row in range(12)} | {"rule": "partial"}
    client.post(new, {**common, **sides})
    question = Question.objects.get()
    page = client.get(address(question, "question_edit"))
    posted = as_posted(page.context["form"]) | as_posted(page.context["part"])
    for row in range(12):
        posted |= {f"match_{row}": f"Phải mới {row}", f"match_id_{row}": ""}
    assert client.post(address(question, "question_edit"), posted).status_code == 302
    content = Question.objects.get().current_version.content
    assert len({line["id"] for line in [*content["left"], *content["right"]]}) == 20


def test_a_count_of_rows_that_is_no_count_is_bounded(client, question, author):
    client.force_login(author)
    for rows in ("9" * 5000, "²", "-1", ""):
        assert edit(client, question, add_row="1", rows=rows).status_code == 200, rows[:3]


def test_an_unknown_kind_has_no_form(client, bank, author):
    client.force_login(author)
    new = reverse("quizzes:question_new", args=[bank.code])
    assert client.get(new, {"kind": "nonsense"}).status_code == 404


def test_of_two_tabs_the_second_is_told_and_keeps_its_words(client, question, author):
    colleague = make_author(question.bank)
    client.force_login(author)
    assert edit(client, question, stem="Của người thứ nhất?").status_code == 302
    client.force_login(colleague)
    response = edit(client, question, stem="Của người thứ hai?")
    shown = text(response)
    assert response.status_code == 409
    assert "Của người thứ hai?" in shown
    assert "Của người thứ nhất?" in shown
    assert question.versions.get().stem == "Của người thứ nhất?"
    again = edit(client, question, stem="Của người thứ hai?", revision="1")
    assert again.status_code == 302


def test_a_changed_approved_question_is_reviewed_again(client, question, author):
    reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=AT)
    reviewing.take_step(ReviewStep.APPROVE, [question.pk], by=make_reviewer(question.bank), at=AT)
    client.force_login(author)
    edit(client, question, explanation="Theo Hiến pháp")
    question.refresh_from_db()
    assert question.state == QuestionState.DRAFT
    assert question.versions.count() == 2


def test_a_reviewer_reads_and_does_not_write(client, question):
    reviewer = make_reviewer(question.bank)
    client.force_login(reviewer)
    assert "Sửa câu hỏi" not in text(client.get(address(question)))
    assert edit(client, question).status_code == 403
    people = reverse("quizzes:bank_people", args=[question.bank.code])
    assert client.get(people).status_code == 403


def test_an_administrator_may_write(client, question):
    client.force_login(make_person(roles.ADMINISTRATOR))
    assert edit(client, question, stem="Sửa bởi quản trị?").status_code == 302
