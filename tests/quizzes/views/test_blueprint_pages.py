"""The blueprint, its constraints and the dry run: by the organiser, a colleague, a reader, a
contestant and nobody. Words of a question are seen only by who may read its bank."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from people import roles
from quizzes import attempts, blueprinting, entries, handing_out, rounds, starting
from quizzes.enums import RoundState
from quizzes.models import BlueprintCell, Paper, Question, Round, Topic
from tests.quizzes.contest_factories import (
    give_role,
    make_contest,
    make_draft_round,
    make_organiser,
    make_unit,
)
from tests.quizzes.play_factories import make_user, make_version

pytestmark = pytest.mark.django_db
PAGES = ("organise_blueprint", "organise_constraints", "organise_dry_run")
STEM = "thời hạn giải quyết hồ sơ"


class Desk:
    """A draft with six approved questions, and its organiser; with ``reads``, of the bank too."""

    def __init__(self, *, reads: bool = True, **fields: Any) -> None:
        self.round = make_draft_round(make_contest(), **fields)
        self.organiser = make_organiser(self.round.contest)
        self.topic = self.round.cells.get().topic
        if reads:
            self.topic.bank.readers.add(self.organiser)
        self.client = sign_in(self.organiser)
        self.questions = list(Question.objects.filter(topic=self.topic))

    def url(self, name: str) -> str:
        return reverse(f"quizzes:{name}", args=[self.round.contest.code, self.round.number])

    def get(self, name: str, query: str = "", client: Client | None = None) -> str:
        response = (client or self.client).get(self.url(name) + query)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, name: str, data: dict[str, Any], **headers: Any) -> Any:
        return self.client.post(self.url(name), data, **headers)

    def row(self, **fields: Any) -> dict[str, Any]:
        return {
            "topic": self.topic.pk,
            "difficulty": "",
            "question_count": 4,
            "centipoints": "2,5",
            **fields,
        }


def sign_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sheet_in(response: Any) -> Any:
    return load_workbook(BytesIO(b"".join(response.streaming_content))).active


def rows(*cells: dict[str, Any], **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"cells-TOTAL_FORMS": len(cells), "cells-INITIAL_FORMS": 0, **more}
    for index, row in enumerate(cells):
        data |= {f"cells-{index}-{name}": value for name, value in row.items()}
    return data


def test_a_colleague_a_contestant_and_a_reader_find_nothing_and_nobody_signs_in() -> None:
    desk = Desk()
    reader = give_role(make_user(), roles.AUTHOR)
    desk.topic.bank.readers.add(reader)
    for person in (make_organiser(make_contest()), make_user(), reader):
        client = sign_in(person)
        for name in (*PAGES, "organise_dry_run_export"):
            assert client.get(desk.url(name)).status_code == 404, name
        for name in ("organise_blueprint", "organise_constraints", "organise_blueprint_copy"):
            assert client.post(desk.url(name), rows()).status_code == 404, name
    for name in PAGES:
        response = Client().get(desk.url(name))
        assert response.status_code == 302
        assert reverse("account_login") in response["Location"]


def test_a_row_is_added_and_taken_away_without_saving_what_was_typed() -> None:
    desk = Desk()
    typed = desk.row(question_count="x", centipoints="1,5")
    page = desk.post("organise_blueprint", rows(typed, add_row="1", total="15"))
    html = page.content.decode()
    assert 'name="cells-1-topic"' in html
    assert 'value="x"' in html
    assert 'value="1,5"' in html
    assert 'name="total" value="15"' in html
    assert "Nhập một số nguyên" not in html
    page = desk.post("organise_blueprint", rows(typed, desk.row(question_count=3), drop_row="0"))
    html = page.content.decode()
    assert 'name="cells-1-topic"' not in html
    assert 'name="cells-0-question_count" value="3"' in html
    assert desk.round.cells.get().question_count == 4


def test_htmx_gets_the_form_alone() -> None:
    desk = Desk()
    data = rows(desk.row(), add_row="1")
    page = desk.post("organise_blueprint", data, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith("<form")


def test_each_row_says_what_the_bank_has_and_how_much_two_papers_share() -> None:
    desk = Desk()
    page = desk.post("organise_supply", rows(desk.row(question_count=3))).content.decode()
    assert "Có 6 câu đã duyệt, cần 3." in page
    assert "Hai đề trùng 1,5 câu." in page
    assert "Hai đề trùng nhau trung bình 1,5 câu (50,00%)." in page
    page = desk.post("organise_supply", rows(desk.row(question_count=""))).content.decode()
    assert "Có 6 câu đã duyệt." in page
    page = desk.post("organise_supply", rows(desk.row(), total="12")).content.decode()
    assert "Cả đề đang là 10 điểm, cần đúng 12 điểm." in page


def test_a_row_button_that_only_has_the_focus_takes_nothing_away() -> None:
    desk = Desk()
    page = desk.post("organise_supply", rows(desk.row(), drop_row="0")).content.decode()
    assert "Cả đề: 4 câu, 10 điểm" in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"cells-TOTAL_FORMS": "x"},
        {"cells-TOTAL_FORMS": "99999999999"},
        {"cells-TOTAL_FORMS": "-1", "drop_row": "²"},
        {"cells-TOTAL_FORMS": "1", "cells-0-topic": "\0", "cells-0-centipoints": "1e9"},
        {"cells-TOTAL_FORMS": "1", "cells-0-topic": "0", "total": "nhiều"},
    ],
)
def test_a_broken_form_is_refused_or_read_as_empty(data: dict[str, str]) -> None:
    desk = Desk()
    for name in ("organise_blueprint", "organise_supply"):
        assert desk.post(name, data).status_code in {200, 302}


def test_the_blueprint_of_another_round_is_copied_for_a_look_not_saved() -> None:
    desk = Desk()
    other = Round.objects.create(
        contest=desk.round.contest,
        number=2,
        name="Vòng mẫu",
        opens_at=desk.round.opens_at,
        closes_at=desk.round.closes_at,
        duration_seconds=600,
    )
    secret = make_draft_round(make_contest()).cells.get().topic
    BlueprintCell.objects.create(round=other, topic=desk.topic, question_count=5)
    BlueprintCell.objects.create(round=other, topic=secret, question_count=9)
    page = desk.post("organise_blueprint_copy", {"source": other.pk}).content.decode()
    assert 'name="cells-0-question_count" value="5"' in page
    assert "Bỏ qua 1 ô" in page
    assert secret.name not in page or secret.name == desk.topic.name
    assert desk.round.cells.get().question_count == 4
    strange = make_draft_round(make_contest())
    page = desk.post("organise_blueprint_copy", {"source": strange.pk}).content.decode()
    assert "Đã chép" not in page


def test_after_the_draft_nothing_can_be_edited_and_the_reason_is_said() -> None:
    desk = Desk()
    Round.objects.filter(pk=desk.round.pk).update(state=RoundState.READY, ready_at=timezone.now())
    for name in ("organise_blueprint", "organise_constraints", "organise_blueprint_copy"):
        response = desk.client.post(desk.url(name), rows(desk.row(question_count=1)), follow=True)
        assert "chỉ sửa được khi vòng thi đang chuẩn bị" in response.content.decode()
    assert desk.round.cells.get().question_count == 4


def test_questions_are_found_without_marks_required_and_kept_apart() -> None:
    desk = Desk()
    page = desk.get("organise_constraints", "?q=CÂU+1")
    assert STEM in page
    first, second, third = (question.pk for question in desk.questions[:3])
    desk.post("organise_constraints", {"act": "require", "questions": [first]})
    desk.post("organise_constraints", {"act": "separate", "questions": [second, third]})
    page = desk.get("organise_constraints")
    assert f"#{first}" in page
    assert "Nhóm 1" in page
    desk.post("organise_constraints", {"release": first})
    desk.post("organise_constraints", {"rejoin": second})
    assert not desk.round.must_includes.exists()
    assert not desk.round.separated_questions.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"act": "require"},
        {"act": "require", "questions": ["x"]},
        {"act": "bogus", "questions": ["1"]},
        {"release": "²"},
        {"release": "99999999999999999999"},
    ],
)
def test_a_wrong_choice_is_said_and_changes_nothing(data: dict[str, Any]) -> None:
    desk = Desk()
    assert desk.post("organise_constraints", data).status_code == 302
    assert not desk.round.must_includes.exists()


def test_an_organiser_who_may_not_read_the_bank_sees_numbers_and_picks_nothing() -> None:
    desk = Desk(reads=False)
    reader = make_organiser(desk.round.contest)
    desk.topic.bank.readers.add(reader)
    first = desk.questions[0]
    blueprinting.require_questions(desk.round, [first], by=reader, at=timezone.now())
    page = desk.get("organise_constraints", "?q=cau")
    assert f"#{first.pk}" in page
    assert STEM not in page
    desk.post("organise_constraints", {"act": "require", "questions": [desk.questions[1].pk]})
    assert desk.round.must_includes.count() == 1
    assert f"#{first.pk}" in desk.get("organise_dry_run")
    assert STEM not in desk.get("organise_dry_run")
    assert STEM in desk.get("organise_dry_run", client=sign_in(reader))


def test_the_dry_run_shows_exposure_and_writes_nothing() -> None:
    desk = Desk(questions=3, pool=6)
    page = desk.get("organise_dry_run")
    assert "1.000" in page
    assert page.count("<progress") == 6
    assert not Paper.objects.exists()
    again = desk.get("organise_dry_run", "?seed=1")
    assert page.split("<tbody>")[1:] == again.split("<tbody>")[1:]
    for seed in ("-1", "x", "²", "9" * 30):
        desk.get("organise_dry_run", f"?seed={seed}")


def test_the_dry_run_of_a_blueprint_that_cannot_be_drawn_says_why() -> None:
    desk = Desk(questions=8, pool=6)
    assert "còn thiếu 2 câu" in desk.get("organise_dry_run")
    response = desk.client.get(desk.url("organise_dry_run_export"))
    assert response.status_code == 302


def test_the_dry_run_is_downloaded_with_every_question() -> None:
    desk = Desk(questions=3, pool=6)
    response = desk.client.get(desk.url("organise_dry_run_export") + "?seed=4")
    sheet = sheet_in(response)
    found = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert len(found) == 6
    assert sum(row[3] for row in found) == 3000
    assert STEM in found[0][2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_a_constant_number_of_statements(
    count: int, django_assert_num_queries: Any
) -> None:
    desk = Desk(questions=3, pool=8)
    for index in range(1, count):
        topic = Topic.objects.create(bank=desk.topic.bank, name=f"Chuyên đề {index}")
        make_version(topic, 50 + index)
        BlueprintCell.objects.create(round=desk.round, topic=topic, question_count=1)
    by, at = desk.organiser, timezone.now()
    blueprinting.require_questions(desk.round, desk.questions[:count], by=by, at=at)
    apart = desk.questions[3 : 4 + count]
    blueprinting.separate_questions(desk.round, apart, group="", by=by, at=at)
    desk.get("organise_blueprint")
    for name, query, most in (
        ("organise_blueprint", "", 12),
        ("organise_constraints", "?q=", 14),
        ("organise_dry_run", "", 12),
    ):
        with django_assert_num_queries(most):
            desk.get(name, query)


def test_the_code_of_a_paper_is_shown_to_the_contestant_and_the_organiser() -> None:
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=1)], by=None, at=timezone.now())
    round = make_draft_round(
        contest,
        paper_source="fixed",
        paper_code_count=2,
        opens_at=timezone.now() - timedelta(hours=1),
        closes_at=timezone.now() + timedelta(hours=1),
    )
    organiser = make_organiser(contest)
    round = rounds.make_ready(round, by=organiser, at=timezone.now())
    entry = contest.entries.get()
    attempt = starting.start_attempt(entry, round, at=timezone.now())
    client = sign_in(entry.user)
    page = client.get(reverse("quizzes:questions", args=[attempt.pk])).content.decode()
    assert "Mã đề 101" in page
    attempts.hand_in(attempt, at=timezone.now())
    page = client.get(reverse("quizzes:result", args=[attempt.pk])).content.decode()
    assert "Mã đề 101." in page
    home = reverse("quizzes:organise_round", args=[contest.code, 1])
    page = sign_in(organiser).get(home).content.decode()
    for paper in handing_out.fixed_papers(round):
        assert f'<th scope="row">{paper.code}</th>' in page
    rounds.close_round(round, by=organiser, at=timezone.now(), reason="Chạy thử")
    address = reverse("quizzes:organise_export", args=[contest.code, 1, "standings"])
    response = sign_in(organiser).get(address)
    sheet = sheet_in(response)
    assert sheet.cell(3, 13).value == "Mã đề"
    assert sheet.cell(4, 13).value == "101"
