"""Links that lead nowhere are found in the database; links outside are listed, never opened."""

import pytest
from wagtail.documents.models import Document

from cms.editors.links import report_links
from people import roles
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db


def broken(*articles):
    return [(found.page.title, found.target) for found in report_links().broken]


def test_links_to_pages_that_are_not_shown():
    good, hidden = make_article("Đang đăng"), make_article("Chưa đăng", live=False)
    links = "".join(f'<a linktype="page" id="{pk}">x</a>' for pk in (good.pk, hidden.pk, 987654))
    make_article("Bài", text=f"<p>{links}</p>")
    assert sorted(broken()) == [("Bài", "Chưa đăng"), ("Bài", "Trang #987654")]


def test_links_to_files_that_are_gone():
    kept = Document.objects.create(title="Mẫu đơn", file="mau.pdf")
    links = "".join(f'<a linktype="document" id="{pk}">x</a>' for pk in (kept.pk, 987654))
    make_article("Bài", text=f"<p>{links}</p>")
    assert broken() == [("Bài", "Tài liệu #987654")]


def test_addresses_of_ours_typed_by_hand():
    make_article("Đang đăng", slug="dang-dang")
    addresses = [
        "/articles/dang-dang/",
        "/articles/",
        "/articles/feed/",
        "/search/",
        "#muc-2",
        "mailto:a@b.vn",
        "/khong-co/",
        "http://testserver/articles/khong-co/",
    ]
    links = "".join(f'<a href="{address}">x</a>' for address in addresses)
    make_article("Bài", text=f"<p>{links}</p>")
    assert broken() == [("Bài", "/khong-co/"), ("Bài", "/articles/khong-co/")]


def test_drafts_are_not_looked_at():
    make_article("Nháp", live=False, text='<p><a href="/khong-co/">x</a></p>')
    assert broken() == []


def test_links_outside_are_listed_by_host_with_their_pages():
    make_article("Một", text='<p><a href="https://dichvucong.gov.vn/a?x=1&amp;y=2">x</a></p>')
    make_article(
        "Hai", source_url="https://dichvucong.gov.vn/b", text='<p><a href="http://[hỏng">x</a></p>'
    )
    report = report_links()
    [host] = report.outside
    assert host.host == "dichvucong.gov.vn"
    assert {address: [page.title for page in pages] for address, pages in host.links.items()} == {
        "https://dichvucong.gov.vn/a?x=1&y=2": ["Một"],
        "https://dichvucong.gov.vn/b": ["Hai"],
    }
    assert report.broken == []


def make_linked(number):
    target = make_article(f"Đích {number}")
    make_article(f"Bài {number}", text=f'<p><a linktype="page" id="{target.pk}">x</a></p>')


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    make_linked(1)
    report_links()
    with django_assert_num_queries(STATEMENTS):
        report_links()
    make_linked(2)
    make_linked(3)
    with django_assert_num_queries(STATEMENTS):
        report_links()


STATEMENTS = 11


def test_who_sees_the_report(client):
    make_article("Bài", text='<p><a href="/khong-co/">x</a></p>')
    client.force_login(make_member(roles.EDITOR))
    page = client.get("/admin/reports/links/")
    assert "/khong-co/" in page.text
    client.force_login(make_member(roles.AUTHOR))
    assert client.get("/admin/reports/links/").status_code in {302, 403}
