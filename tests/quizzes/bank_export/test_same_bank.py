"""A bank that goes out and comes back is the bank it was: nothing new, nothing changed."""

from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quizzes.bank_export.exporting import export_bank
from quizzes.bank_export.losses import Form
from quizzes.enums import ImportOutcome, QuestionState
from quizzes.importing.applying import apply_import
from quizzes.importing.choosing import plan_again
from quizzes.importing.reading import read_questions
from quizzes.importing.upload_applying import Decision, apply_upload
from quizzes.importing.uploads import keep_upload
from quizzes.models import (
    ImportedQuestion,
    Question,
    QuestionBank,
    QuestionFile,
    QuestionImport,
    QuestionVersion,
    Topic,
)
from quizzes.question_files import add_file
from tests.quizzes.bank_factories import AT, make_author, make_bank
from tests.quizzes.importing.word_files import picture_bytes
from tests.quizzes.kind_samples import SAMPLES
from tests.quizzes.test_question_files import MP4

pytestmark = pytest.mark.django_db
FORMS = [Form.WORD, Form.EXCEL, Form.MOODLE_XML, Form.GIFT]
WITH_PICTURES = [Form.WORD, Form.MOODLE_XML, Form.GIFT]


@pytest.fixture
def bank() -> QuestionBank:
    """Every kind, and situations with a photograph and with a video."""
    bank = make_bank()
    author = make_author(bank)
    topic = Topic.objects.create(bank=bank, name="Một cửa/liên thông")
    photo = added(bank, picture_bytes("JPEG", size=(60, 40)), author)
    film = added(bank, MP4, author)
    for code, sample in SAMPLES.items():
        content = dict(sample.content)
        if code == "situation":
            content["media"] = shown(photo)
        if code == "multiple_choice":
            content["pictures"] = {"stem": [shown(photo)], "b": [shown(photo)]}
        add_question(topic, code, content, sample.key)
    content = {**SAMPLES["situation"].content, "media": shown(film)}
    add_question(topic, "situation", content, SAMPLES["situation"].key)
    return bank


def added(bank: QuestionBank, data: bytes, author: Any) -> QuestionFile:
    file, _is_new = add_file(bank, SimpleUploadedFile("tep", data), by=author, at=AT)
    return file


def shown(file: QuestionFile) -> dict[str, Any]:
    said = {"file": file.pk, "alt": "Quầy tiếp nhận", "type": file.media_type}
    return said | ({"width": file.width, "height": file.height} if file.width else {})


def add_question(topic: Topic, kind: str, content: dict[str, Any], key: dict[str, Any]) -> None:
    number = Question.objects.count() + 1
    stem = f"Câu hỏi thứ {number}, loại {kind}: ý nào đúng?"
    for pictures in content.get("pictures", {}).values():
        for picture in pictures:
            picture.pop("type")
    question = Question.objects.create(
        bank=topic.bank,
        topic=topic,
        difficulty="hard",
        state=QuestionState.APPROVED,
        stem_key=f"cau hoi thu {number}, loai {kind}: y nao dung",
    )
    question.current_version = QuestionVersion.objects.create(
        question=question, kind=kind, stem=stem, content=content, key=key, created_at=AT
    )
    question.save()


def taken(bank: QuestionBank, form: Form) -> bytes:
    target = BytesIO()
    by = bank.owners.get()
    count = export_bank(bank, target, form=form, filters={}, by=by, at=AT)
    assert count == len(SAMPLES) + 1
    return target.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bank_knows_every_question_again(bank: QuestionBank, form: Form) -> None:
    result = read_questions(taken(bank, form))
    assert not result.rejected
    report = apply_import(bank, result.questions, by=None, at=AT)
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == len(SAMPLES) + 1
    assert QuestionFile.objects.count() == 2


@pytest.mark.parametrize("form", WITH_PICTURES)
def test_another_bank_gets_the_pictures_but_not_the_video(bank: QuestionBank, form: Form) -> None:
    other = make_bank("khac", "Khác")
    result = read_questions(taken(bank, form))
    report = apply_import(other, result.questions, by=None, at=AT)
    assert report.created == len(SAMPLES)
    assert [remark.code for remark in report.remarks] == ["media_not_in_bank"]
    version = QuestionVersion.objects.get(question__bank=other, kind="situation")
    media = version.content["media"]
    assert other.files.get(pk=media["file"]).media_type == "image/jpeg"
    assert (media["alt"], media["type"]) == ("Quầy tiếp nhận", "image/jpeg")
    chosen = QuestionVersion.objects.get(question__bank=other, kind="multiple_choice")
    assert sorted(chosen.content["pictures"]) == ["b", "stem"]


def test_an_upload_says_which_questions_lack_their_file(bank: QuestionBank) -> None:
    other = make_bank("khac", "Khác")
    author = make_author(other)
    upload = SimpleUploadedFile("ngan-hang.docx", taken(bank, Form.WORD))
    keep_upload(other, upload, by=author, at=AT)
    kept = QuestionImport.objects.get()
    [refused] = kept.rows.filter(outcome=ImportOutcome.REFUSED)
    assert [remark["code"] for remark in refused.bank_remarks] == ["media_not_in_bank"]
    plan_again(other, list(kept.rows.all()))
    apply_upload(kept, Decision(), by=author, at=AT)
    assert other.questions.count() == len(SAMPLES)
    assert not ImportedQuestion.objects.exists()


def test_the_bank_that_has_the_video_shows_it(bank: QuestionBank) -> None:
    other = make_bank("khac", "Khác")
    film = added(other, MP4, make_author(other))
    result = read_questions(taken(bank, Form.EXCEL))
    apply_import(other, result.questions, by=None, at=AT)
    versions = QuestionVersion.objects.filter(question__bank=other, kind="situation")
    [version] = [v for v in versions if v.content["media"]["file"] == film.pk]
    assert version.content["media"]["type"] == "video/mp4"


MOODLE = """<quiz><question type="multichoice"><questiontext format="html"><text><![CDATA[
<p>Lỗi của cán bộ là gì?</p><video controls title="Cán bộ không chào">
<source src="@@PLUGINFILE@@/quay.mp4">Trình duyệt không xem được.</video>]]></text>
<file name="quay.mp4" path="/" encoding="base64">{data}</file></questiontext>
<single>{single}</single><answer fraction="100"><text>Không chào</text></answer>
<answer fraction="{other}"><text>Chào</text></answer></question></quiz>"""


def test_a_video_inside_moodle_xml_makes_a_situation(bank: QuestionBank) -> None:
    data = MOODLE.format(data=b64encode(MP4).decode(), single="true", other="0").encode()
    other = make_bank("khac", "Khác")
    result = read_questions(data)
    apply_import(other, result.questions, by=None, at=AT)
    version = QuestionVersion.objects.get(question__bank=other)
    assert (version.kind, version.stem) == ("situation", "Lỗi của cán bộ là gì?")
    file = other.files.get()
    assert version.content["media"] == {
        "file": file.pk,
        "alt": "Cán bộ không chào",
        "type": "video/mp4",
    }
    assert file.file.read() == MP4
    assert (file.width, file.height) == (None, None)


@pytest.mark.parametrize(
    ("data", "single"), [(b64encode(b"khong phai video").decode(), "true"), ("", "true")]
)
def test_what_is_no_video_is_refused_in_words(data: str, single: str) -> None:
    text = MOODLE.format(data=data, single=single, other="0").encode()
    assert [remark.code for remark in read_questions(text).rejected] == ["media"]


def test_a_video_before_several_right_answers_is_refused() -> None:
    text = MOODLE.format(data=b64encode(MP4).decode(), single="false", other="-100").encode()
    assert [remark.code for remark in read_questions(text).rejected] == ["media"]
