"""What waits for me, and for nobody else."""

from datetime import date, timedelta

import pytest
from wagtail.models import Comment, CommentReply, Page

from cms.editors.waiting import waiting_for
from cms.models import ArticlePage
from core.clock import read_clock
from legal.models import Instrument
from people import roles
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article, make_instrument

pytestmark = pytest.mark.django_db

REVIEW, COMMENTS, DRAFTS = "Chờ tôi duyệt", "Góp ý cho tôi", "Bản nháp của tôi"
SCHEDULED, AGED = "Đã hẹn giờ đăng", "Trang đã một năm không cập nhật"
# Whatever there is of each kind
STATEMENTS = 10


def heaps(user):
    return {str(heap.title): heap for heap in waiting_for(user, at=read_clock())}


def draft(title, user):
    page = make_article(title, live=False, owner=user)
    page.save_revision(user=user)
    return ArticlePage.objects.get(pk=page.pk)


def fill(user, other, number):
    draft(f"Nháp {number}", user)
    sent = draft(f"Gửi {number}", other)
    sent.get_workflow().start(sent, other)
    old = make_article(f"Cũ {number}", owner=user)
    Page.objects.filter(pk=old.pk).update(last_published_at=read_clock() - timedelta(days=400))
    Comment.objects.create(page=old, user=other, text="Xem lại số liệu", contentpath="summary")
    soon = make_article(f"Hẹn {number}", live=False, owner=user)
    soon.go_live_at = read_clock() + timedelta(days=1)
    soon.save_revision(user=other).publish()
    return old


def test_nothing_waits_at_first():
    assert heaps(make_member(roles.EDITOR)) == {}


def test_every_heap_of_a_reviewer():
    me, other = make_member(roles.ADMINISTRATOR), make_member(roles.EDITOR)
    fill(me, other, 1)
    found = heaps(me)
    assert {title: heap.items[0].label for title, heap in found.items()} == {
        REVIEW: "Gửi 1",
        COMMENTS: "Cũ 1",
        DRAFTS: "Nháp 1",
        SCHEDULED: "Hẹn 1",
        AGED: "Cũ 1",
    }
    assert heaps(other) == {}


def test_a_thread_waits_for_whom_did_not_speak_last():
    me, other = make_member(roles.EDITOR), make_member(roles.ADMINISTRATOR)
    page = make_article(owner=me)
    thread = Comment.objects.create(page=page, user=other, text="Sửa", contentpath="summary")
    assert COMMENTS in heaps(me)
    CommentReply.objects.create(comment=thread, user=me, text="Đã sửa")
    assert COMMENTS not in heaps(me)
    assert COMMENTS in heaps(other)
    Comment.objects.update(resolved_at=read_clock())
    assert COMMENTS not in heaps(other)


def test_law_that_is_no_more_and_is_cited():
    me = make_member(roles.EDITOR)
    old = make_instrument(
        "61/2018/NĐ-CP", expires_on=date(2025, 7, 1), status=Instrument.Status.EXPIRED
    )
    make_instrument("1/2018/NĐ-CP", amends=[old])
    assert "Văn bản hết hiệu lực vẫn được viện dẫn" not in heaps(me)


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    me, other = make_member(roles.ADMINISTRATOR), make_member(roles.EDITOR)
    fill(me, other, 1)
    waiting_for(me, at=read_clock())
    with django_assert_num_queries(STATEMENTS):
        waiting_for(me, at=read_clock())
    fill(me, other, 2)
    fill(me, other, 3)
    with django_assert_num_queries(STATEMENTS):
        waiting_for(me, at=read_clock())


def test_it_stands_on_the_first_page_of_the_back_office(client):
    me, other = make_member(roles.ADMINISTRATOR), make_member(roles.EDITOR)
    fill(me, other, 1)
    client.force_login(me)
    page = client.get("/admin/")
    assert page.status_code == 200
    assert "Việc đang chờ tôi" in page.text
    assert "Nháp 1" in page.text
