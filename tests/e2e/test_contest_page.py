"""An editor publishes the page of a contest; a visitor follows it on a phone until the results."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cms.models import ContestIndexPage, ContestPage
from core.clock import read_clock
from people.models import User
from people.roles import ADMINISTRATOR
from quizzes import entries, rounds
from quizzes.models import Award, Contest, Round, RoundQuestion
from tests.e2e.browsing import DESKTOP, PHONE
from tests.quizzes.contest_factories import (
    make_contest,
    make_draft_round,
    make_organiser,
    make_unit,
    take,
)
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
TITLE = "Hội thi Một cửa thân thiện"
SUMMARY = "Thi trên điện thoại, ai làm ở bộ phận một cửa cũng thi được."


@pytest.fixture
def administrator(site: str) -> User:
    return make_person("Trần Quản Trị", ADMINISTRATOR)


@pytest.fixture
def open_round(site: str) -> Round:
    contest = make_contest(name="Hội thi Một cửa 2026", rules_text="Mặc trang phục công sở.")
    at = read_clock()
    entries.take_roster(contest, [make_unit("Phường Hoa Sen", people=6)], by=None, at=at)
    opened = make_draft_round(
        contest,
        name="Vòng sơ khảo",
        opens_at=at - timedelta(minutes=40),
        closes_at=at + timedelta(hours=1),
        state="ready",
        ready_at=at - timedelta(hours=1),
    )
    cell = opened.cells.get()
    for question in cell.topic.questions.all():
        RoundQuestion.objects.create(round=opened, cell=cell, version=question.current_version)
    Award.objects.create(round=opened, name="Giải Nhất", rank_from=1, rank_to=1)
    return opened


def write(editor, contest: Contest) -> None:
    page = editor.page
    index = ContestIndexPage.objects.get(locale__language_code="vi")
    editor.goto(f"/admin/pages/add/cms/contestpage/{index.pk}/")
    page.locator("[name=title]").press_sequentially(TITLE)
    page.get_by_role("button", name="Chọn cuộc thi").click()
    page.locator(".modal").get_by_role("link", name=contest.name).click()
    expect(page.locator(".modal")).to_have_count(0)
    editor.fill(summary=SUMMARY)
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url("**/admin/pages/*/")


def finish(opened: Round) -> list[str]:
    """Everyone else takes the round, the first best; then it is closed. Names in their order."""
    at = read_clock() - timedelta(minutes=30)
    people = list(opened.contest.entries.order_by("pk"))
    # The last one has been seen in the figures.
    for number, entry in enumerate(people[:-1]):
        take(entry, opened, right=4 if number == 0 else 1, at=at, minutes=2 + number)
    rounds.close_round(opened, by=None, at=opened.closes_at)
    opened.refresh_from_db()
    return [entry.full_name for entry in people]


def test_a_contest_from_its_page_to_its_results(visit, administrator, open_round):
    contest = open_round.contest
    address = f"/contests/{contest.code}/"
    with visit(width=DESKTOP) as editor, visit(width=PHONE) as reader:
        editor.sign_in(administrator.staff_code, PASSWORD)
        write(editor, contest)
        assert ContestPage.objects.get(title=TITLE).slug == contest.code

        reader.goto("/contests/")
        reader.press(contest.name)
        reader.says(SUMMARY)
        reader.says("Vòng sơ khảo")
        reader.page.get_by_text("Làm bài và số lượt thi").click()
        reader.says("Thời gian làm bài là 20 phút.")
        reader.says("Phường Hoa Sen")
        reader.check()

        # The figures follow without a reload.
        take(contest.entries.order_by("pk").last(), open_round, right=1, at=read_clock())
        figures = reader.page.locator("#turnout .figures dd").first
        expect(figures).to_have_text("1 / 6", timeout=60_000)
        reader.check()

        reader.press("Bản để in")
        reader.says("Mặc trang phục công sở.")
        reader.check()

        names = finish(open_round)
        reader.goto(address)
        expect(reader.page.get_by_text(names[0])).to_have_count(0)
        rounds.publish_round(open_round, by=make_organiser(contest), at=read_clock())
        reader.goto(address)
        reader.says(names[0])
        reader.says("Giải Nhất")
        reader.check()
        reader.press("Bảng xếp hạng đầy đủ Vòng sơ khảo")
        reader.says(names[-1])
        reader.check()


def test_the_page_without_javascript(visit, open_round):
    with visit(width=PHONE, javascript=False) as reader:
        reader.goto(f"/contests/{open_round.contest.code}/")
        reader.says("Tình hình dự thi")
        reader.press("Tải lại")
        reader.says("Vòng sơ khảo")
        reader.check()
