"""Papers with codes on paper: no key on the question paper, the right letters on the key sheet,
and neither for who may not read the banks."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from printing.composing import compose
from printing.exam_papers import key_sheet, question_paper
from quizzes import entries, handing_out, rounds
from quizzes.models import Question, QuestionFile, QuestionVersion, Round
from quizzes.pools import sheet_of
from tests.printing.pdf import page_texts
from tests.printing.pdf import reader as read_pdf
from tests.quizzes.contest_factories import (
    make_contest,
    make_draft_round,
    make_organiser,
    make_unit,
)
from tests.quizzes.importing.word_files import picture_bytes
from tests.quizzes.play_factories import SECRET
from tests.quizzes.play_factories import _question as make_content

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read_pdf(pdf).pages).split())


def make_coded_round() -> Round:
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=1)], by=None, at=timezone.now())
    now = timezone.now()
    round = make_draft_round(
        contest,
        pool=5,
        paper_source="fixed_same",
        paper_code_count=2,
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(hours=3),
    )
    return rounds.make_ready(round, by=make_organiser(contest), at=now)


def make_paper_of(*questions: dict[str, Any]) -> tuple[Round, Any]:
    """A round with code 101 of exactly these: kind, stem and what else the content has. Picture
    ids are given by ``make_file``."""
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=1)], by=None, at=timezone.now())
    now = timezone.now()
    round = make_draft_round(
        contest,
        questions=len(questions),
        pool=0,
        paper_source="fixed_same",
        paper_code_count=1,
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(hours=3),
    )
    topic = round.cells.get().topic
    for number, given in enumerate(questions, start=1):
        kind, stem = given["kind"], given["stem"]
        content, key = make_content(number, kind)
        pictures = {
            part: [{"file": make_file(topic.bank, data).pk, "alt": "Dấu"}]
            for part, data in given.get("pictures", {}).items()
        }
        shown = {"pictures": pictures} if pictures else {}
        if "media" in given:
            file = make_file(topic.bank, given["media"], given["type"])
            shown["media"] = {"file": file.pk, "alt": "Quầy số 2", "type": given["type"]}
        shown |= {"marks": given["marks"]} if "marks" in given else {}
        question = Question.objects.create(
            bank=topic.bank, topic=topic, state="approved", stem_key=f"k{number}"
        )
        question.current_version = QuestionVersion.objects.create(
            question=question,
            kind=kind,
            stem=stem,
            content={**content, **shown},
            key=key,
            created_at=now - timedelta(days=1),
        )
        question.save()
    round = rounds.make_ready(round, by=make_organiser(contest), at=now)
    return round, handing_out.fixed_papers(round)[0]


def make_file(bank: Any, data: bytes, media_type: str = "image/png") -> QuestionFile:
    digest = hashlib.sha256(data).hexdigest()
    file = QuestionFile(
        bank=bank,
        sha256=digest,
        media_type=media_type,
        size_bytes=len(data),
        created_at=timezone.now(),
    )
    file.file.save(digest, ContentFile(data))
    file.save()
    return file


def image_sizes(pdf: bytes) -> list[tuple[int, int]]:
    return sorted(image.image.size for page in read_pdf(pdf).pages for image in page.images)


def test_the_pictures_themselves_are_printed() -> None:
    stem, option, scene = (picture_bytes(size=(n, 20)) for n in (41, 42, 43))
    round, paper = make_paper_of(
        {"kind": "single_choice", "stem": "Dấu nào?", "pictures": {"stem": stem, "b": option}},
        {"kind": "situation", "stem": "Làm gì?", "media": scene, "type": "image/png"},
    )
    assert image_sizes(question_paper(paper, round)) == [(41, 20), (42, 20), (43, 20)]


def test_a_broken_picture_is_told_on_the_paper_and_stops_nothing() -> None:
    broken = picture_bytes(size=(44, 20))[:-20]
    round, paper = make_paper_of(
        {"kind": "single_choice", "stem": "Dấu nào?", "pictures": {"stem": broken}}
    )
    pdf = question_paper(paper, round)
    assert image_sizes(pdf) == []
    assert "Hình này không in được" in text_of(pdf)


def test_a_video_is_named_on_the_paper() -> None:
    round, paper = make_paper_of(
        {"kind": "situation", "stem": "Lỗi gì?", "media": b"film", "type": "video/mp4"}
    )
    assert "[Video chiếu kèm theo đề: Quầy số 2]" in text_of(question_paper(paper, round))


def test_stressed_words_of_a_question_stay_stressed() -> None:
    round, paper = make_paper_of(
        {"kind": "single_choice", "stem": "Ý nào SAI?", "marks": {"stem": [[6, 9, "b"]]}}
    )
    [page] = read_pdf(question_paper(paper, round)).pages
    fonts = {piece.text: piece.font for piece in page_texts(page)}
    assert any("SAI" in text and "Bold" in font for text, font in fonts.items())


def test_the_key_sheet_says_what_is_written_on_each_kind_of_paper() -> None:
    round, paper = make_paper_of(
        *({"kind": kind, "stem": f"Câu {kind}?"} for kind in ("statements", "ordering", "matching"))
    )
    text = text_of(compose(key_sheet(round, at=timezone.now())))
    for slot in sheet_of(paper, round):
        order = slot.order
        match slot.version.kind:
            case "ordering":
                right = [str(["b", "d", "a", "c"].index(item) + 1) for item in order]
                assert f"Từ trên xuống {', '.join(right)}" in text
            case "matching":
                letters = ["ABCD"[order.index(item)] for item in "def"]
                wanted = ", ".join(f"{n} – {letter}" for n, letter in enumerate(letters, 1))
                assert wanted in text
            case _:
                truths = ["Đúng" if item in "ac" else "Sai" for item in order]
                shown = zip("abcd", truths, strict=True)
                assert ", ".join(f"{sign}) {truth}" for sign, truth in shown) in text


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_question_paper_has_its_code_its_questions_in_order_and_no_key() -> None:
    round = make_coded_round()
    paper = handing_out.fixed_papers(round)[1]
    text = text_of(question_paper(paper, round))
    assert "Mã đề 102" in text
    assert "Thời gian làm bài: 20 phút" in text
    stems = [slot.version.stem for slot in sheet_of(paper, round)]
    places = [text.index(stem[:12]) for stem in stems]
    assert places == sorted(places)
    assert SECRET not in text
    assert "Đáp án" not in text


def test_the_key_sheet_names_the_letter_that_each_paper_shows() -> None:
    round = make_coded_round()
    text = text_of(compose(key_sheet(round, at=timezone.now())))
    for paper in handing_out.fixed_papers(round):
        assert f"MÃ ĐỀ {paper.code}" in text
        for number, slot in enumerate(paper.slots, start=1):
            letter = "ABCD"[slot["options"].index("a")]
            assert f"{number} {letter}: 3 ngày làm việc" in text


def test_only_an_organiser_who_reads_the_bank_prints_and_it_is_on_record() -> None:
    round = make_coded_round()
    reader = make_organiser(round.contest)
    round.cells.get().topic.bank.readers.add(reader)
    pages = [
        reverse("printing:question_paper", args=[round.pk, "101"]),
        reverse("printing:key_sheet", args=[round.pk]),
    ]
    listing = reverse("printing:papers", args=[round.pk])
    stranger, organiser = make_organiser(make_contest()), make_organiser(round.contest)
    contestant = round.contest.entries.get().user
    for person in (stranger, organiser, contestant):
        client = sign_in(person)
        assert [client.post(page).status_code for page in pages] == [404, 404]
    for person in (stranger, contestant):
        assert sign_in(person).get(listing).status_code == 404
    assert "Chỉ người được xem" in sign_in(organiser).get(listing).content.decode()
    assert Client().post(pages[1]).status_code == 302
    assert not AuditEvent.objects.filter(action__endswith="_printed").exists()
    client = sign_in(reader)
    assert "In đề thi" in client.get(listing).content.decode()
    for page in pages:
        response: Any = client.post(page)
        assert response["Content-Type"] == "application/pdf"
        assert response["Cache-Control"] == "private, no-store"
        assert client.get(page).status_code == 405
        assert b"".join(response.streaming_content).startswith(b"%PDF")
    acts = AuditEvent.objects.filter(action__endswith="_printed").order_by("pk")
    assert [event.action for event in acts] == ["round.papers_printed", "round.keys_printed"]
    reads = AuditEvent.objects.filter(action="bank.key_read").order_by("pk")
    assert [event.data["view"] for event in reads] == ["print", "print"]
    assert client.post(reverse("printing:question_paper", args=[round.pk, "9"])).status_code == 404
