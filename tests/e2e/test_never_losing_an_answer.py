"""What must never happen in a round: an answer lost, a clock that lies, two papers out of one."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from people.models import User
from quizzes import starting
from quizzes.answering import save_answer, to_sequence
from quizzes.models import Attempt, Response, Round
from quizzes.pools import sheet_of_attempt
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.quizzes.play_factories import make_entry, make_round, make_user

PASSWORD = "mat-khau-tot"
# A page that lost the network tries again after at most eight seconds, and machines may be busy.
expect.set_options(timeout=20_000)


@pytest.fixture
def quiz_round(site: str) -> Round:
    return make_round(questions=5, opens_at=timezone.now() - timedelta(minutes=5))


@pytest.fixture
def contestant(quiz_round: Round) -> User:
    return make_entry(quiz_round, make_user()).user


def begin(person: Visitor, quiz_round: Round, contestant: User) -> Attempt:
    person.sign_in(contestant.staff_code, PASSWORD)
    person.goto(f"/play/{quiz_round.pk}/")
    person.press("Bắt đầu làm bài")
    person.page.wait_for_url("**/play/attempts/*/")
    return Attempt.objects.get(round=quiz_round, entry__user=contestant)


def choose(page: Page, number: int, place: int) -> None:
    page.locator(f"#q-{number} .option").nth(place).click()


def question(page: Page, number: int):
    return page.locator(f"#q-{number}")


def wait_saved(page: Page, *numbers: int) -> None:
    for number in numbers:
        expect(question(page, number)).to_have_attribute("data-save", "saved")


def stored(attempt: Attempt) -> dict[int, int]:
    """Slot → place on the page, as the server holds it."""
    sheet = sheet_of_attempt(attempt.pk)
    return {
        response.slot: sheet[response.slot].positions_of(response.choice)[0]
        for response in Response.objects.filter(attempt=attempt)
        if response.choice
    }


def kept(page: Page) -> list[str]:
    """What this browser keeps of attempts."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('motcua:'))")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_network_goes_and_comes_back(visit, quiz_round, contestant, width):
    with visit(width=width) as person:
        attempt = begin(person, quiz_round, contestant)
        page = person.page
        choose(page, 1, 2)
        wait_saved(page, 1)
        expect(question(page, 1)).to_contain_text("Đã lưu")

        person.context.set_offline(True)
        choose(page, 1, 0)
        choose(page, 2, 3)
        choose(page, 2, 1)
        expect(page.locator("[data-save-state]")).to_contain_text("2 câu chưa lưu")
        expect(question(page, 2)).to_contain_text("đang giữ trên máy này")
        assert len(kept(page)) >= 2
        assert stored(attempt) == {0: 2}
        person.check()

        person.context.set_offline(False)
        wait_saved(page, 1, 2)
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
        assert stored(attempt) == {0: 0, 1: 1}


def test_a_reload_in_the_middle_of_an_outage_keeps_everything(visit, quiz_round, contestant):
    with visit(width=PHONE) as person:
        attempt = begin(person, quiz_round, contestant)
        page = person.page
        choose(page, 3, 1)
        wait_saved(page, 3)

        # The page can be fetched, answers cannot be sent: the worst kind of office network.
        page.route("**/play/answer/", lambda route: route.abort())
        choose(page, 3, 2)
        choose(page, 4, 0)
        expect(page.locator("[data-save-state]")).to_contain_text("2 câu chưa lưu")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(question(page, 3).locator("input").nth(3)).to_be_checked()
        expect(page.locator("[data-answered-count]").first).to_have_text("Đã trả lời 2/5")
        expect(question(page, 4)).to_have_attribute("data-save", "pending")

        page.unroute("**/play/answer/")
        wait_saved(page, 3, 4)
        assert stored(attempt) == {2: 2, 3: 0}
        assert not [key for key in kept(page) if key[-1].isdigit()]


def test_a_choice_made_before_the_page_s_module_has_come(visit, quiz_round, contestant):
    with visit(width=PHONE) as person:
        attempt = begin(person, quiz_round, contestant)
        page = person.page
        choose(page, 2, 0)
        wait_saved(page, 2)

        slow: list = []
        page.route("**/js/play.js", lambda route: slow.append(route))
        page.reload(wait_until="commit")
        choose(page, 1, 2)
        choose(page, 2, 3)
        while page.evaluate("document.readyState") == "loading":
            page.wait_for_timeout(50)
        while not slow:
            page.wait_for_timeout(50)
        slow[0].continue_()
        expect(page.locator("[data-answered-count]").first).to_have_text("Đã trả lời 2/5")
        wait_saved(page, 1, 2)
        assert stored(attempt) == {0: 2, 1: 3}


def test_leaving_with_unsaved_answers_warns(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        begin(person, quiz_round, contestant)
        page = person.page
        page.route("**/play/answer/", lambda route: route.abort())
        choose(page, 1, 1)
        expect(page.locator("[data-save-state]")).to_contain_text("1 câu chưa lưu")
        warned: list[str] = []
        page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
        page.goto("/play/")
        assert warned == ["beforeunload"]


def test_handing_in_waits_for_what_is_not_saved(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        attempt = begin(person, quiz_round, contestant)
        page = person.page
        page.route("**/play/answer/", lambda route: route.abort())
        choose(page, 1, 1)
        expect(page.locator("[data-save-state]")).to_contain_text("1 câu chưa lưu")
        person.press("Xem lại và nộp bài")
        person.says("Còn 1 câu chưa lưu lên máy chủ. Hãy chờ có mạng rồi nộp bài.")
        page.unroute("**/play/answer/")
        wait_saved(page, 1)
        person.press("Xem lại và nộp bài")
        person.press("Nộp bài")
        person.says("Bạn đã nộp bài")
        attempt.refresh_from_db()
        assert attempt.answered_count == 1
        assert kept(page) == []


def test_two_tabs_show_one_paper(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        attempt = begin(person, quiz_round, contestant)
        first = person.page
        second = person.context.new_page()
        second.goto(first.url)
        choose(first, 1, 0)
        wait_saved(first, 1)
        expect(question(second, 1).locator("input").nth(1)).to_be_checked()
        choose(second, 1, 3)
        wait_saved(second, 1)
        expect(question(first, 1).locator("input").nth(4)).to_be_checked()
        assert stored(attempt) == {0: 3}


def test_another_device_goes_on_with_the_same_paper(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as office, visit(width=PHONE) as phone:
        attempt = begin(office, quiz_round, contestant)
        choose(office.page, 2, 1)
        wait_saved(office.page, 2)

        phone.sign_in(contestant.staff_code, PASSWORD)
        phone.goto("/play/")
        phone.press("Tiếp tục làm bài")
        expect(question(phone.page, 2).locator("input").nth(2)).to_be_checked()
        # The page came with the question saved, so that word alone does not tell of this choice.
        with phone.page.expect_response("**/play/answer/"):
            choose(phone.page, 2, 2)
        wait_saved(phone.page, 2)
        assert Attempt.objects.filter(round=quiz_round).count() == 1

        # Looked at again, the page of the office shows what the phone has chosen.
        office.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(question(office.page, 2).locator("input").nth(3)).to_be_checked()
        assert stored(attempt) == {1: 2}


def test_a_click_replayed_late_does_not_undo_a_later_one(visit, quiz_round, contestant):
    """Offline on one device, answered meanwhile on another: the later choice stands, and the first
    page says so when it is back."""
    with visit(width=DESKTOP) as person:
        attempt = begin(person, quiz_round, contestant)
        page = person.page
        person.context.set_offline(True)
        choose(page, 1, 0)
        expect(page.locator("[data-save-state]")).to_contain_text("1 câu chưa lưu")
        page.wait_for_timeout(50)
        sheet = sheet_of_attempt(attempt.pk)
        now = timezone.now()
        save_answer(
            attempt.pk, slot=0, choice=[sheet[0].order[2]], sequence=to_sequence(now), at=now
        )
        person.context.set_offline(False)
        expect(question(page, 1).locator("input").nth(3)).to_be_checked()
        wait_saved(page, 1)
        assert stored(attempt) == {0: 2}


def test_a_session_that_ended_still_saves(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        attempt = begin(person, quiz_round, contestant)
        person.context.clear_cookies()
        choose(person.page, 1, 1)
        wait_saved(person.page, 1)
        assert stored(attempt) == {0: 1}


def test_a_token_that_is_refused_says_what_to_do(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        begin(person, quiz_round, contestant)
        page = person.page
        page.route(
            "**/play/answer/",
            lambda route: route.fulfill(
                status=403, json={"code": "token", "message": "", "now": 1}
            ),
        )
        choose(page, 1, 1)
        person.says("Trang này không còn hiệu lực")
        page.unroute("**/play/answer/")
        page.on("dialog", lambda dialog: dialog.accept())
        person.press("Tải lại trang")
        wait_saved(page, 1)


def test_the_paper_is_handed_in_when_the_time_is_up(visit, quiz_round, contestant):
    with visit(width=PHONE) as person:
        person.sign_in(contestant.staff_code, PASSWORD)
        entry = contestant.entries.get()
        attempt = starting.start_attempt(entry, quiz_round, at=timezone.now())
        limit = timezone.now() + timedelta(seconds=9)
        Attempt.objects.filter(pk=attempt.pk).update(
            deadline_at=limit, accepts_until=limit + timedelta(seconds=5)
        )
        person.goto(f"/play/attempts/{attempt.pk}/")
        choose(person.page, 1, 1)
        wait_saved(person.page, 1)
        expect(person.page.locator("[data-timer]")).to_have_attribute("data-level", "last")
        # Chosen while the network is away, brought by the page within the technical grace.
        person.page.route("**/play/answer/", lambda route: route.abort())
        choose(person.page, 2, 1)
        expect(person.page.locator("[data-save-state]")).to_contain_text("1 câu chưa lưu")
        person.page.unroute("**/play/answer/")
        person.page.wait_for_url("**/result/", timeout=25_000)
        person.says("Hết giờ, hệ thống đã nộp bài")
        attempt.refresh_from_db()
        assert (attempt.finish_kind, attempt.answered_count) == ("expired", 2)
        assert attempt.finished_at == limit
        assert kept(person.page) == []


def test_time_given_by_the_organisers_is_shown(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        attempt = begin(person, quiz_round, contestant)
        limit = attempt.deadline_at + timedelta(minutes=30)
        Attempt.objects.filter(pk=attempt.pk).update(deadline_at=limit, accepts_until=limit)
        choose(person.page, 1, 1)
        wait_saved(person.page, 1)
        expect(person.page.locator("[data-timer-value]")).to_contain_text("49:")


def test_a_device_with_a_wild_clock_shows_the_server_s_time(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        person.context.add_init_script(
            "const real = Date.now; Date.now = () => real() + 7 * 3600 * 1000;"
        )
        attempt = begin(person, quiz_round, contestant)
        choose(person.page, 1, 1)
        wait_saved(person.page, 1)
        expect(person.page.locator("[data-timer-value]")).to_contain_text("19:")
        response = Response.objects.get(attempt=attempt)
        assert abs(response.sequence - to_sequence(response.received_at)) < 2000


def test_the_lobby_opens_by_itself(visit, site):
    quiz_round = make_round(questions=2, opens_at=timezone.now() + timedelta(seconds=12))
    contestant = make_entry(quiz_round, make_user()).user
    with visit(width=PHONE) as person:
        person.sign_in(contestant.staff_code, PASSWORD)
        person.goto(f"/play/{quiz_round.pk}/")
        person.says("Đến giờ, nút Bắt đầu tự hiện ở đây.")
        person.check()
        person.page.get_by_role("button", name="Bắt đầu làm bài").wait_for(timeout=20_000)
        person.press("Bắt đầu làm bài")
        person.page.wait_for_url("**/play/attempts/*/")


def test_nothing_stays_on_a_shared_pc(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        attempt = begin(person, quiz_round, contestant)
        page = person.page
        question(page, 2).get_by_role("button", name="Xem lại sau").click()
        page.evaluate("localStorage.setItem('motcua:attempt:999999:1', '{}')")
        assert len(kept(page)) == 2
        # Another attempt's traces go when a lobby is opened, one's own at sign-out.
        person.goto(f"/play/{quiz_round.pk}/")
        assert kept(page) == [f"motcua:attempt:{attempt.pk}:flags"]
        person.sign_out()
        page.wait_for_load_state()
        assert kept(page) == []


def test_one_by_one_and_by_keys(visit, quiz_round, contestant):
    with visit(width=DESKTOP) as person:
        begin(person, quiz_round, contestant)
        page = person.page
        person.press("Từng câu")
        expect(page.locator("[data-question]:visible")).to_have_count(1)
        page.keyboard.press("2")
        wait_saved(page, 1)
        expect(question(page, 1).locator("input").nth(2)).to_be_checked()
        page.keyboard.press("j")
        expect(question(page, 2)).to_be_focused()
        page.keyboard.press("r")
        expect(page.locator("[data-cell='1']")).to_have_attribute("data-flagged", "")
        page.keyboard.press("k")
        expect(question(page, 1)).to_be_focused()
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.get_by_label("Dùng phím tắt").uncheck()
        person.press("Đóng")
        page.keyboard.press("3")
        expect(question(page, 1).locator("input").nth(2)).to_be_checked()
        person.check()
