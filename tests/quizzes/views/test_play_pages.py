"""Taking a round in a browser without JavaScript, and who may see what."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Group

from people.roles import AUTHOR
from quizzes import attempts, handing_out, starting
from quizzes.answering import save_answer
from quizzes.enums import AttemptState, PaperSource, ResultVisibility, RoundState
from quizzes.models import Attempt
from tests.quizzes.play_factories import SECRET, after, make_entry, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SESSION_COOKIE_AGE = 24 * 60 * 60  # these days are short
    with time_machine.travel(after(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def round():
    return make_round(kinds=("single_choice", "multiple_choice", "true_false", "single_choice"))


@pytest.fixture
def entry(round):
    return make_entry(round)


@pytest.fixture
def contestant(client, entry):
    client.force_login(entry.user)
    return client


@pytest.fixture
def attempt(round, entry):
    return starting.start_attempt(entry, round, at=after())


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def publish(round) -> None:
    round.state, round.published_at = RoundState.PUBLISHED, after(minutes=130)
    round.save()


def form_of(response) -> dict[str, str]:
    """The hidden fields of the paper, as a browser sends them back."""
    html = response.content.decode()
    return dict(re.findall(r'name="(had-\d+)" value="([\d,]*)"', html))


def test_the_lobby_tells_the_paper_code(contestant, round, entry):
    lobby = f"/play/{round.pk}/"
    assert "mã đề" not in text_of(contestant.get(lobby)).lower()
    round.paper_source, round.paper_code_count = PaperSource.FIXED, 3
    round.save()
    handing_out.freeze_papers(round)
    assert "3 mã đề, được giao khi bấm Bắt đầu" in text_of(contestant.get(lobby))
    attempt = starting.start_attempt(entry, round, at=after())
    assert text_of(contestant.get(lobby)).count("Mã đề 101") == 1
    attempts.hand_in(attempt, at=after(minutes=1))
    assert "Lượt 1 · Mã đề 101" in text_of(contestant.get(lobby))


def test_from_the_lobby_to_the_result_without_javascript(contestant, round, clock):
    lobby = contestant.get(f"/play/{round.pk}/")
    assert "Bắt đầu làm bài" in text_of(lobby)

    started = contestant.post(f"/play/{round.pk}/start/", follow=True)
    attempt = Attempt.objects.get()
    assert started.redirect_chain[-1][0] == f"/play/attempts/{attempt.pk}/"
    assert "Câu 1 trên 4" in text_of(started)

    fields = {**form_of(started), "slot-0": "1", "slot-3": "0", "save": "1"}
    saved = contestant.post(f"/play/attempts/{attempt.pk}/", fields)
    assert saved["Location"] == f"/play/attempts/{attempt.pk}/#q-1"
    page = contestant.get(f"/play/attempts/{attempt.pk}/")
    assert "Đã lưu 2 câu trả lời." in text_of(page)
    assert text_of(page).count("Đã lưu 08:01:00") == 2

    confirm = contestant.get(f"/play/attempts/{attempt.pk}/hand-in/")
    assert "2 trên 4 câu" in text_of(confirm)
    done = contestant.post(f"/play/attempts/{attempt.pk}/hand-in/", follow=True)
    assert "Bạn đã nộp bài" in text_of(done)
    assert "Lúc 08:01:00 05/10/2026, với 2 trên 4 câu đã trả lời." in text_of(done)


def test_an_old_page_saves_only_what_was_changed_on_it(contestant, attempt):
    """Two tabs without JavaScript: the first must not undo what the second has saved."""
    url = f"/play/attempts/{attempt.pk}/"
    old = form_of(contestant.get(url))
    contestant.post(url, {**form_of(contestant.get(url)), "slot-0": "1", "save": "all"})
    contestant.post(url, {**old, "slot-3": "0", "save": "all"})
    assert set(attempt.responses.values_list("slot", flat=True)) == {0, 3}
    assert attempt.responses.get(slot=0).choice != []


def test_a_choice_is_taken_back_by_its_button(contestant, attempt):
    url = f"/play/attempts/{attempt.pk}/"
    contestant.post(url, {**form_of(contestant.get(url)), "slot-0": "1", "save": "1"})
    fields = {**form_of(contestant.get(url)), "slot-0": "1", "clear": "0"}
    contestant.post(url, fields)
    assert attempt.responses.get(slot=0).choice == []


def test_saving_nothing_new_says_so(contestant, attempt):
    url = f"/play/attempts/{attempt.pk}/"
    response = contestant.post(url, {**form_of(contestant.get(url)), "save": "all"}, follow=True)
    assert "Không có gì thay đổi" in text_of(response)


@pytest.mark.parametrize("value", ["9", "x", "-1"])
def test_a_form_that_was_tampered_with_stores_nothing(contestant, attempt, value):
    url = f"/play/attempts/{attempt.pk}/"
    response = contestant.post(
        url, {**form_of(contestant.get(url)), "slot-0": value, "save": "1"}, follow=True
    )
    assert "không có phương án này" in text_of(response)
    assert not attempt.responses.exists()


def test_a_form_sent_after_the_deadline_leads_to_the_result(contestant, attempt, clock):
    url = f"/play/attempts/{attempt.pk}/"
    fields = {**form_of(contestant.get(url)), "slot-0": "1", "save": "1"}
    clock.move_to(after(minutes=40))
    response = contestant.post(url, fields, follow=True)
    assert "Hết giờ, hệ thống đã nộp bài" in text_of(response)
    assert not attempt.responses.exists()


def test_the_prediction(contestant, round, attempt):
    round.has_prediction = True
    round.save()
    url = f"/play/attempts/{attempt.pk}/hand-in/"
    assert "có bao nhiêu người dự thi" in text_of(contestant.get(url))
    for wrong in ("-3", "1.5", "1,200", "ba trăm", "9" * 15):
        response = contestant.post(url, {"prediction": wrong})
        assert response.status_code == 400
        assert "aria-invalid" in response.content.decode()
    contestant.post(url, {"prediction": "1.320"})
    attempt.refresh_from_db()
    assert attempt.prediction == 1320


def test_handing_in_twice_shows_the_result(contestant, attempt):
    url = f"/play/attempts/{attempt.pk}/hand-in/"
    contestant.post(url)
    assert contestant.post(url)["Location"] == f"/play/attempts/{attempt.pk}/result/"
    assert contestant.get(f"/play/attempts/{attempt.pk}/")["Location"].endswith("/result/")


def test_a_double_click_starts_once(contestant, round):
    first = contestant.post(f"/play/{round.pk}/start/")
    assert contestant.post(f"/play/{round.pk}/start/")["Location"] == first["Location"]
    assert Attempt.objects.count() == 1


class TestLobby:
    def test_before_the_opening(self, contestant, round, clock):
        clock.move_to(after(minutes=-10))
        response = contestant.get(f"/play/{round.pk}/")
        assert "Vòng thi mở lúc 08:00 05/10/2026." in text_of(response)
        assert "data-until" in response.content.decode()
        started = contestant.post(f"/play/{round.pk}/start/", follow=True)
        assert "Vòng thi mở lúc 08:00 05/10/2026. Hãy quay lại" in text_of(started)

    def test_an_attempt_in_progress_is_continued(self, contestant, attempt):
        response = contestant.get(f"/play/{attempt.round_id}/")
        assert "Tiếp tục làm bài" in text_of(response)
        assert "Bắt đầu làm bài" not in text_of(response)

    def test_no_attempt_left(self, contestant, attempt):
        attempts.hand_in(attempt, at=after(minutes=1))
        response = contestant.get(f"/play/{attempt.round_id}/")
        assert "đã dùng hết số lượt thi" in text_of(response)

    def test_a_pause_between_attempts(self, contestant, entry, round):
        type(round).objects.update(attempts_allowed=None, min_pause_seconds=600)
        round.refresh_from_db()
        attempts.hand_in(starting.start_attempt(entry, round, at=after()), at=after(seconds=30))
        assert "08:10:30 05/10/2026" in text_of(contestant.get(f"/play/{round.pk}/"))

    def test_closed(self, contestant, round, clock):
        clock.move_to(after(minutes=121))
        response = contestant.get(f"/play/{round.pk}/")
        assert "Vòng thi đã đóng, bạn không dự thi vòng này." in text_of(response)

    def test_not_on_the_list(self, client, round):
        client.force_login(make_user("Người ngoài"))
        response = client.get(f"/play/{round.pk}/")
        assert response.status_code == 403
        assert "Bạn không có trong danh sách" in text_of(response)
        assert "UBND phường Thanh Khê" in text_of(response)
        client.post(f"/play/{round.pk}/start/")
        assert not Attempt.objects.exists()

    def test_an_author_of_questions(self, contestant, entry, round):
        entry.user.groups.add(Group.objects.get_or_create(name=AUTHOR)[0])
        response = contestant.get(f"/play/{round.pk}/")
        assert response.status_code == 403
        assert "Người giữ vai trò “Người ra đề” không dự thi." in text_of(response)

    def test_invalid_and_exempt(self, contestant, entry, round):
        type(entry).objects.update(is_exempt=True, exempt_reason="nghỉ thai sản")
        assert "nghỉ thai sản" in text_of(contestant.get(f"/play/{round.pk}/"))
        type(entry).objects.update(invalid_at=after(), invalid_reason="trùng mã cán bộ")
        assert "trùng mã cán bộ" in text_of(contestant.get(f"/play/{round.pk}/"))

    def test_a_draft_does_not_exist(self, contestant, round):
        type(round).objects.update(state=RoundState.DRAFT)
        assert contestant.get(f"/play/{round.pk}/").status_code == 404
        assert contestant.post(f"/play/{round.pk}/start/").status_code == 404

    def test_extra_time_is_shown(self, contestant, entry, round):
        type(entry).objects.update(extra_seconds=300, extra_reason="khiếm thị")
        assert "20 phút + 5 phút" in text_of(contestant.get(f"/play/{round.pk}/"))


@pytest.mark.parametrize(
    "path", ["/play/", "/play/{round}/", "/play/attempts/{attempt}/",
             "/play/attempts/{attempt}/hand-in/", "/play/attempts/{attempt}/result/"],
)  # fmt: skip
def test_strangers_sign_in_first(client, attempt, path):
    url = path.format(round=attempt.round_id, attempt=attempt.pk)
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("page", ["", "hand-in/", "result/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_s_attempt_does_not_exist(client, attempt, page, method):
    url = f"/play/attempts/{attempt.pk}/{page}"
    for person in (make_entry(attempt.round).user, make_user("Người ngoài")):
        client.force_login(person)
        response = getattr(client, method)(url)
        assert response.status_code in ({405} if (page, method) == ("result/", "post") else {404})
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.IN_PROGRESS


def test_guessed_numbers_lead_nowhere(contestant):
    for url in ("/play/987654/", "/play/attempts/987654/", "/play/attempts/987654/result/"):
        assert contestant.get(url).status_code == 404


def test_play_pages_are_kept_by_no_cache(contestant, attempt):
    for url in ("/play/", f"/play/{attempt.round_id}/", f"/play/attempts/{attempt.pk}/"):
        assert "no-store" in contestant.get(url)["Cache-Control"]


def test_a_signed_in_page_needs_its_csrf_token(entry, attempt):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(entry.user)
    assert strict.post(f"/play/attempts/{attempt.pk}/hand-in/").status_code == 403
    assert strict.post(f"/play/{attempt.round_id}/start/").status_code == 403


class TestResult:
    @pytest.fixture
    def finished(self, attempt):
        for slot, item in enumerate(attempt.paper.slots):
            save_answer(
                attempt.pk, slot=slot, choice=item["options"][:1], sequence=1, at=after(seconds=9)
            )
        return attempts.hand_in(attempt, at=after(minutes=1))

    def see(self, contestant, finished, visibility) -> str:
        type(finished.round).objects.update(result_visibility=visibility)
        return text_of(contestant.get(f"/play/attempts/{finished.pk}/result/"))

    def test_at_once(self, contestant, finished):
        assert "Số câu đúng" in self.see(contestant, finished, ResultVisibility.AT_ONCE)

    def test_at_close(self, contestant, finished, clock):
        before = self.see(contestant, finished, ResultVisibility.AT_CLOSE)
        assert "Kết quả có từ 10:00 05/10/2026" in before
        assert "Số câu đúng" not in before
        clock.move_to(after(minutes=121))
        assert "Số câu đúng" in self.see(contestant, finished, ResultVisibility.AT_CLOSE)

    def test_at_publication(self, contestant, finished, clock):
        clock.move_to(after(minutes=200))
        before = self.see(contestant, finished, ResultVisibility.AT_PUBLICATION)
        assert "khi Ban Tổ chức công bố" in before
        assert "Số câu đúng" not in before
        publish(finished.round)
        after_publication = self.see(contestant, finished, ResultVisibility.AT_PUBLICATION)
        assert "Số câu đúng" in after_publication
        assert SECRET in after_publication

    def test_answers_stay_hidden_where_the_round_says_so(self, contestant, finished, clock):
        clock.move_to(after(minutes=200))
        publish(finished.round)
        type(finished.round).objects.update(shows_answers=False)
        page = contestant.get(f"/play/attempts/{finished.pk}/result/")
        assert SECRET not in page.content.decode()
        assert "Số câu đúng" in text_of(page)


def test_not_a_byte_of_a_key_before_publication(contestant, round, attempt, clock):
    """Every page and reply of a round, at every moment before publication: no explanation, no
    legal basis, no option id (an author's ids keep the author's order, and may betray the key)."""
    type(round).objects.update(result_visibility=ResultVisibility.AT_ONCE)
    bodies = []

    def look(url: str) -> None:
        bodies.append(contestant.get(url).content.decode())

    pages = ["/play/", f"/play/{round.pk}/", f"/play/state/{attempt.pk}/"]
    taking = [f"/play/attempts/{attempt.pk}/", f"/play/attempts/{attempt.pk}/hand-in/"]
    save_answer(
        attempt.pk, slot=0, choice=attempt.paper.slots[0]["options"][:1], sequence=1, at=after()
    )
    for url in (*pages, *taking):
        look(url)
    attempts.hand_in(attempt, at=after(minutes=2))
    for minutes in (3, 121):
        clock.move_to(after(minutes=minutes))
        for url in (*pages, f"/play/attempts/{attempt.pk}/result/"):
            look(url)
    type(round).objects.update(state=RoundState.CLOSED)
    look(f"/play/attempts/{attempt.pk}/result/")
    for body in bodies:
        assert SECRET not in body
        assert "BI-MAT" not in body
        assert "correct" not in body.replace("correct_count", "")
        assert not re.search(r'(?:value|data-[a-z]+|"id")\s*[=:]\s*"(?:[a-d]|true|false)"', body)


def test_where_an_option_stands_says_nothing_of_the_key():
    """The author's key is always the first option; on papers it is everywhere."""
    round = make_round(questions=6)
    places = {
        slot["options"].index("a")
        for number in range(12)
        for slot in starting.start_attempt(make_entry(round), round, at=after()).paper.slots
    }
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize("rounds", [1, 3])
def test_my_rounds_take_a_constant_number_of_statements(client, rounds, django_assert_num_queries):
    user = make_user()
    for _ in range(rounds):
        round = make_round()
        starting.start_attempt(make_entry(round, user), round, at=after())
    client.force_login(user)
    client.get("/play/")
    # Session, user; open attempts, entries, rounds, attempts; and the site's own.
    with django_assert_num_queries(QUERIES_OF_MY_ROUNDS):
        client.get("/play/")


QUERIES_OF_MY_ROUNDS = 6


def test_my_rounds_are_sorted_by_what_can_be_done(client, clock):
    user = make_user()
    for name, minutes in (("Vòng đang mở", 0), ("Vòng sắp mở", 300), ("Vòng đã qua", -300)):
        make_entry(make_round(name=name, opens_at=after(minutes=minutes)), user)
    make_round(name="Vòng của người khác")
    client.force_login(user)
    text = text_of(client.get("/play/"))
    assert text.index("Vòng đang mở") < text.index("Vòng sắp mở") < text.index("Vòng đã qua")
    assert "Vòng của người khác" not in text


def test_nothing_to_take_yet(client):
    client.force_login(make_user())
    assert "Chưa có vòng thi nào" in text_of(client.get("/play/"))
