"""Pictures and videos of a bank: what is kept, and who may see it."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models import AuditEvent
from people import roles
from quizzes import attempts, starting
from quizzes.bank_export.exporting import losses_of
from quizzes.bank_export.losses import Form, Loss
from quizzes.enums import RoundState
from quizzes.importing.applying import apply_import
from quizzes.importing.reading import read_questions
from quizzes.kinds import KINDS
from quizzes.models import QuestionFile, QuestionVersion
from quizzes.pictures import MAX_SIDE, BadPicture, clean_picture
from quizzes.question_files import add_file
from tests.quizzes.bank_factories import AT, make_author, make_bank, make_person
from tests.quizzes.contest_factories import give_role
from tests.quizzes.importing.word_files import picture_bytes, word_file
from tests.quizzes.play_factories import after, make_entry, make_round

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(range(256)) * 4
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(300)
QUESTION = [
    "Câu 1: Dấu nào được đóng? {pic:Dấu tròn màu đỏ}",
    "A. Dấu {it:tròn}",
    "__B. Dấu vuông__",
    "C. Không dấu nào",
]


def upload(data, name="hinh.png"):
    return SimpleUploadedFile(name, data)


def imported(bank, *lines, at=AT):
    result = read_questions(word_file(*lines))
    assert not result.rejected
    return apply_import(bank, result.questions, by=None, at=at)


@pytest.fixture
def file(bank):
    imported(bank, *QUESTION)
    return QuestionFile.objects.get()


def test_an_import_brings_its_pictures_once(bank, file):
    version = QuestionVersion.objects.get()
    assert version.content["pictures"] == {
        "stem": [{"file": file.pk, "alt": "Dấu tròn màu đỏ", "width": 40, "height": 20}]
    }
    assert version.content["marks"] == {"a": [[4, 8, "i"]]}
    assert file.file.read() == clean_picture(picture_bytes()).data
    assert (file.media_type, file.width, file.height) == ("image/png", 40, 20)
    again = imported(bank, *QUESTION)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert QuestionFile.objects.count() == 1
    other = make_bank("khac", "Khác")
    imported(other, *QUESTION)
    assert other.files.get().pk != file.pk


def test_another_picture_or_other_words_in_bold_change_the_question(bank, file):
    changed = imported(bank, QUESTION[0], "A. {it:Dấu} tròn", *QUESTION[2:])
    assert changed.updated == 1
    assert QuestionVersion.objects.get().content["marks"] == {"a": [[0, 3, "i"]]}


def test_a_kind_of_file_without_pictures_takes_none_away(bank, file):
    csv = "Câu hỏi,A,B,C,Đáp án\nDấu nào được đóng?,Dấu tròn,Dấu vuông,Không dấu nào,A\n".encode()
    result = read_questions(csv, name="x.csv")
    report = apply_import(bank, result.questions, by=None, at=AT)
    assert report.updated == 1
    content = QuestionVersion.objects.get().content
    assert content["pictures"]["stem"][0]["file"] == file.pk
    assert content["marks"]


def get(client, person, address, **headers):
    client.logout()
    if person is not None:
        client.force_login(person)
    return client.get(address, headers=headers)


def test_only_those_who_may_read_the_bank_see_its_files(client, bank, file):
    reader, editor = make_person(roles.ORGANISER), make_person(roles.EDITOR)
    bank.readers.add(reader)
    address = reverse("quizzes:bank_file", args=[bank.code, file.pk])
    page = reverse("quizzes:bank_files", args=[bank.code])
    for person in (make_author(bank), reader):
        response = get(client, person, address)
        assert b"".join(response) == clean_picture(picture_bytes()).data
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Disposition"] == f'inline; filename="tep-{file.pk}.png"'
        assert get(client, person, page).status_code == 200
    for person in (editor, make_person(), make_author(make_bank("khac", "Khác"))):
        assert get(client, person, address).status_code == 404
        assert get(client, person, page).status_code == 404
    assert get(client, None, address).status_code == 302
    bank.readers.remove(reader)
    assert get(client, reader, address).status_code == 404


def test_a_file_is_not_there_under_another_bank(client, bank, file):
    author = make_author(bank)
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    assert get(client, author, f"/bank/khac/files/{file.pk}/").status_code == 404
    assert get(client, author, f"/bank/{bank.code}/files/99999/").status_code == 404


@pytest.fixture
def clock(settings):
    settings.SESSION_COOKIE_AGE = 24 * 60 * 60
    with time_machine.travel(after(minutes=-5), tick=False) as traveller:
        yield traveller


def paper_with_a_picture():
    """A round whose questions show one file, and another file of the same bank."""
    round = make_round(questions=2)
    versions = [row.version for row in round.pool.select_related("version__question__bank")]
    bank = versions[0].question.bank
    shown, other = (
        QuestionFile.objects.create(
            bank=bank,
            file=upload(picture_bytes(colour=colour)),
            sha256=str(colour[0]) * 16,
            media_type="image/png",
            width=40,
            height=20,
            size_bytes=100,
            created_at=AT,
        )
        for colour in ((1, 1, 1), (2, 2, 2))
    )
    for version in versions:
        content = version.content | {"pictures": {"stem": [{"file": shown.pk, "alt": "Dấu"}]}}
        version.pk = None
        version.number, version.content, version.drawn_at = 2, content, None
        version.save()
    round.pool.all().delete()
    cell = round.cells.get()
    for version in versions:
        round.pool.create(cell=cell, version=version)
    return round, shown, other


def test_a_contestant_sees_the_pictures_of_the_own_running_paper_only(client, clock):
    round, shown, other = paper_with_a_picture()
    mine, theirs = make_entry(round), make_entry(round)
    bank_address = f"/bank/{shown.bank.code}/files/{shown.pk}/"
    assert get(client, mine.user, bank_address).status_code == 404

    clock.move_to(after(minutes=1))
    attempt = starting.start_attempt(mine, round, at=after(minutes=1))
    address = f"/play/attempts/{attempt.pk}/files/{shown.pk}/"
    assert get(client, None, address).status_code == 302
    assert get(client, theirs.user, address).status_code == 404
    assert get(client, make_person(roles.ORGANISER), address).status_code == 404
    assert (
        get(client, mine.user, f"/play/attempts/{attempt.pk}/files/{other.pk}/").status_code == 404
    )
    response = get(client, mine.user, address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert (
        f'src="{address}" alt="Dấu"'
        in get(client, mine.user, f"/play/attempts/{attempt.pk}/").content.decode()
    )

    attempts.hand_in(attempt, prediction=None, at=after(minutes=2))
    assert get(client, mine.user, address).status_code == 404
    round.state, round.published_at = RoundState.PUBLISHED, after(minutes=130)
    round.save()
    assert get(client, mine.user, address).status_code == 200
    assert (
        address in get(client, mine.user, f"/play/attempts/{attempt.pk}/result/").content.decode()
    )
    round.shows_answers = False
    round.save()
    assert get(client, mine.user, address).status_code == 404


def test_an_attempt_past_its_time_shows_nothing_more(client, clock):
    round, shown, _other = paper_with_a_picture()
    entry = make_entry(round)
    attempt = starting.start_attempt(entry, round, at=after(minutes=1))
    clock.move_to(after(minutes=22))
    address = f"/play/attempts/{attempt.pk}/files/{shown.pk}/"
    assert get(client, entry.user, address).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "body"),
    [
        ("bytes=0-3", 206, "bytes 0-3/1048", MP4[:4]),
        ("bytes=1044-", 206, "bytes 1044-1047/1048", MP4[1044:]),
        ("bytes=-4", 206, "bytes 1044-1047/1048", MP4[-4:]),
        ("bytes=0-99999", 206, "bytes 0-1047/1048", MP4),
        ("bytes=1048-", 416, "bytes */1048", b""),
        ("bytes=-0", 416, "bytes */1048", b""),
        ("bytes=5-2", 416, "bytes */1048", b""),
        ("bytes=0-1,4-5", 200, None, MP4),
        ("bytes=-", 200, None, MP4),
        ("chunks=0-3", 200, None, MP4),
    ],
)
def test_a_video_is_given_in_pieces(client, bank, asked, status, content_range, body):
    assert len(MP4) == 1048
    author = make_author(bank)
    client.force_login(author)
    client.post(f"/bank/{bank.code}/files/", {"file": upload(MP4, "tinh-huong.mp4")})
    file = QuestionFile.objects.get()
    response = get(client, author, f"/bank/{bank.code}/files/{file.pk}/", Range=asked)
    assert response.status_code == status
    assert response.get("Content-Range") == content_range
    assert (b"".join(response) if response.streaming else response.content) == body


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (picture_bytes(), "image/png"),
        (picture_bytes("JPEG"), "image/jpeg"),
        (picture_bytes("WEBP"), "image/webp"),
        (MP4, "video/mp4"),
        (WEBM, "video/webm"),
    ],
)
def test_an_owner_adds_a_file_and_the_log_knows(client, bank, data, media_type):
    client.force_login(make_author(bank))
    response = client.post(f"/bank/{bank.code}/files/", {"file": upload(data, "../../tệp.bin")})
    assert response.status_code == 302
    file = QuestionFile.objects.get()
    assert (file.media_type, file.name) == (media_type, "tệp.bin")
    assert AuditEvent.objects.get(action="bank.file_added").data["file"] == file.pk
    again = client.post(f"/bank/{bank.code}/files/", {"file": upload(data)}, follow=True)
    assert f"đã có trong ngân hàng, số {file.pk}" in again.content.decode()
    assert QuestionFile.objects.count() == 1


def test_a_reader_adds_nothing(client, bank):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    client.force_login(reader)
    address = f"/bank/{bank.code}/files/"
    assert 'type="file"' not in client.get(address).content.decode()
    assert client.post(address, {"file": upload(picture_bytes())}).status_code == 403


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"GIF89a" + bytes(50), "GIF"),
        (b"<html><script>alert(1)</script>", "bị hỏng"),
        (b"MZ\x90\x00" + bytes(100), "bị hỏng"),
        (b"\x00\x00\x00\x18ftypqt  " + bytes(100), "bị hỏng"),
        (picture_bytes()[:60], "bị hỏng"),
        (b"", "rỗng"),
    ],
)
def test_other_files_are_refused_with_a_remedy(client, bank, data, says):
    client.force_login(make_author(bank))
    response = client.post(f"/bank/{bank.code}/files/", {"file": upload(data, "hinh.png")})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not QuestionFile.objects.exists()


def test_a_large_video_is_refused(client, bank, monkeypatch):
    monkeypatch.setattr("quizzes.question_files.MAX_VIDEO_BYTES", 1000)
    client.force_login(make_author(bank))
    response = client.post(f"/bank/{bank.code}/files/", {"file": upload(MP4)})
    assert response.status_code == 422
    assert "Video quá lớn" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_files_cost_the_same_for_1_and_3(client, bank, django_assert_num_queries, count):
    for number in range(count):
        lines = [QUESTION[0].replace("Dấu nào", f"Dấu {number} nào"), *QUESTION[1:]]
        imported(bank, *lines)
    client.force_login(make_author(bank))
    address = f"/bank/{bank.code}/files/"
    client.get(address)
    with django_assert_num_queries(8):
        page = client.get(address).content.decode()
    for question in bank.questions.all():
        assert f"#{question.pk}</a>" in page


def test_a_picture_is_written_anew_without_what_is_not_picture():
    exif = Image.Exif()
    exif[0x010E] = "BÍ MẬT"
    exif[0x0112] = 6  # to be turned by a quarter
    data = picture_bytes("JPEG", exif=exif.tobytes()) + b"PK\x03\x04hidden"
    clean = clean_picture(data)
    assert (clean.width, clean.height) == (20, 40)
    with Image.open(BytesIO(clean.data)) as picture:
        assert not picture.getexif()
    assert b"hidden" not in clean.data
    assert clean_picture(data) == clean


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_mode(mode):
    target = BytesIO()
    Image.new(mode, (9, 7)).save(target, "PNG")
    clean = clean_picture(target.getvalue())
    assert (clean.media_type, clean.width, clean.height) == ("image/png", 9, 7)


def test_a_huge_picture_is_refused_before_it_is_decoded():
    target = BytesIO()
    Image.new("1", (20_000, 20_000)).save(target, "PNG")
    with pytest.raises(BadPicture) as caught:
        clean_picture(target.getvalue())
    assert caught.value.code == "picture_too_large"
    wide = picture_bytes(size=(MAX_SIDE * 2, 100))
    assert clean_picture(wide).width == MAX_SIDE


def test_a_question_becomes_a_situation(client, bank, file):
    author = make_author(bank)
    question = bank.questions.get()
    last_day = date(2030, 12, 31)
    question.versions.update(valid_until=last_day)
    client.force_login(author)
    address = f"/bank/{bank.code}/files/{file.pk}/use/"
    assert client.get(address).status_code == 200
    fields = {"number": f"#{question.pk}", "alt": "Công chức đóng dấu"}
    assert client.post(address, fields).status_code == 302
    question.refresh_from_db()
    version = question.current_version
    assert (version.kind, version.valid_until) == ("situation", last_day)
    assert version.content["media"]["file"] == file.pk
    assert version.content["media"]["type"] == "image/png"
    assert not KINDS["situation"].problems(version.content, version.key)
    page = client.get(f"/bank/{bank.code}/questions/{question.pk}/").content.decode()
    assert 'alt="Công chức đóng dấu"' in page
    assert f"#{question.pk}</a>" in client.get(f"/bank/{bank.code}/files/").content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"number": "99999", "alt": "x"}, "không có câu đó"),
        ({"number": "²", "alt": "x"}, "không có câu đó"),
        ({"number": "1" * 20, "alt": "x"}, "không có câu đó"),
        ({"number": "{pk}", "alt": " "}, "bắt buộc"),
        ({"number": "{many}", "alt": "x"}, "Chỉ câu chọn một đáp án"),
    ],
)
def test_not_every_question_can_be_a_situation(client, bank, file, fields, says):
    many = "Câu 2: Chọn hai phương án đúng:", "__A. Một__", "__B. Hai__", "C. Ba"
    imported(bank, *many)
    first, second = bank.questions.order_by("pk").values_list("pk", flat=True)
    fields = {name: value.format(pk=first, many=second) for name, value in fields.items()}
    client.force_login(make_author(bank))
    response = client.post(f"/bank/{bank.code}/files/{file.pk}/use/", fields)
    assert response.status_code == 422
    assert says in response.content.decode()


def test_only_an_owner_makes_a_situation(client, bank, file):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    address = f"/bank/{bank.code}/files/{file.pk}/use/"
    assert get(client, reader, address).status_code == 403
    assert get(client, make_person(), address).status_code == 404
    assert get(client, None, address).status_code == 302


def test_markers_see_the_pictures_of_essays_only(client, clock):
    round, shown, other = paper_with_a_picture()
    essay, choice = [row.version for row in round.pool.select_related("version").order_by("pk")]
    QuestionVersion.objects.filter(pk=essay.pk).update(kind="essay", key={"guide": ""})
    pictures = {"stem": [{"file": other.pk, "alt": "Dấu"}]}
    QuestionVersion.objects.filter(pk=choice.pk).update(
        content=choice.content | {"pictures": pictures}
    )
    judge = give_role(make_person(), roles.JURY)
    round.contest.jury.add(judge)
    address = f"/marking/{round.pk}/files/"
    assert get(client, judge, f"{address}{shown.pk}/").status_code == 404  # not closed yet
    round.state = RoundState.CLOSED
    round.save()
    assert get(client, judge, f"{address}{shown.pk}/").status_code == 200
    assert get(client, judge, f"{address}{other.pk}/").status_code == 404
    assert get(client, make_person(roles.JURY), f"{address}{shown.pk}/").status_code == 404
    assert get(client, None, f"{address}{shown.pk}/").status_code == 302


def test_an_unused_file_is_removed_by_an_owner_and_a_used_one_stays(bank, author, client, file):
    other = make_person("la", "Người lạ")
    picture = BytesIO()
    Image.new("RGB", (9, 9), "red").save(picture, "PNG")
    added, _is_new = add_file(bank, upload(picture.getvalue()), by=author, at=AT)
    address = reverse("quizzes:bank_file_remove", args=[bank.code, added.pk])
    client.force_login(other)
    assert client.post(address).status_code in {403, 404}
    client.force_login(author)
    assert client.get(address).status_code == 405
    client.post(reverse("quizzes:bank_file_remove", args=[bank.code, file.pk]))
    assert bank.files.filter(pk=file.pk).exists()
    assert address in client.get(reverse("quizzes:bank_files", args=[bank.code])).text
    client.post(address)
    assert not bank.files.filter(pk=added.pk).exists()
    assert AuditEvent.objects.filter(action="bank.file_removed").count() == 1


def test_a_webp_picture_is_counted_before_it_becomes_png(bank, author):
    picture = BytesIO()
    Image.new("RGB", (9, 9), "red").save(picture, "WEBP", lossless=True)
    kept, _is_new = add_file(bank, upload(picture.getvalue(), "a.webp"), by=author, at=AT)
    imported(bank, *QUESTION)
    version = QuestionVersion.objects.get()
    version.content["pictures"]["stem"][0]["file"] = kept.pk
    version.save()
    lost = losses_of(bank, {})
    assert lost[Form.WORD] == {Loss.CONVERTED: 1}
    assert Loss.CONVERTED not in lost[Form.EXCEL]
