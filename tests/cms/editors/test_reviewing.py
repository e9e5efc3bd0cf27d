"""Nobody decides about the own page; what speaks of the law is read by a lawyer too."""

import pytest
from django.core import mail
from wagtail.models import TaskState, Workflow

from cms.models import ArticlePage, LegalCheckTask, RegulationIndexPage, ReviewTask
from people import roles
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db

LAW = "<p>Theo Nghị định số 118/2025/NĐ-CP, hồ sơ nhận trong ngày.</p>"


def send(page, author):
    page.save_revision(user=author)
    page = ArticlePage.objects.get(pk=page.pk)
    return page.get_workflow().start(page, author)


def actions(state, user):
    task = state.current_task_state.task.specific
    return [name for name, _label, _form in task.get_actions(state.content_object, user)]


def test_a_news_item_needs_the_review_only():
    [task] = make_article(live=False).get_workflow().tasks
    assert isinstance(task.specific, ReviewTask)


@pytest.mark.parametrize("fields", [{"text": LAW}, {"summary": "Thực hiện Quyết định 1500-QĐ/TU."}])
def test_a_page_that_cites_the_law_is_checked_by_a_lawyer_too(fields):
    tasks = list(make_article(live=False, **fields).get_workflow().tasks)
    assert [type(task.specific) for task in tasks] == [ReviewTask, LegalCheckTask]


@pytest.mark.parametrize("text", ["<p>Tháng 12/2025, gọi 1900-1009.</p>", "<p>Lớp 9/2025/K1</p>"])
def test_a_date_or_a_telephone_number_is_no_law(text):
    assert len(make_article(live=False, text=text).get_workflow().tasks) == 1


def test_pages_about_the_law_are_checked_whatever_they_say():
    assert (
        len(RegulationIndexPage.objects.get(locale__language_code="vi").get_workflow().tasks) == 2
    )


def test_without_the_second_workflow_the_usual_one_stays():
    Workflow.objects.filter(name="Duyệt và kiểm tra pháp lý").update(active=False)
    assert len(make_article(live=False, text=LAW).get_workflow().tasks) == 1


def test_who_wrote_or_sent_it_does_not_decide():
    author = make_member(roles.EDITOR, roles.ADMINISTRATOR)
    sender = make_member(roles.EDITOR, roles.ADMINISTRATOR)
    other = make_member(roles.ADMINISTRATOR)
    page = make_article(live=False)
    page.save_revision(user=author)
    page = ArticlePage.objects.get(pk=page.pk)
    state = page.get_workflow().start(page, sender)
    assert actions(state, author) == []
    assert actions(state, sender) == []
    assert "approve" in actions(state, other)
    assert not TaskState.objects.reviewable_by(author).exists()
    assert TaskState.objects.reviewable_by(other).get() == state.current_task_state


def test_not_even_a_superuser_decides_about_the_own_page():
    author = make_member(is_superuser=True)
    state = send(make_article(live=False), author)
    assert actions(state, author) == []
    assert not TaskState.objects.reviewable_by(author).exists()


def test_a_lawyer_makes_the_legal_check_and_no_review(client):
    author, lawyer = make_member(roles.EDITOR), make_member(roles.LEGAL_OFFICER)
    reviewer = make_member(roles.ADMINISTRATOR)
    state = send(make_article(live=False, text=LAW), author)
    assert actions(state, lawyer) == []
    state.current_task_state.approve(user=reviewer)
    state.refresh_from_db()
    assert "approve" in actions(state, lawyer)
    client.force_login(lawyer)
    page = state.content_object
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    state.current_task_state.approve(user=lawyer)
    assert ArticlePage.objects.get(pk=page.pk).live


def test_a_lawyer_edits_no_page_that_is_not_waiting_for_the_check():
    lawyer = make_member(roles.LEGAL_OFFICER)
    assert not make_article(live=False).permissions_for_user(lawyer).can_edit()


def test_reviewers_are_told_in_vietnamese():
    make_member(roles.ADMINISTRATOR, email="quan-tri@example.vn")
    send(make_article("Bài cần duyệt", live=False), make_member(roles.EDITOR))
    [sent] = mail.outbox
    assert sent.to == ["quan-tri@example.vn"]
    assert "Bài cần duyệt" in sent.body
