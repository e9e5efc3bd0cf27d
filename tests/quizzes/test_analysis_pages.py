"""The analysis of a round's questions by its organisers, with and without the bank, and others."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from core import jobs
from core.models import Job
from people import roles
from quizzes import analysing, results, tasks
from quizzes.models import Round
from tests.quizzes.contest_factories import give_role, make_open_round, make_organiser
from tests.quizzes.play_factories import make_user
from tests.quizzes.test_analysing import CLOSED, make_answered_round

pytestmark = pytest.mark.django_db

STEM = "thời hạn giải quyết hồ sơ"
OPTION = "ngày làm việc, theo khoản"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, round: Round, *more: Any) -> str:
    return reverse(f"quizzes:{name}", args=[round.contest.code, round.number, *more])


def all_pages(round: Round) -> list[str]:
    version = round.pool.order_by("pk").first().version_id
    return [
        url("organise_analysis", round),
        url("organise_analysis_groups", round),
        url("organise_analysis_export", round),
        url("organise_analysed_question", round, version),
    ]


def text_of(response: Any) -> str:
    if response.streaming:
        book = load_workbook(BytesIO(b"".join(response.streaming_content)))
        return "\n".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
    return response.content.decode()


def reader(round: Round) -> Any:
    organiser = make_organiser(round.contest)
    round.cells.get().topic.bank.readers.add(organiser)
    return organiser


def test_an_organiser_who_may_not_read_the_bank_sees_numbers_only() -> None:
    round = make_answered_round(people=20)
    client = signed_in(make_organiser(round.contest))
    for page in all_pages(round):
        response = client.get(page)
        assert response.status_code == 200, page
        content = text_of(response)
        assert STEM not in content
        assert OPTION not in content
        assert "Đáp án đúng" not in content
        assert "BI-MAT" not in content
    assert "Phương án sai lấn đáp án" in text_of(client.get(all_pages(round)[0]))


def test_a_reader_of_the_bank_sees_words_and_who_chose_what() -> None:
    round = make_answered_round(people=20)
    client = signed_in(reader(round))
    listed, _, _, one = (text_of(client.get(page)) for page in all_pages(round))
    assert STEM in listed
    assert OPTION in one
    assert one.count("Đáp án đúng") == 1


def test_others_do_not_learn_that_it_exists() -> None:
    round = make_answered_round()
    outsiders = [
        make_organiser(make_open_round(people=1).contest),
        give_role(make_user("Người ra đề"), roles.AUTHOR),
        round.contest.entries.first().user,
    ]
    signed_in(make_organiser(round.contest)).get(all_pages(round)[0])
    for page in [*all_pages(round), url("organise_analysis_progress", round)]:
        for outsider in outsiders:
            assert signed_in(outsider).get(page).status_code == 404
        assert Client().get(page).status_code == 302
    start = url("organise_analysis_start", round)
    assert signed_in(outsiders[0]).post(start).status_code == 404
    assert signed_in(make_organiser(round.contest)).get(start).status_code == 405


def test_before_the_round_is_closed_there_is_nothing() -> None:
    round = make_open_round()
    client = signed_in(make_organiser(round.contest))
    assert "sau khi vòng thi đóng" in text_of(client.get(all_pages(round)[0]))
    assert client.get(all_pages(round)[1]).status_code == 404
    assert client.post(url("organise_analysis_start", round)).status_code == 404


def test_the_worst_question_comes_first_and_flags_filter() -> None:
    round = make_answered_round(people=20)
    client = signed_in(make_organiser(round.contest))
    page = all_pages(round)[0]
    rows = client.get(page).context["page"]
    assert rows[0].flags[0] == "misleading"
    assert len(rows) == 4
    only = client.get(page, {"flag": "misleading"}).context["page"]
    assert [row.flags[0] for row in only] == ["misleading"]
    assert len(client.get(page, {"flag": "nonsense"}).context["page"]) == 4


def test_a_question_that_few_saw_has_no_figures() -> None:
    round = make_answered_round(people=4)
    client = signed_in(reader(round))
    listed, _, sheet, one = (text_of(client.get(page)) for page in all_pages(round))
    for content in (listed, one):
        assert "Quá ít người gặp câu này" in content
        assert "Độ phân biệt</dt><dd>0" not in content
    assert "Đáp án đúng" not in one
    assert "0.25" not in sheet


def test_a_large_round_waits_for_a_job(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(analysing, "QUICK_ANSWERS", 10)
    round = make_answered_round()
    client = signed_in(make_organiser(round.contest))
    page = all_pages(round)[0]
    assert "chạy nền" in text_of(client.get(page))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("organise_analysis_start", round))
    job = analysing.job_of(results.current_run(round))
    assert job is not None
    progress = client.get(url("organise_analysis_progress", round))
    assert f"job-{job.pk}" in text_of(progress)


@pytest.mark.parametrize("state", [Job.State.RUNNING, Job.State.WAITING])
def test_a_job_whose_worker_is_gone_is_sent_again(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, state: str
) -> None:
    monkeypatch.setattr(analysing, "QUICK_ANSWERS", 10)
    sent: list[int] = []
    monkeypatch.setattr(tasks.analyse_questions, "delay", sent.append)
    round = make_answered_round()
    client = signed_in(make_organiser(round.contest))
    start = url("organise_analysis_start", round)
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(start)
    job = Job.objects.get()
    assert sent == [job.pk]
    long_ago = job.sent_at - jobs.LEASE - timedelta(seconds=30)
    Job.objects.update(state=state, sent_at=long_ago, heartbeat_at=long_ago)
    says = "Bị gián đoạn" if state == Job.State.RUNNING else "chưa nhận việc này"
    for name in ("organise_analysis", "organise_analysis_progress"):
        shown = text_of(client.get(url(name, round)))
        assert says in shown
        assert f'id="resume-{job.pk}"' in shown
        assert shown.count(f'action="{start}"') == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(start)
    assert sent == [job.pk, job.pk]
    assert Job.objects.get().state == Job.State.WAITING


def test_how_a_question_did_is_shown_at_its_bank_page() -> None:
    round = make_answered_round(people=20)
    analysing.analyse_run(results.current_run(round), at=CLOSED)
    question = round.pool.order_by("pk").first().version.question
    page = reverse("quizzes:question_detail", args=[question.bank.code, question.pk])
    content = text_of(signed_in(reader(round)).get(page))
    assert round.contest.name in content
    assert "80%" in content


@pytest.mark.parametrize("questions", [1, 3])
def test_statements_per_page_do_not_depend_on_the_questions(questions: int) -> None:
    round = make_answered_round(people=20, questions=questions)
    client = signed_in(reader(round))
    client.get(all_pages(round)[0])
    counts = []
    for page in all_pages(round):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        counts.append(len(captured))
    assert counts == [16, 10, 12, 15]
