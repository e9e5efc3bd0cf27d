"""Papers with codes on paper: no key on the question paper, the right letters on the key sheet,
and neither for who may not read the banks."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from printing.composing import compose
from printing.exam_papers import key_sheet, question_paper
from quizzes import entries, handing_out, rounds
from quizzes.models import Round
from quizzes.pools import sheet_of
from tests.printing.pdf import reader as read_pdf
from tests.quizzes.contest_factories import (
    make_contest,
    make_draft_round,
    make_organiser,
    make_unit,
)
from tests.quizzes.play_factories import SECRET

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
