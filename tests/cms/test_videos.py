"""Videos: what is taken into the library, and how a page plays them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection, CollectionViewRestriction

from cms.blocks.media import VideoBlock
from cms.videos import DOCUMENT_MAX_BYTES
from people.models import User
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(2000)
WEBM = b"\x1a\x45\xdf\xa3" + bytes(2000)
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin ch\xc3\xa0o\n"


def make_document(name, content):
    document = get_document_model()(title=name, file=ContentFile(content, name))
    document._set_document_file_metadata()
    document.save()
    return document


def publish(document):
    """On a page that everyone reads."""
    article = make_article(live=False)
    value = {"file": document.pk, "title": ""}
    article.body = type(article).body.field.to_python([{"type": "file", "value": value}])
    article.save_revision().publish()


def upload(name, content):
    form = get_document_form(get_document_model())(
        {"title": "Tệp", "collection": Collection.get_first_root_node().pk},
        {"file": SimpleUploadedFile(name, content)},
        user=User(is_superuser=True, is_active=True),
    )
    form.is_valid()
    return form.errors.get("file")


@pytest.mark.parametrize(("name", "content"), [("a.mp4", MP4), ("a.webm", WEBM), ("a.vtt", VTT)])
def test_videos_and_captions_are_taken(name, content):
    assert upload(name, content) is None


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.vtt"])
def test_what_only_calls_itself_a_video_is_not(name):
    assert "không phải" in str(upload(name, b"<html><script>alert(1)</script></html>"))


def test_only_videos_may_be_heavy():
    heavy = bytes(DOCUMENT_MAX_BYTES)
    assert "chỉ video" in str(upload("a.pdf", heavy + b"1"))
    assert upload("a.mp4", MP4 + heavy) is None


def test_a_video_is_played_in_parts(client):
    video = make_document("mot-cua.mp4", MP4)
    publish(video)
    answer = client.get(video.url, headers={"range": "bytes=4-11"})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == b"ftypmp42"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in answer


def test_captions_are_text_that_a_player_reads(client):
    captions = make_document("mot-cua.vtt", VTT)
    publish(captions)
    answer = client.get(captions.url)
    assert answer["Content-Type"] == "text/vtt"
    assert "attachment" not in answer.get("Content-Disposition", "")
    answer.close()


def test_a_video_of_a_closed_collection_stays_closed(client):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    video = make_document("noi-bo.mp4", MP4)
    video.collection = collection
    video.save()
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(video.url).status_code == 302


def test_a_video_block_takes_videos_and_captions_only():
    block = VideoBlock()
    pdf, captions = make_document("a.pdf", b"%PDF-1.7"), make_document("a.vtt", VTT)
    value = block.to_python({"file": pdf.pk, "title": "Lấy số", "captions": pdf.pk})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"file", "captions"}
    video = make_document("a.mp4", MP4)
    value = block.to_python({"file": video.pk, "title": "Lấy số", "captions": captions.pk})
    assert block.clean(value)["file"] == video


def test_an_article_plays_the_video_with_captions(client):
    video, captions = make_document("lay-so.mp4", MP4), make_document("lay-so.vtt", VTT)
    article = make_article(live=False)
    article.body = type(article).body.field.to_python(
        [
            {
                "type": "video",
                "value": {"file": video.pk, "title": "Cách lấy số", "captions": captions.pk},
            }
        ]
    )
    article.save_revision().publish()
    page = client.get(article.url).text
    assert f'<source src="{video.url}" type="video/mp4">' in page
    assert f'<track kind="captions" src="{captions.url}"' in page
    assert 'aria-label="Cách lấy số"' in page
