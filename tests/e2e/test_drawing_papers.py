"""From the blueprint to papers with codes, as an organiser who may read the bank goes about it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from people.models import User
from people.roles import ORGANISER
from quizzes import entries
from quizzes.models import Contest, QuestionBank, Round
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.quizzes.contest_factories import make_contest, make_draft_round, make_unit
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"


@pytest.fixture
def quiz_round(site: str) -> Round:
    """An open window, a roster of one, six approved questions and no cell yet."""
    contest = make_contest(name="Hội thi rút đề")
    now = timezone.now()
    quiz_round = make_draft_round(
        contest, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=3)
    )
    quiz_round.cells.all().delete()
    return quiz_round


@pytest.fixture
def organiser(quiz_round: Round) -> User:
    person = make_person("Đặng Thị Rút Đề", ORGANISER)
    quiz_round.contest.organisers.add(person)
    QuestionBank.objects.latest("pk").readers.add(person)
    return person


@pytest.fixture
def contestant(quiz_round: Round) -> User:
    unit = make_unit("Phường Rút Đề")
    person = make_person("Lý Văn Bốc Thăm", unit=unit)
    entries.take_roster(quiz_round.contest, [unit], by=None, at=timezone.now())
    return person


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_blueprint_to_a_paper_with_its_code(
    visit, quiz_round: Round, organiser: User, contestant: User, javascript: bool
):
    home = f"/organise/contests/{quiz_round.contest.code}/rounds/1/"
    with visit(width=DESKTOP, javascript=javascript) as desk:
        desk.sign_in(organiser.staff_code, PASSWORD)
        desk.goto(f"{home}settings/")
        desk.fill(paper_source="fixed", paper_code_count="2")
        desk.press("Lưu")
        desk.says("2 mã đề")

        draw_up_the_blueprint(desk, home)
        set_the_constraints(desk, home)
        desk.goto(f"{home}dry-run/")
        desk.says("Đề đã rút thử")
        desk.check()

        desk.goto(home)
        desk.press("Đặt sẵn sàng")
        desk.press("Đặt sẵn sàng", within=desk.page.locator("form.form"))
        desk.says("Lượt thi đã nhận")
        desk.check()
        desk.press("In đề thi và đáp án")
        desk.says("In đáp án của mọi mã đề")
        desk.check()
    with visit(width=PHONE, javascript=javascript) as phone:
        phone.sign_in(contestant.staff_code, PASSWORD)
        phone.goto(f"/play/{quiz_round.pk}/")
        phone.press("Bắt đầu làm bài")
        phone.says("Mã đề 101")
    assert set(held_by(quiz_round.contest)) == {3}


def draw_up_the_blueprint(desk: Visitor, home: str) -> None:
    """One cell too big; a second, added and taken away again; then the right size."""
    desk.goto(f"{home}blueprint/")
    desk.page.locator("[name='cells-0-topic']").select_option(label="Thủ tục hành chính")
    desk.fill(**{"cells-0-question_count": "9", "cells-0-centipoints": "2,5", "total": "7,5"})
    desk.press("Thêm ô")
    desk.page.locator("[name='cells-1-topic']").wait_for()
    desk.says("Có 6 câu đã duyệt, cần 9: thiếu 3 câu.")
    desk.check()
    desk.press("Bỏ ô 2")
    expect(desk.page.locator("[name='cells-1-topic']")).to_have_count(0)
    desk.fill(**{"cells-0-question_count": "3"})
    if desk.has_javascript:
        desk.page.keyboard.press("Tab")
        desk.says("Cả đề: 3 câu, 7,5 điểm")
        desk.says("Hai đề trùng 1,5 câu.")
        desk.check()
    desk.press("Lưu ma trận đề")
    desk.says("Việc còn lại trước khi mở")
    desk.check()


def set_the_constraints(desk: Visitor, home: str) -> None:
    desk.goto(f"{home}constraints/")
    desk.check()
    desk.page.locator("input[name='q']:visible").last.fill("câu")
    desk.press("Tìm", within=desk.page.locator("main"))
    desk.says("Câu tìm thấy")
    desk.page.locator("[name='questions']").nth(0).check()
    desk.press("Đề nào cũng phải có")
    desk.says("Đã ghi 1 câu bắt buộc.")
    for index in (1, 2):
        desk.page.locator("[name='questions']").nth(index).check()
    desk.press("Không ra cùng một đề")
    desk.says("Nhóm 1")
    desk.check()


def held_by(contest: Contest) -> list[int]:
    """How many questions each paper of the contest holds."""
    papers = contest.rounds.get().papers.all()
    return [len({slot["version"] for slot in paper.slots}) for paper in papers]
