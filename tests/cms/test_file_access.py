"""A file of the library is public when something published refers to it, and only then."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from cms import page_cache
from cms.editors import draft_sharing
from cms.models import ArticlePage
from core.clock import read_clock
from legal.models import InstrumentFile
from people import roles
from people.models import User
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article, make_instrument

pytestmark = pytest.mark.django_db

Document, Image = get_document_model(), get_image_model()


def make_document():
    document = Document(title="Tệp", file=ContentFile(b"%PDF-1.7 noi dung", "tep.pdf"))
    document._set_document_file_metadata()
    document.save()
    return document


def make_picture():
    return Image.objects.create(title="Ảnh", file=get_test_image_file(filename="anh.png"))


def address(file):
    return file.url if isinstance(file, Document) else file.get_rendition("width-100").url


def put(file, article):
    """The file into the article, which is not saved."""
    if isinstance(file, Image):
        article.cover, article.cover_alt = file, "Người dân chờ ở quầy"
    else:
        value = {"file": file.pk, "title": ""}
        article.body = ArticlePage.body.field.to_python([{"type": "file", "value": value}])
    return article


def draft_with(file, title="Bài chưa đăng"):
    article = put(file, make_article(title, live=False))
    article.save_revision()
    article.save()
    return article


def published_with(file, title="Bài đã đăng"):
    article = draft_with(file, title)
    article.save_revision().publish()
    article.refresh_from_db()
    return article


def statuses(file):
    """Of nobody, a contestant, an author of questions, an editor, a legal officer."""
    found = []
    people = (None, [], [roles.AUTHOR], [roles.EDITOR], [roles.LEGAL_OFFICER])
    for held in people:
        client = Client()
        if held is not None:
            client.force_login(make_member(*held))
        found.append(status(client, file))
    return found


def status(client, file):
    answer = client.get(address(file))
    if answer.streaming:  # read to its end, the file is closed
        b"".join(answer.streaming_content)
    return answer.status_code


FOR_ALL, FOR_EDITORS = [200] * 5, [404, 404, 404, 200, 200]

each_kind = pytest.mark.parametrize("make", [make_document, make_picture])


@each_kind
def test_a_file_that_nothing_or_only_a_draft_holds_is_for_editors(make):
    file = make()
    assert statuses(file) == FOR_EDITORS
    draft_with(file)
    assert statuses(file) == FOR_EDITORS


@each_kind
def test_a_file_of_a_published_page_is_for_all_whatever_drafts_hold_it_too(make):
    file = make()
    published_with(file)
    draft_with(file, "Bài khác, chưa đăng")
    assert statuses(file) == FOR_ALL


@each_kind
def test_what_only_a_newer_draft_of_a_published_page_holds_is_not_public(make, client):
    file = make()
    article = make_article()
    put(file, article).save_revision()
    assert statuses(file) == FOR_EDITORS
    article.get_latest_revision().publish()
    assert status(client, file) == 200


@each_kind
def test_publishing_without_the_file_closes_it(make, client):
    file = make()
    article = published_with(file)
    article.cover, article.cover_alt = None, ""
    article.body = ArticlePage.body.field.to_python([{"type": "text", "value": "<p>Chữ</p>"}])
    article.save_revision()
    assert status(client, file) == 200, "the page shows it still"
    article.get_latest_revision().publish()
    assert status(client, file) == 404


@each_kind
def test_taking_down_expiring_and_deleting_close_it(make, client, settings):
    settings.PAGE_CACHE_SECONDS = 60
    file = make()
    article = published_with(file)
    assert status(client, file) == 200
    article.unpublish()
    assert status(client, file) == 404

    article.save_revision().publish()
    assert status(client, file) == 200
    ArticlePage.objects.update(expire_at=read_clock() - timedelta(seconds=1))
    call_command("publish_scheduled")
    assert status(client, file) == 404

    article.refresh_from_db()
    article.expire_at = None
    article.save_revision().publish()
    assert status(client, file) == 200
    article.delete()
    assert status(client, file) == 404


def test_a_page_that_will_be_published_later_opens_nothing_before(client):
    file = make_document()
    article = draft_with(file)
    article.go_live_at = read_clock() + timedelta(hours=1)
    article.save_revision().publish()
    assert status(client, file) == 404


def test_a_file_of_an_instrument_is_public_with_it_and_stays_so_beside_a_draft(client):
    file = make_document()
    for number, live in (("1/2027/NĐ-CP", False), ("118/2025/NĐ-CP", True)):
        assert status(client, file) == 404
        instrument = make_instrument(number, live=live)
        instrument.files = [InstrumentFile(document=file)]
        instrument.save()
    assert status(client, file) == 200


@each_kind
def test_a_page_for_some_opens_its_files_to_them(make):
    file = make()
    article = published_with(file)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert statuses(file) == [404, 200, 200, 200, 200]


@each_kind
def test_a_collection_for_some_stays_theirs_even_on_a_public_page(make):
    file = make()
    file.collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    file.save()
    CollectionViewRestriction.objects.create(
        collection=file.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    anonymous = 302 if make is make_document else 404
    assert statuses(file) == [anonymous, 200, 200, 200, 200]
    published_with(file)
    assert statuses(file) == [anonymous, 200, 200, 200, 200]


@each_kind
def test_who_holds_the_link_of_a_draft_sees_its_files_until_it_closes(make, client):
    file, other = make(), make()
    article = make_article()
    put(file, article).save_revision()
    draft_with(other)
    sharer = User.objects.create_user("BT1", full_name="Phạm Thu Uyên")
    link = draft_sharing.share_draft(article, by=sharer, at=read_clock())
    assert status(client, file) == 404
    client.get(f"/drafts/{draft_sharing.token_of(link)}/")
    answer = client.get(address(file))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert status(client, other) == 404
    draft_sharing.revoke(link, at=read_clock())
    assert status(client, file) == 404


def test_the_files_of_a_public_page_may_be_kept(client, settings, django_assert_num_queries):
    document, picture = make_document(), make_picture()
    published_with(document)
    published_with(picture, "Bài có ảnh")
    with django_assert_num_queries(6):  # the document, its collection, who may, who refers, pages
        answer = client.get(address(document))
    assert answer["Cache-Control"] == "public, no-cache"
    again = client.get(address(document), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    url = address(picture)
    settings.PAGE_CACHE_SECONDS = 60
    page_cache.begin_generation()
    with django_assert_num_queries(4):  # the picture, who may, who refers, pages
        first = client.get(url)
    with django_assert_num_queries(0):
        again = client.get(url)
    for answer in (first, again):
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert answer["Content-Security-Policy"] == "default-src 'none'"
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get(url, headers=since).status_code == 304


def test_the_proxy_is_told_which_picture_to_send(client, settings):
    settings.MEDIA_ACCEL_PREFIX = "/_media/"
    picture = make_picture()
    url = address(picture)
    assert "X-Accel-Redirect" not in client.get(url)
    published_with(picture)
    answer = client.get(url)
    assert answer["X-Accel-Redirect"] == url.replace("/media/", "/_media/")
    assert answer["Content-Type"] == "image/png"
    assert not answer.content


@pytest.mark.parametrize("name", ["none.png", "..", "a%00b.png", "%2e%2e/original_images/anh.png"])
def test_no_other_file_has_an_address(client, name):
    make_picture()
    assert client.get(f"/media/images/{name}").status_code == 404
    assert client.get("/media/original_images/anh.png").status_code == 404


def test_whatever_shows_a_file_is_a_page_or_can_be_a_draft():
    """Another kind of thing publishes nothing (cms.file_access): give the rule a word about it."""
    shown = {Document, Image}
    for model in apps.get_models():
        fields = {field.related_model for field in model._meta.get_fields() if field.many_to_one}
        if model._meta.app_label in {"wagtailimages", "wagtaildocs"} or not fields & shown:
            continue
        owners = [
            field.related_model for field in model._meta.get_fields() if field.name in PARENTS
        ] or [model]
        assert all(issubclass(owner, Page | DraftStateMixin) for owner in owners), model
        assert all(ReferenceIndex.is_indexed(owner) for owner in owners), model


PARENTS = {"page", "instrument"}
