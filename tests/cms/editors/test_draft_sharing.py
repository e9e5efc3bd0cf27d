"""One draft for whoever holds the address, until it expires or is taken back."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse

from cms import page_cache
from cms.editors import draft_sharing
from cms.models import ArticlePage, DraftLink
from core.clock import read_clock
from core.errors import DomainError
from people import roles
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_member(roles.EDITOR)


def draft(title, editor):
    page = make_article(title, live=False)
    page.save_revision(user=editor)
    return ArticlePage.objects.get(pk=page.pk)


def share(page, editor, **fields):
    return draft_sharing.share_draft(page, by=editor, at=read_clock(), **fields)


def address(link):
    return reverse("cms:draft", args=[draft_sharing.token_of(link)])


def test_anybody_reads_the_draft_and_sees_that_it_is_one(client, editor):
    answer = client.get(address(share(draft("Bài chưa đăng", editor), editor)))
    assert answer.status_code == 200
    assert "Bài chưa đăng" in answer.text
    assert "BẢN NHÁP" in answer.text
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    paths = {cookie["path"] for cookie in answer.cookies.values()}
    assert paths == {"/documents/", "/media/"}, "no public page learns who read a draft"


def test_it_opens_nothing_else(client, editor):
    page = draft("Bài chưa đăng", editor)
    other = draft("Bài khác", editor)
    client.get(address(share(page, editor)))
    assert client.get(f"/articles/{page.slug}/").status_code == 404
    assert client.get(f"/articles/{other.slug}/").status_code == 404
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302
    assert client.post(address(share(page, editor))).status_code == 405


def test_the_latest_draft_or_the_one_of_that_moment(client, editor):
    page = draft("Bản đầu", editor)
    latest, fixed = share(page, editor), share(page, editor, fixed=True)
    page.title = "Bản sửa"
    page.save_revision(user=editor)
    assert "Bản sửa" in client.get(address(latest)).text
    assert "Bản đầu" in client.get(address(fixed)).text


def test_a_kept_public_page_is_not_shown_in_its_place(client, editor, settings):
    settings.PAGE_CACHE_SECONDS = 60
    page_cache.begin_generation()
    page = make_article("Bài đang đăng", slug="bai")
    assert "Bài đang đăng" in client.get("/articles/bai/").text
    client.cookies.clear()
    page.title = "Bài sửa chưa duyệt"
    page.save_revision(user=editor)
    link = share(ArticlePage.objects.get(pk=page.pk), editor)
    assert "Bài sửa chưa duyệt" in client.get(address(link)).text
    client.cookies.clear()
    assert "Bài sửa chưa duyệt" not in client.get("/articles/bai/").text


def test_after_its_time_it_opens_no_more(client, editor):
    link = share(draft("Bài chưa đăng", editor), editor)
    assert link.expires_at - link.created_at == timedelta(days=7)
    past = link.created_at - timedelta(days=8)
    DraftLink.objects.update(created_at=past, expires_at=past + timedelta(days=7))
    answer = client.get(address(link))
    assert answer.status_code == 410
    assert "đã hết hạn" in answer.text
    assert "Bài chưa đăng" not in answer.text


def test_taken_back_it_opens_no_more(client, editor):
    link = share(draft("Bài chưa đăng", editor), editor)
    draft_sharing.revoke(link, at=read_clock())
    answer = client.get(address(link))
    assert answer.status_code == 410
    assert "thu hồi" in answer.text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "9" + token,
        lambda token: token.split(":")[0],
        lambda token: "x",
        lambda token: signing.Signer(salt="other").sign("1"),
        lambda token: "%00",
        lambda token: draft_sharing.token_of(DraftLink(pk=1)).replace("1", "9" * 30, 1),
    ],
)
def test_a_spoiled_address_says_so(client, editor, spoil):
    link = share(draft("Bài chưa đăng", editor), editor)
    answer = client.get(f"/drafts/{spoil(draft_sharing.token_of(link))}/")
    assert answer.status_code == 404
    assert "Bài chưa đăng" not in answer.text


@pytest.mark.parametrize("days", [0, -1, 31])
def test_no_link_for_ever(editor, days):
    with pytest.raises(DomainError):
        share(draft("Bài", editor), editor, days=days)


def test_an_editor_makes_and_takes_back_links(client, editor):
    page = draft("Bài chưa đăng", editor)
    client.force_login(editor)
    desk = f"/admin/pages/{page.pk}/drafts/"
    made = client.post(desk, {"note": "Tổ trưởng", "days": "3", "fixed": ""}, follow=True)
    assert "Tổ trưởng" in made.text
    link = DraftLink.objects.get()
    assert re.search(r'value="http://testserver/drafts/[^"]+"', made.text)
    taken = client.post(f"{desk}{link.pk}/revoke/", follow=True)
    assert "Đã thu hồi" in taken.text
    assert "/drafts/" not in re.sub(r"/admin/pages/\d+/drafts/", "", taken.text)
    wrong = client.post(desk, {"days": "400"})
    assert wrong.status_code == 200
    assert DraftLink.objects.count() == 1
    assert client.get("/admin/pages/999999999999999999/drafts/").status_code == 404


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.ORGANISER, roles.LEGAL_OFFICER, None])
def test_nobody_else_makes_links(client, editor, role):
    page = draft("Bài chưa đăng", editor)
    client.force_login(make_member(*([role] if role else [])))
    assert client.get(f"/admin/pages/{page.pk}/drafts/").status_code in {302, 403}
    client.logout()
    assert client.get(f"/admin/pages/{page.pk}/drafts/").status_code == 302


def test_the_log_keeps_no_address_of_a_draft(client, editor, rf):
    from types import SimpleNamespace

    from core.middleware import RequestLogMiddleware

    request = rf.get(address(share(draft("Bài", editor), editor)))
    request.resolver_match = SimpleNamespace(route="drafts/<str:token>/")
    assert RequestLogMiddleware.format_request(request) == "GET /drafts/<str:token>/"
