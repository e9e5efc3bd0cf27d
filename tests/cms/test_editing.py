"""Who writes, who publishes, and what cannot be written at all."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image
from wagtail.models import Page, Workflow

from cms.blocks import RICH_TEXT, ArticleBody
from cms.models import ArticleIndexPage
from people import roles
from people.models import User
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db


def person(role: str | None) -> User:
    user = User.objects.create_user(f"NV{User.objects.count()}", full_name="Phạm Thu Uyên")
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def test_an_editor_writes_and_an_administrator_publishes():
    article = make_article(live=False)
    editor = article.permissions_for_user(person(roles.EDITOR))
    assert editor.can_edit()
    assert not editor.can_publish()
    administrator = article.permissions_for_user(person(roles.ADMINISTRATOR))
    assert administrator.can_publish()


@pytest.mark.parametrize("role", [None, roles.JURY, roles.UNIT_HEAD, roles.ORGANISER, roles.AUTHOR])
def test_nobody_else_touches_the_pages(role):
    assert not make_article(live=False).permissions_for_user(person(role)).can_edit()


def test_a_page_is_reviewed_by_an_administrator_before_it_is_published():
    workflow = make_article(live=False).get_workflow()
    assert workflow == Workflow.objects.get(name="Duyệt trước khi đăng")
    [task] = workflow.tasks
    assert [group.name for group in task.specific.groups.all()] == [roles.ADMINISTRATOR]


def test_wagtails_own_groups_are_gone():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_the_page_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_editor_opens_the_editor_in_vietnamese(client):
    client.force_login(person(roles.EDITOR))
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    page = client.get(f"/admin/pages/add/cms/articlepage/{index.pk}/")
    assert page.status_code == 200
    assert "Tác giả và nguồn" in page.text
    assert '<html lang="vi"' in page.text
    # Wagtail's editor is written with inline scripts; no public page is.
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in client.get("/").headers["Content-Security-Policy"]


def test_the_preview_is_the_page_and_may_stand_in_the_editors_frame(client):
    article = make_article("Bài để xem trước")
    client.force_login(person(roles.ADMINISTRATOR))
    address = f"/admin/pages/{article.pk}/edit/preview/"
    body = {
        "title": "Bài đã sửa",
        "slug": article.slug,
        "kind": "news",
        "published_on": "2026-11-01",
        "summary": "Tóm tắt mới",
        "body-count": "0",
        "authorships-TOTAL_FORMS": "0",
        "authorships-INITIAL_FORMS": "0",
        "related-TOTAL_FORMS": "0",
        "related-INITIAL_FORMS": "0",
    }
    assert client.post(address, body).json()["is_valid"]
    preview = client.get(address)
    assert "Bài đã sửa" in preview.text
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]


def test_no_block_takes_raw_html():
    from wagtail.blocks import RawHTMLBlock, StreamBlock, StructBlock

    def all_blocks(block):
        yield block
        if isinstance(block, StructBlock | StreamBlock):
            for child in block.child_blocks.values():
                yield from all_blocks(child)

    assert not any(isinstance(block, RawHTMLBlock) for block in all_blocks(ArticleBody()))
    assert not {"embed", "image", "code"} & set(RICH_TEXT)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [("hinh.svg", SVG), ("hinh.png", SVG), ("hinh.png", b"<html>"), ("hinh.exe", b"MZ")],
)
def test_only_true_raster_images_are_taken(name, content):
    upload = SimpleUploadedFile(name, content)
    form = get_image_form(Image)(
        {"title": "Hình"}, {"file": upload}, user=User(is_superuser=True, is_active=True)
    )
    assert "file" in form.errors
