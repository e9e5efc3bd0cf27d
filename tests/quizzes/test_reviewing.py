"""Who may move a question where, and what stays behind."""

from datetime import timedelta

import pytest

from core.clock import read_clock
from core.errors import DomainError
from core.models import AuditEvent
from people import roles
from quizzes import reviewing, rules
from quizzes.commenting import CommentError, comment_on, reopen_comment, settle_comment
from quizzes.enums import QuestionState, ReviewStep
from quizzes.models import QuestionComment, QuestionEvent
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


def state(question):
    question.refresh_from_db()
    return question.state


def submitted(question, author):
    reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=AT)
    return question


def test_a_question_is_approved_by_somebody_else(bank, author, question):
    colleague = make_author(bank)
    outcome = reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=AT)
    assert (outcome.moved, outcome.refused) == ((question.pk,), ())
    assert state(question) == QuestionState.IN_REVIEW
    reviewing.take_step(ReviewStep.APPROVE, [question.pk], by=colleague, at=AT + timedelta(hours=1))
    assert state(question) == QuestionState.APPROVED
    assert list(question.events.values_list("act", "by")) == [
        ("submit", author.pk),
        ("approve", colleague.pk),
    ]
    actions = AuditEvent.objects.filter(action__startswith="questions.").values_list(
        "action", flat=True
    )
    assert set(actions) == {"questions.imported", "questions.submit", "questions.approve"}


def test_nobody_approves_the_own_question_not_even_an_administrator(bank, question, author):
    submitted(question, author)
    author.groups.add(make_person(roles.ADMINISTRATOR).groups.get())
    outcome = reviewing.take_step(ReviewStep.APPROVE, [question.pk], by=author, at=AT)
    assert outcome.moved == ()
    assert "người khác duyệt" in outcome.refused[0].reason
    assert state(question) == QuestionState.IN_REVIEW
    reviewing.take_step(
        ReviewStep.APPROVE, [question.pk], by=make_person(roles.ADMINISTRATOR), at=AT
    )
    assert state(question) == QuestionState.APPROVED


def test_who_changed_it_last_does_not_approve_it_either(bank, question, author):
    colleague = make_author(bank)
    question.versions.update(changed_by=colleague, changed_at=AT)
    submitted(question, author)
    assert reviewing.take_step(ReviewStep.APPROVE, [question.pk], by=colleague, at=AT).moved == ()
    assert reviewing.take_step(
        ReviewStep.APPROVE, [question.pk], by=make_reviewer(bank), at=AT
    ).moved == (question.pk,)


def test_in_bulk_the_own_ones_are_named_and_the_rest_go(bank, author):
    colleague = make_author(bank)
    fill(bank, parsed("Một?"), by=author)
    fill(bank, parsed("Hai?"), by=colleague)
    one, two = bank.questions.order_by("pk")
    reviewing.take_step(ReviewStep.SUBMIT, [one.pk, two.pk], by=author, at=AT)
    outcome = reviewing.take_step(
        ReviewStep.APPROVE, [one.pk, two.pk, 999_999], by=colleague, at=AT
    )
    assert outcome.moved == (one.pk,)
    assert [refusal.question_id for refusal in outcome.refused] == [two.pk]
    assert (state(one), state(two)) == (QuestionState.APPROVED, QuestionState.IN_REVIEW)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("owner", {"submit", "approve", "return", "retire"}),
        ("reviewer", {"approve", "return"}),
        ("reader", set()),
        ("administrator", {"submit", "approve", "return", "retire"}),
    ],
)
def test_who_may_take_which_step(bank, author, question, who, may):
    people = {
        "owner": lambda: make_author(bank),
        "reviewer": lambda: make_reviewer(bank),
        "reader": lambda: make_reader(bank),
        "administrator": lambda: make_person(roles.ADMINISTRATOR),
    }
    person = people[who]()
    found = set(reviewing.possible_steps(question, by=person, at=AT))
    submitted(question, author)
    question.refresh_from_db()
    found |= set(reviewing.possible_steps(question, by=person, at=AT))
    assert {step.value for step in found} == may


def make_reader(bank):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    return reader


def test_for_an_outsider_the_question_is_not_there(question, author):
    outsider = make_author(make_bank("khac", "Khác"))
    submitted(question, author)
    for step in (ReviewStep.APPROVE, ReviewStep.RETIRE, ReviewStep.SUBMIT):
        outcome = reviewing.take_step(step, [question.pk], by=outsider, at=AT)
        assert (outcome.moved, outcome.refused) == ((), ()), "not even a refusal names it"
    assert state(question) == QuestionState.IN_REVIEW


def test_a_reviewer_loses_the_bank_with_the_role(bank, question):
    reviewer = make_reviewer(bank)
    assert rules.can_review(reviewer, bank, read_clock())
    assert rules.can_read_keys(reviewer, bank, read_clock())
    reviewer.groups.clear()
    del reviewer._role_names
    assert not rules.can_review(reviewer, bank, read_clock())
    assert not rules.can_read_keys(reviewer, bank, read_clock())


@pytest.mark.parametrize(
    ("step", "from_state"),
    [
        (ReviewStep.APPROVE, QuestionState.DRAFT),
        (ReviewStep.APPROVE, QuestionState.RETIRED),
        (ReviewStep.SUBMIT, QuestionState.APPROVED),
        (ReviewStep.RESTORE, QuestionState.APPROVED),
    ],
)
def test_a_step_from_the_wrong_state_is_refused_with_a_reason(bank, question, step, from_state):
    type(question).objects.update(state=from_state)
    outcome = reviewing.take_step(step, [question.pk], by=make_author(bank), at=AT)
    assert outcome.moved == ()
    assert outcome.refused[0].reason
    assert state(question) == from_state


def test_a_repeated_step_is_harmless(bank, question, author):
    submitted(question, author)
    outcome = reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=AT)
    assert (outcome.moved, outcome.refused) == ((), ())
    assert QuestionEvent.objects.count() == 1


def test_a_question_without_a_key_cannot_be_submitted(question, author):
    question.versions.update(key={"correct": []})
    outcome = reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=AT)
    assert "chưa đủ" in outcome.refused[0].reason


def test_what_was_changed_after_it_was_read_is_not_approved(bank, question, author):
    submitted(question, author)
    type(question).objects.update(revision=4)
    reviewer = make_reviewer(bank)
    outcome = reviewing.take_step(
        ReviewStep.APPROVE, [question.pk], by=reviewer, at=AT, revisions={question.pk: 3}
    )
    assert "vừa được sửa" in outcome.refused[0].reason
    reviewing.take_step(
        ReviewStep.APPROVE, [question.pk], by=reviewer, at=AT, revisions={question.pk: 4}
    )
    assert state(question) == QuestionState.APPROVED


def test_returned_with_a_comment_that_stays_open(bank, question, author):
    reviewer = make_reviewer(bank)
    submitted(question, author)
    with pytest.raises(reviewing.CommentMissing):
        reviewing.take_step(ReviewStep.RETURN, [question.pk], comment="  ", by=reviewer, at=AT)
    assert state(question) == QuestionState.IN_REVIEW
    reviewing.take_step(
        ReviewStep.RETURN, [question.pk], comment="Sửa câu dẫn.", by=reviewer, at=AT
    )
    assert state(question) == QuestionState.DRAFT
    comment = question.comments.get()
    assert (comment.text, comment.author, comment.resolved_at) == ("Sửa câu dẫn.", reviewer, None)


def test_an_approved_question_can_be_returned_too(bank, question):
    type(question).objects.update(state=QuestionState.APPROVED)
    reviewing.take_step(
        ReviewStep.RETURN, [question.pk], comment="Luật đã đổi", by=make_reviewer(bank), at=AT
    )
    assert state(question) == QuestionState.DRAFT


def test_retired_and_back_to_draft(bank, question, author):
    reviewing.take_step(ReviewStep.RETIRE, [question.pk], by=author, at=AT)
    assert state(question) == QuestionState.RETIRED
    reviewing.take_step(ReviewStep.RESTORE, [question.pk], by=author, at=AT)
    assert state(question) == QuestionState.DRAFT


def test_the_server_approves_and_is_recorded_as_itself(question):
    reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=None, at=AT)
    reviewing.take_step(ReviewStep.APPROVE, [question.pk], by=None, at=AT)
    assert state(question) == QuestionState.APPROVED
    assert set(question.events.values_list("by", flat=True)) == {None}


def test_the_forecast_says_what_would_happen(bank, question, author):
    submitted(question, author)
    question.refresh_from_db()
    assert reviewing.forecast(ReviewStep.APPROVE, [question], by=author, at=AT).moved == ()
    assert reviewing.forecast(
        ReviewStep.APPROVE, [question], by=make_reviewer(bank), at=AT
    ).moved == (question.pk,)
    assert state(question) == QuestionState.IN_REVIEW


@pytest.mark.parametrize("count", [1, 3])
def test_approving_1_and_3_costs_the_same(bank, author, django_assert_num_queries, count):
    fill(bank, *[parsed(f"Câu {n}?") for n in range(count)], by=author, approve=True)
    ids = list(bank.questions.values_list("pk", flat=True))
    reviewer = make_reviewer(bank)
    with django_assert_num_queries(8):
        reviewing.take_step(ReviewStep.APPROVE, ids, by=reviewer, at=AT)


# comments -------------------------------------------------------------------------------------


def test_comments_are_settled_once_and_reopened(bank, question):
    reviewer, author = make_reviewer(bank), make_author(bank)
    comment = comment_on(question, text=" Sai\n\n chính tả ", by=reviewer, at=AT)
    assert comment.text == "Sai\nchính tả"
    settle_comment(comment, by=author, at=AT)
    settle_comment(comment, by=reviewer, at=AT + timedelta(hours=1))
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (author, AT)
    reopen_comment(comment, by=reviewer, at=AT)
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (None, None)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
def test_a_comment_says_something_and_not_too_much(bank, question, text):
    with pytest.raises(CommentError):
        comment_on(question, text=text, by=make_author(bank), at=AT)
    assert not QuestionComment.objects.exists()


def test_a_reader_does_not_comment(bank, question):
    with pytest.raises(DomainError, match="chỉ được xem"):
        comment_on(question, text="Hay", by=make_reader(bank), at=AT)
